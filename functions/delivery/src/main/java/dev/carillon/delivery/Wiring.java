package dev.carillon.delivery;

import dev.carillon.channel.ChannelType;
import dev.carillon.outbound.Bounds;
import dev.carillon.outbound.GuardedHttp;
import dev.carillon.outbound.Resolve;
import dev.carillon.runtime.Environment;
import dev.carillon.runtime.Log;
import dev.carillon.storage.AwsClients;
import dev.carillon.storage.Stores;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/** Builds the function's parts from its environment. */
final class Wiring {
  /** SES answers within a second or so; a mail that took longer is one whose fate is unknown. */
  private static final Duration SES_PATIENCE = Duration.ofSeconds(10);

  /**
   * Knock gives a webhook 50 seconds; ours must fit into the function's 60 with the writes around.
   */
  private static final Duration WEBHOOK_PATIENCE = Duration.ofSeconds(45);

  private static final Bounds WEBHOOK_BOUNDS =
      new Bounds(Duration.ofSeconds(5), WEBHOOK_PATIENCE, 1024 * 1024, 64 * 1024);

  private final Environment environment;
  private final Stores stores;

  Wiring(Environment environment) {
    this.environment = environment;
    this.stores = new Stores(environment);
  }

  Log log() {
    return Log.of(environment);
  }

  DeliverMessage deliverMessage() {
    Set<String> allowed = GuardedHttp.hosts(environment.find("CARILLON_ALLOWED_HOSTS").orElse(""));
    var http =
        new GuardedHttp(
            WEBHOOK_BOUNDS, allowed, environment.find("CARILLON_EGRESS_GATEWAY"), Resolve.SYSTEM);
    return new DeliverMessage(
        stores.messages(),
        stores.channels(),
        stores.triggers(),
        stores.tasks(),
        Map.of(
            ChannelType.EMAIL,
            new SesEmail(
                AwsClients.sesWithoutRetries(environment, SES_PATIENCE),
                environment.find("SES_CONFIGURATION_SET"),
                SES_PATIENCE),
            ChannelType.HTTP,
            new WebhookCall(http, allowed, WEBHOOK_PATIENCE)),
        environment.clock());
  }
}
