package dev.carillon.functions.management.workflows;

import dev.carillon.accept.TriggerWorkflow;
import dev.carillon.edge.route.Operations;
import dev.carillon.functions.management.call.ManagementCall;
import dev.carillon.runtime.Ports;
import dev.carillon.schema.Schemas;

/** What is answered about workflows that serve. */
public final class WorkflowRoutes {
  public static final Operations<Ports> ALL =
      Operations.of(
          WorkflowCalls.OPERATIONS,
          ports ->
              new WorkflowCalls(
                  ManagementCall.Reader.of(ports),
                  ports.workflows(),
                  ports.contents(),
                  ports.changes(),
                  new TriggerWorkflow(
                      ports.workflows(),
                      ports.recipients(),
                      ports.triggers(),
                      ports.tasks(),
                      new Schemas(),
                      ports.clock()),
                  ports.channels()));

  private WorkflowRoutes() {}
}
