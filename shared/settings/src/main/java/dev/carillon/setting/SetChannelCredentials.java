package dev.carillon.setting;

import dev.carillon.channel.Channel;
import dev.carillon.channel.ChannelCredentials;
import dev.carillon.channel.Channels;
import dev.carillon.edge.ErrorCode;
import dev.carillon.edge.RequestFields;
import dev.carillon.edge.RequestValue;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;
import dev.carillon.provider.Provider;
import dev.carillon.provider.ProviderSetting;
import dev.carillon.provider.Providers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Keeps the credentials of a channel's provider, in the place of those it had. They are written and
 * never shown: the answer names them. Safe to repeat.
 */
public final class SetChannelCredentials {
  private static final int LONGEST = 20_000;

  private final Channels channels;
  private final ChannelCredentials credentials;

  public SetChannelCredentials(Channels channels, ChannelCredentials credentials) {
    this.channels = channels;
    this.credentials = credentials;
  }

  /**
   * @param request {@code {"environment", "channel", "credentials"}}: the channel by its key or id,
   *     and the settings that its provider calls secret, by name
   */
  public Json.Obj run(RequestFields request) {
    request.only(Set.of("action", "environment", "channel", "credentials"));
    var environment = GivenNames.environment(request.required("environment"));
    return set(
        environment, request.required("channel").text(), request.required("credentials").object());
  }

  /**
   * @param named the channel, by its key or id
   * @param given the settings that its provider calls secret, by name; no other is taken
   * @return which it has now; {@code {"channel", "credentials": ["api_key"]}}
   */
  public Json.Obj set(EnvironmentId environment, String named, RequestFields given) {
    Channel channel =
        channels
            .find(environment, named)
            .orElseThrow(
                () ->
                    ErrorCode.RESOURCE_MISSING.at(
                        "channel", "is not a channel of this environment"));
    List<String> names = names(channel.provider());
    given.only(Set.copyOf(names));
    var values = new LinkedHashMap<String, Json>();
    for (String name : names) {
      given
          .optional(name)
          .map((RequestValue value) -> value.text(LONGEST))
          .ifPresent(text -> values.put(name, Json.of(text)));
    }
    var kept = new Json.Obj(values);
    credentials.put(environment, channel.id(), kept);
    channels.noteCredentials(environment, channel.id(), given(kept));
    return Json.object()
        .with("channel", channel.key())
        .with("credentials", Json.texts(List.copyOf(values.keySet())));
  }

  /**
   * Notes those that were kept without us, if the channel is not on record as having all that it
   * needs. Reads a secret of a channel that lacks something, and nothing else.
   */
  public void noteFound(EnvironmentId environment, Channel channel) {
    if (!channels.configured(environment).lackedBy(channel).isEmpty()) {
      Set<String> found = given(credentials.find(environment, channel.id()));
      if (!found.isEmpty()) {
        channels.noteCredentials(environment, channel.id(), found);
      }
    }
  }

  /** What is blank is as good as not there. */
  private static Set<String> given(Json.Obj credentials) {
    return credentials.fields().keySet().stream()
        .filter(name -> credentials.text(name).filter(text -> !text.isBlank()).isPresent())
        .collect(Collectors.toSet());
  }

  /**
   * What the channel needs beside its settings before its provider sends anything; nothing where
   * the messages leave through no provider.
   */
  public static List<String> needs(Channel channel) {
    return Providers.named(channel.provider())
        .map(provider -> provider.needs(channel.settings()))
        .orElse(List.of());
  }

  /** What the provider calls secret; nothing for one that needs no credentials. */
  public static List<String> names(String provider) {
    return Providers.named(provider).map(Provider::settings).orElse(List.of()).stream()
        .filter(ProviderSetting::secret)
        .map(ProviderSetting::name)
        .toList();
  }
}
