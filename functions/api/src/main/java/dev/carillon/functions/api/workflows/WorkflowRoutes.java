package dev.carillon.functions.api.workflows;

import dev.carillon.edge.route.Operations;
import dev.carillon.runtime.Ports;

/** What is answered about workflows. */
public final class WorkflowRoutes {
  public static final Operations<Ports> ALL =
      Operations.of(WorkflowCalls.OPERATIONS, ports -> new WorkflowCalls(ports.workflows()));

  private WorkflowRoutes() {}
}
