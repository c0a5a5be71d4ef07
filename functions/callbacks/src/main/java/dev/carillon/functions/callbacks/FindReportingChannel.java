package dev.carillon.functions.callbacks;

import dev.carillon.channel.Channel;
import dev.carillon.channel.ChannelCredentials;
import dev.carillon.channel.Channels;
import dev.carillon.edge.CallbackPath;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;
import dev.carillon.provider.Provider;
import dev.carillon.provider.ProviderSettings;
import dev.carillon.provider.Providers;
import java.time.Instant;
import java.util.Optional;

/** Whom a path belongs to, with what reports that come there are checked by. */
final class FindReportingChannel {
  private final CallbackPath paths;
  private final Channels channels;
  private final ChannelCredentials credentials;
  private final Json.Obj standard;

  /**
   * @param standard settings of the deployment, for channels that do not say otherwise
   */
  FindReportingChannel(
      CallbackPath paths, Channels channels, ChannelCredentials credentials, Json.Obj standard) {
    this.paths = paths;
    this.channels = channels;
    this.credentials = credentials;
    this.standard = standard;
  }

  /** Empty when the path is no channel's, or its provider does not report. */
  Optional<ReportingChannel> at(String path) {
    return paths
        .owner(path)
        .flatMap(
            owner ->
                channels
                    .find(owner.environment(), owner.channel().toString())
                    .flatMap(channel -> of(owner.environment(), channel)));
  }

  private Optional<ReportingChannel> of(EnvironmentId environment, Channel channel) {
    return Providers.named(channel.provider())
        .flatMap(
            (Provider<?> provider) ->
                provider
                    .callbacks()
                    .map(
                        reader ->
                            new ReportingChannel(
                                environment,
                                channel,
                                provider,
                                reader,
                                settings(
                                    channel,
                                    provider,
                                    credentials.find(environment, channel.id())))));
  }

  /** It as it was before its credentials were replaced; empty when that is too long ago. */
  Optional<ReportingChannel> before(ReportingChannel now, Instant at) {
    return credentials
        .replaced(now.environment(), now.channel().id())
        .filter(it -> it.countsAt(at))
        .map(it -> now.with(settings(now.channel(), now.provider(), it.values())));
  }

  private ProviderSettings settings(Channel channel, Provider<?> provider, Json.Obj secrets) {
    return ProviderSettings.of(provider.settings(), standard, channel.settings().merged(secrets));
  }
}
