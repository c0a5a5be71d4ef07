package dev.carillon.functions.delivery;

import dev.carillon.channel.ChannelId;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.provider.Lookup;
import dev.carillon.provider.LookupResult;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What questions to providers came to, by channel, until it expires: access tokens, ids that belong
 * to addresses. In memory only, for some are credentials. Safe to use from several threads.
 */
final class LookupAnswers {
  /** Answers of one channel; the oldest goes when there is one more. */
  private static final int MOST = 1_000;

  private record Of(EnvironmentId environment, ChannelId channel) {}

  private record Kept(String value, Instant until) {}

  private final Map<Of, Map<String, Kept>> answers = new HashMap<>();

  /** Those that still hold, by the key of the question. */
  synchronized Map<String, String> of(EnvironmentId environment, ChannelId channel, Instant now) {
    var good = new HashMap<String, String>();
    Map<String, Kept> kept = answers.getOrDefault(new Of(environment, channel), Map.of());
    kept.forEach(
        (key, answer) -> {
          if (now.isBefore(answer.until())) {
            good.put(key, answer.value());
          }
        });
    return good;
  }

  /** At least a moment, so that the message which asked can be sent. */
  synchronized void keep(
      EnvironmentId environment,
      ChannelId channel,
      Lookup lookup,
      LookupResult.Found found,
      Instant now) {
    Map<String, Kept> kept =
        answers.computeIfAbsent(new Of(environment, channel), _ -> new LinkedHashMap<>());
    if (kept.size() >= MOST) {
      kept.remove(kept.keySet().iterator().next());
    }
    Duration least = Duration.ofSeconds(30);
    Duration held = found.keep().compareTo(least) < 0 ? least : found.keep();
    kept.put(lookup.key(), new Kept(found.value(), now.plus(held)));
  }

  synchronized void forget(EnvironmentId environment, ChannelId channel) {
    answers.remove(new Of(environment, channel));
  }
}
