package dev.carillon.functions.operator;

import dev.carillon.access.DeploymentKeys;
import dev.carillon.channel.Channel;
import dev.carillon.channel.ChannelId;
import dev.carillon.channel.Channels;
import dev.carillon.edge.CallbackPath;
import dev.carillon.edge.ErrorCode;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;
import dev.carillon.provider.Provider;
import dev.carillon.provider.Providers;
import dev.carillon.setting.ChannelReader;
import dev.carillon.setting.SetChannelCredentials;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * Gives an environment its channels. One whose credentials were put into Secrets Manager by other
 * means counts as configured from here on.
 */
final class SeedChannels {
  private final Channels channels;
  private final SetChannelCredentials credentials;
  private final DeploymentKeys deployment;
  private final InstantSource clock;

  SeedChannels(
      Channels channels,
      SetChannelCredentials credentials,
      DeploymentKeys deployment,
      InstantSource clock) {
    this.channels = channels;
    this.credentials = credentials;
    this.deployment = deployment;
    this.clock = clock;
  }

  /**
   * @return what each channel that the request names is called, and where it hears reports
   */
  List<Json> store(SeedRequest request) {
    var known = new ArrayList<>(channels.all(request.environment()));
    var now = clock.instant();
    var wanted = new ArrayList<Channel>();
    for (var settings : request.channels()) {
      var channel = channel(settings, known, now);
      known.removeIf(other -> other.id().equals(channel.id()));
      known.add(channel);
      wanted.add(channel);
    }
    for (int i = 0; i < wanted.size(); i++) {
      ChannelReader.checkFailover(
          request.channels().get(i).path() + ".settings", wanted.get(i), known);
    }
    var before = channels.all(request.environment());
    wanted.stream()
        .filter(channel -> !before.contains(channel))
        .forEach(
            channel ->
                channels.put(request.environment(), channel, SetChannelCredentials.needs(channel)));
    wanted.forEach(channel -> credentials.noteFound(request.environment(), channel));
    return wanted.stream().<Json>map(it -> json(request.environment(), it)).toList();
  }

  private static Channel channel(
      SeedRequest.ChannelSettings settings, List<Channel> known, Instant now) {
    var sameKey =
        known.stream().filter(channel -> channel.key().equals(settings.wanted().key())).findFirst();
    var id =
        settings
            .id()
            .map(ChannelId::new)
            .or(() -> sameKey.map(Channel::id))
            .orElseGet(() -> ChannelId.ofKey(settings.wanted().key()));
    if (sameKey.isPresent() && !sameKey.get().id().equals(id)) {
      throw ErrorCode.INVALID_PARAMS.at(
          settings.path() + ".key", "is the key of the channel " + sameKey.get().id() + " already");
    }
    var before = known.stream().filter(channel -> channel.id().equals(id)).findFirst();
    var channel =
        new Channel(
            id,
            settings.wanted().key(),
            settings.wanted().name(),
            settings.wanted().type(),
            settings.wanted().provider(),
            settings.wanted().settings(),
            before.map(Channel::createdAt).orElse(now),
            before.map(Channel::updatedAt).orElse(now));
    return before.isEmpty() || before.get().equals(channel) ? channel : updated(channel, now);
  }

  private static Channel updated(Channel channel, Instant now) {
    return new Channel(
        channel.id(),
        channel.key(),
        channel.name(),
        channel.type(),
        channel.provider(),
        channel.settings(),
        channel.createdAt(),
        now);
  }

  private Json.Obj json(EnvironmentId environment, Channel channel) {
    Json.Obj view =
        Json.object()
            .with("id", channel.id().toString())
            .with("key", channel.key())
            .with("type", channel.type().wireName());
    return Providers.named(channel.provider()).flatMap(Provider::callbacks).isPresent()
        ? view.with("callback_path", new CallbackPath(deployment).of(environment, channel.id()))
        : view;
  }
}
