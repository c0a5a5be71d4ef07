package dev.carillon.functions.intake;

import dev.carillon.edge.access.Authentication;
import dev.carillon.edge.route.Router;
import dev.carillon.runtime.Ports;
import dev.carillon.schema.Schemas;

/** Builds the function's parts from its ports. */
final class IntakeWiring {
  private final Ports ports;

  IntakeWiring(Ports ports) {
    this.ports = ports;
  }

  Router router() {
    return Router.of(
        IntakeRoutes.ALL, this, new Authentication(ports.apiKeys(), ports.clock()), ports.log());
  }

  TriggerCalls triggers() {
    return new TriggerCalls(
        new TriggerWorkflow(
            ports.workflows(),
            ports.recipients(),
            ports.triggers(),
            ports.tasks(),
            new Schemas(),
            ports.clock()),
        new CancelRuns(ports.triggers(), ports.tasks()),
        ports.channels());
  }
}
