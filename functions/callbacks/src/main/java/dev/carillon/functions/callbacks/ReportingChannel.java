package dev.carillon.functions.callbacks;

import dev.carillon.channel.Channel;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.provider.Provider;
import dev.carillon.provider.ProviderSettings;
import dev.carillon.provider.callback.CallbackReader;

/**
 * A channel whose provider reports.
 *
 * @param settings with its credentials, which reports are checked by
 */
record ReportingChannel(
    EnvironmentId environment,
    Channel channel,
    Provider<?> provider,
    CallbackReader reader,
    ProviderSettings settings) {

  ReportingChannel with(ProviderSettings others) {
    return new ReportingChannel(environment, channel, provider, reader, others);
  }
}
