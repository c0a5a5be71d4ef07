package dev.carillon.functions.management.settings;

import dev.carillon.channel.Channels;
import dev.carillon.edge.CallbackPath;
import dev.carillon.edge.route.Operations;
import dev.carillon.functions.management.account.ChannelsEverywhere;
import dev.carillon.functions.management.call.ManagementCall;
import dev.carillon.runtime.Ports;
import dev.carillon.setting.SetChannelCredentials;

/** What changes an environment beside its content: channels, branding, preferences, catalogs. */
public final class SettingRoutes {
  public static final Operations<Ports> ALL =
      Operations.all(
          Operations.of(
              ChannelWrites.OPERATIONS,
              ports -> {
                // One for all: a channel is known to the next call as soon as it is made.
                Channels channels = ports.channels();
                return new ChannelWrites(
                    ManagementCall.Reader.of(ports),
                    channels,
                    new ChannelsEverywhere(
                        ports.environmentList(),
                        channels,
                        new CallbackPath(ports.deploymentKeys())),
                    new SetChannelCredentials(channels, ports.channelCredentials()),
                    ports.changes());
              }),
          Operations.of(
              BrandingCalls.OPERATIONS,
              ports ->
                  new BrandingCalls(
                      ManagementCall.Reader.of(ports), ports.variables(), ports.changes())),
          Operations.of(
              PreferenceSettings.OPERATIONS,
              ports ->
                  new PreferenceSettings(
                      ManagementCall.Reader.of(ports), ports.environments(), ports.changes())),
          Operations.of(
              ItemSchemaCalls.OPERATIONS,
              ports ->
                  new ItemSchemaCalls(
                      ManagementCall.Reader.of(ports), ports.catalogs(), ports.changes())),
          Operations.of(
              CatalogCalls.OPERATIONS,
              ports ->
                  new CatalogCalls(
                      ManagementCall.Reader.of(ports), ports.catalogs(), ports.changes())));

  private SettingRoutes() {}
}
