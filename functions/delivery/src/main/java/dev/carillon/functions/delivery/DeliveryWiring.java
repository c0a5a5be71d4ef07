package dev.carillon.functions.delivery;

import dev.carillon.channel.ChannelType;
import dev.carillon.event.ChangeMessage;
import dev.carillon.outbound.Bounds;
import dev.carillon.outbound.GuardedHttp;
import dev.carillon.outbound.Resolve;
import dev.carillon.runtime.Environment;
import dev.carillon.runtime.Ports;
import dev.carillon.storage.AwsClients;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.services.sesv2.SesV2Client;

/** Builds the function's parts from its environment and its ports. */
final class DeliveryWiring {
  /** What the SDK's clients wait for a connection and for an answer; SES needs a second or so. */
  private static final Duration SES_PATIENCE = Duration.ofSeconds(12);

  /**
   * Knock gives a webhook 50 seconds; ours must fit into the function's 60 with the writes around.
   */
  private static final Duration WEBHOOK_PATIENCE = Duration.ofSeconds(45);

  private static final Bounds WEBHOOK_BOUNDS =
      new Bounds(Duration.ofSeconds(5), WEBHOOK_PATIENCE, 1024 * 1024, 64 * 1024);

  private DeliveryWiring() {}

  static Map<ChannelType, Provider> providers(Environment environment, AwsClients clients) {
    Set<String> allowed = GuardedHttp.hosts(environment.find("CARILLON_ALLOWED_HOSTS").orElse(""));
    var http =
        new GuardedHttp(
            WEBHOOK_BOUNDS, allowed, environment.find("CARILLON_EGRESS_GATEWAY"), Resolve.SYSTEM);
    return Map.of(
        ChannelType.EMAIL,
        new SesEmail(
            clients
                .configured(SesV2Client.builder(), "SESV2", AwsRetryStrategy.doNotRetry())
                .build(),
            environment.find("SES_CONFIGURATION_SET"),
            SES_PATIENCE),
        ChannelType.HTTP,
        new WebhookCall(http, allowed, WEBHOOK_PATIENCE));
  }

  static DeliverHeld deliverHeld(Ports ports, Map<ChannelType, Provider> providers) {
    return new DeliverHeld(
        ports.messages(),
        ports.timers(),
        ports.tasks(),
        deliverMessage(ports, providers),
        ports.clock());
  }

  static DeliverMessage deliverMessage(Ports ports, Map<ChannelType, Provider> providers) {
    return new DeliverMessage(
        ports.messages(),
        new ChangeMessage(ports.messages(), Ports.events(ports)),
        ports.channels(),
        ports.triggers(),
        ports.tasks(),
        providers,
        ports.clock());
  }
}
