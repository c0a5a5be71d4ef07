package dev.carillon.functions.delivery.workspaces;

import dev.carillon.channel.Channel;
import dev.carillon.channel.ChannelCredentials;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;
import dev.carillon.provider.Lookup;
import dev.carillon.provider.LookupResult;
import dev.carillon.provider.Provider;
import dev.carillon.provider.ProviderResponse;
import dev.carillon.provider.ProviderSettings;
import dev.carillon.provider.chat.Answer;
import dev.carillon.provider.chat.Next;
import dev.carillon.provider.chat.Question;
import dev.carillon.provider.chat.Workspace;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Asks a workspace a question: what must be known first, then the question itself. Access tokens
 * are remembered in memory until they expire. Safe to use from several threads.
 */
final class AskWorkspace {
  private static final int MOST_LOOKUPS = 2;
  private static final int REMEMBERED = 1_000;

  private record Kept(String value, Instant until) {}

  private final ChannelCredentials credentials;
  private final Exchange exchange;
  private final InstantSource clock;
  private final LinkedHashMap<String, Kept> known = new LinkedHashMap<>();

  AskWorkspace(ChannelCredentials credentials, Exchange exchange, InstantSource clock) {
    this.credentials = credentials;
    this.exchange = exchange;
    this.clock = clock;
  }

  /**
   * @param data channel data of the object for that channel
   */
  Answer ask(
      EnvironmentId environment,
      Channel channel,
      Provider<?> provider,
      Workspace workspace,
      Question question,
      Json.Obj data) {
    var settings =
        new ProviderSettings(
            provider.settings(),
            channel.settings().merged(credentials.find(environment, channel.id())));
    for (int lookups = 0; ; lookups++) {
      switch (workspace.next(question, settings, data, known())) {
        case Next.Know(var answer) -> {
          return answer;
        }
        case Next.Call(var call) -> {
          return exchange
              .answer(call, provider.key())
              .map(response -> workspace.read(question, data, response))
              .orElseGet(() -> new Answer.Failed("no answer"));
        }
        case Next.Ask(var lookup) -> {
          Optional<ProviderResponse> response = exchange.answer(lookup.call(), provider.key());
          if (response.isEmpty() || lookups == MOST_LOOKUPS) {
            return new Answer.Failed("no answer");
          }
          switch (workspace.read(lookup, response.get())) {
            case LookupResult.Found found -> keep(lookup, found);
            case LookupResult.Failed _ -> {
              return response.get().status() < 500 && response.get().status() != 429
                  ? new Answer.Refused("no_token")
                  : new Answer.Failed("HTTP " + response.get().status());
            }
          }
        }
      }
    }
  }

  private synchronized Map<String, String> known() {
    Instant now = clock.instant();
    var good = new HashMap<String, String>();
    known.forEach(
        (key, kept) -> {
          if (now.isBefore(kept.until())) {
            good.put(key, kept.value());
          }
        });
    return good;
  }

  /** At least a moment, so that the question can be asked. */
  private synchronized void keep(Lookup lookup, LookupResult.Found found) {
    if (known.size() >= REMEMBERED) {
      known.pollFirstEntry();
    }
    Instant until = clock.instant().plus(found.keep());
    Instant least = clock.instant().plusSeconds(30);
    known.put(lookup.key(), new Kept(found.value(), until.isBefore(least) ? least : until));
  }
}
