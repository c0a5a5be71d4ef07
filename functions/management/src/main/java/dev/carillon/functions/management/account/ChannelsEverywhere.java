package dev.carillon.functions.management.account;

import dev.carillon.access.ServiceToken;
import dev.carillon.channel.Channel;
import dev.carillon.channel.Channels;
import dev.carillon.edge.CallbackPath;
import dev.carillon.edge.access.Caller;
import dev.carillon.edge.view.Times;
import dev.carillon.environment.EnvironmentEntry;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.environment.EnvironmentList;
import dev.carillon.json.Json;
import dev.carillon.provider.Provider;
import dev.carillon.provider.Providers;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The channels of all environments that a caller may touch. */
public final class ChannelsEverywhere {
  private final EnvironmentList environments;
  private final Channels channels;
  private final CallbackPath paths;

  /**
   * @param paths where providers report to, which the view of a channel says
   */
  public ChannelsEverywhere(EnvironmentList environments, Channels channels, CallbackPath paths) {
    this.environments = environments;
    this.channels = channels;
    this.paths = paths;
  }

  /**
   * A channel of that key, as each environment has it.
   *
   * @param byEnvironment by the environment's slug
   */
  public record Everywhere(Channel channel, Map<String, There> byEnvironment) {}

  /** A channel in its environment. */
  public record There(EnvironmentId environment, Channel channel) {}

  /** The token of who calls. */
  public static ServiceToken token(Caller caller) {
    if (caller.credential() instanceof Caller.Credential.Service(var token)) {
      return token;
    }
    throw new IllegalStateException("Only service tokens are let in here");
  }

  /** The environments that the caller may touch, by their order. */
  public List<EnvironmentEntry> reachable(Caller caller) {
    ServiceToken token = token(caller);
    return environments.all().stream()
        .filter(it -> token.reaches(it.id()))
        .sorted(
            Comparator.comparingInt(EnvironmentEntry::order).thenComparing(it -> it.id().value()))
        .toList();
  }

  /** Channels of all environments the caller may touch: what bears one key is one channel. */
  public List<Everywhere> channels(Caller caller) {
    var byKey = new LinkedHashMap<String, Map<String, There>>();
    for (EnvironmentEntry environment : reachable(caller)) {
      for (Channel channel : channels.all(environment.id())) {
        byKey
            .computeIfAbsent(channel.key(), _ -> new LinkedHashMap<>())
            .put(environment.slug(), new There(environment.id(), channel));
      }
    }
    return byKey.values().stream()
        .map(it -> new Everywhere(it.values().iterator().next().channel(), it))
        .sorted(Comparator.comparing(it -> it.channel().key()))
        .toList();
  }

  /** Credentials are none of a channel's settings, so none is shown. */
  public Json.Obj view(Everywhere everywhere) {
    Channel channel = everywhere.channel();
    var settings =
        everywhere.byEnvironment().entrySet().stream()
            .collect(
                Collectors.<Map.Entry<String, There>, String, Json, Map<String, Json>>toMap(
                    Map.Entry::getKey,
                    it -> settings(it.getValue()),
                    (one, _) -> one,
                    LinkedHashMap::new));
    return Json.object()
        .with("id", channel.id().toString())
        .with("key", channel.key())
        .with("name", channel.name())
        .with("type", channel.type().wireName())
        .with("provider", channel.provider())
        .with("description", Json.NULL)
        .with("custom_icon_url", Json.NULL)
        .with("visible_in", Json.texts(Stream.of("workflow", "broadcast").toList()))
        .with("environment_settings", new Json.Obj(settings))
        .with("created_at", Times.of(channel.createdAt()))
        .with("updated_at", Times.of(channel.updatedAt()))
        .with("archived_at", Json.NULL);
  }

  /** With the path for reports where the provider makes any: beyond Knock. */
  private Json settings(There there) {
    Channel channel = there.channel();
    Json.Obj settings =
        Json.object()
            .with("id", channel.id().toString())
            .with("is_valid", Json.TRUE)
            .with("is_sandbox", Json.of(channel.sandbox()))
            .with("channel_settings", channel.settings())
            .with("provider_settings", Json.object());
    return Providers.named(channel.provider()).flatMap(Provider::callbacks).isPresent()
        ? settings.with("callback_path", paths.of(there.environment(), channel.id()))
        : settings;
  }
}
