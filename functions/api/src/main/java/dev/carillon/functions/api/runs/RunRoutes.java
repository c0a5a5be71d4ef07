package dev.carillon.functions.api.runs;

import dev.carillon.edge.route.Operations;
import dev.carillon.runtime.Ports;

/** What is answered about runs. */
public final class RunRoutes {
  public static final Operations<Ports> ALL =
      Operations.of(RunCalls.OPERATIONS, ports -> new RunCalls(ports.runs()));

  private RunRoutes() {}
}
