package dev.carillon.functions.intake;

import dev.carillon.edge.Authentication;
import dev.carillon.edge.Routes;
import dev.carillon.runtime.Ports;
import dev.carillon.schema.Schemas;

/** Builds the function's parts from its ports. */
final class IntakeWiring {
  private final Ports ports;

  IntakeWiring(Ports ports) {
    this.ports = ports;
  }

  Routes routes() {
    var trigger =
        new TriggerWorkflow(
            ports.workflows(),
            ports.recipients(),
            ports.triggers(),
            ports.tasks(),
            new Schemas(),
            ports.clock());
    var cancel = new CancelRuns(ports.triggers(), ports.tasks());
    return IntakeHandler.on(
        new Routes(new Authentication(ports.apiKeys(), ports.clock()), ports.log()),
        trigger,
        cancel,
        ports.channels());
  }
}
