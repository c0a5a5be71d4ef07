package dev.carillon.functions.operator;

import dev.carillon.channel.Channel;
import dev.carillon.channel.ChannelCredentials;
import dev.carillon.channel.Channels;
import dev.carillon.edge.ErrorCode;
import dev.carillon.edge.RequestFields;
import dev.carillon.edge.RequestValue;
import dev.carillon.json.Json;
import dev.carillon.provider.Provider;
import dev.carillon.provider.ProviderSetting;
import dev.carillon.provider.Providers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;

/**
 * Keeps the credentials of a channel's provider, in the place of those it had. They are written and
 * never shown: the answer names them. Safe to repeat.
 */
final class SetChannelCredentials {
  private static final int LONGEST = 20_000;

  private final Channels channels;
  private final ChannelCredentials credentials;

  SetChannelCredentials(Channels channels, ChannelCredentials credentials) {
    this.channels = channels;
    this.credentials = credentials;
  }

  /**
   * @param request {@code {"environment", "channel", "credentials"}}: the channel by its key or id,
   *     and the settings that its provider calls secret, by name
   */
  Json.Obj run(RequestFields request) {
    request.only(Set.of("action", "environment", "channel", "credentials"));
    var environment = OperatorNames.environment(request.required("environment"));
    String named = request.required("channel").text();
    Channel channel =
        channels.all(environment).stream()
            .filter(it -> it.key().equals(named) || it.id().toString().equalsIgnoreCase(named))
            .findFirst()
            .orElseThrow(
                () ->
                    ErrorCode.RESOURCE_MISSING.at(
                        "channel", "is not a channel of this environment"));
    List<String> names = names(channel.provider());
    RequestFields given = request.required("credentials").object();
    given.only(Set.copyOf(names));
    var values = new LinkedHashMap<String, Json>();
    for (String name : names) {
      given
          .optional(name)
          .map((RequestValue value) -> value.text(LONGEST))
          .ifPresent(text -> values.put(name, Json.of(text)));
    }
    credentials.put(environment, channel.id(), new Json.Obj(values));
    return Json.object()
        .with("channel", channel.key())
        .with("credentials", Json.texts(List.copyOf(values.keySet())));
  }

  /** What the provider calls secret; nothing for one that needs no credentials. */
  static List<String> names(String provider) {
    return Providers.named(provider).map(Provider::settings).orElse(List.of()).stream()
        .filter(ProviderSetting::secret)
        .map(ProviderSetting::name)
        .toList();
  }
}
