package dev.carillon.functions.callbacks;

import dev.carillon.edge.CallbackPath;
import dev.carillon.event.ChangeMessage;
import dev.carillon.outbound.Bounds;
import dev.carillon.outbound.GuardedHttp;
import dev.carillon.outbound.Resolve;
import dev.carillon.runtime.Environment;
import dev.carillon.runtime.Ports;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** Builds the function's parts from its ports. */
final class CallbacksWiring {
  /** A certificate is a few thousand bytes; a provider waits ten seconds or so for its answer. */
  private static final Bounds BOUNDS =
      new Bounds(Duration.ofSeconds(2), Duration.ofSeconds(8), 64 * 1024, 64 * 1024);

  private final Ports ports;

  CallbacksWiring(Ports ports) {
    this.ports = ports;
  }

  static AskProvider overNetwork(Environment environment) {
    return new AskOverNetwork(
        environment.late(
            () ->
                new GuardedHttp(
                    BOUNDS,
                    Set.of(),
                    environment.find("CARILLON_EGRESS_GATEWAY"),
                    Resolve.SYSTEM)));
  }

  /** Nobody is asked: for where no provider signs with a certificate. */
  static AskProvider nobody() {
    return _ -> Optional.empty();
  }

  RecordStatus recordStatus() {
    return new RecordStatus(
        ports.messages(),
        new ChangeMessage(ports.messages(), Ports.events(ports)),
        ports.suppressions(),
        ports.clock());
  }

  ReportsOverHttp reports(AskProvider asker, String publicUrl) {
    var keys = ports.deploymentKeys();
    return new ReportsOverHttp(
        new HearProvider(
            new FindReportingChannel(
                new CallbackPath(keys),
                ports.channels(),
                ports.channelCredentials(),
                ports.standardSettings()),
            asker,
            new FindReported(ports.externalIds()),
            recordStatus(),
            publicUrl,
            ports.clock()),
        keys,
        ports.log());
  }
}
