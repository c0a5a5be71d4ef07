package dev.carillon.functions.intake;

import dev.carillon.accept.TriggerWorkflow;
import dev.carillon.edge.route.Operations;
import dev.carillon.edge.route.RouteDeclaration;
import dev.carillon.runtime.Ports;
import dev.carillon.schema.Schemas;
import java.util.List;

/** What this function answers. */
public final class IntakeRoutes {
  static final Operations<Ports> ALL =
      Operations.of(
          TriggerCalls.OPERATIONS,
          ports ->
              new TriggerCalls(
                  new TriggerWorkflow(
                      ports.workflows(),
                      ports.recipients(),
                      ports.triggers(),
                      ports.tasks(),
                      new Schemas(),
                      ports.clock()),
                  new CancelRuns(ports.triggers(), ports.tasks()),
                  ports.channels(),
                  ports.branches()));

  private IntakeRoutes() {}

  /** The routes without what answers them; reading them makes nothing. */
  public static List<RouteDeclaration> declared() {
    return ALL.declared();
  }
}
