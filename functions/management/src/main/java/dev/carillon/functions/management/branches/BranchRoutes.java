package dev.carillon.functions.management.branches;

import dev.carillon.edge.route.Operations;
import dev.carillon.functions.management.call.ManagementCall;
import dev.carillon.runtime.Ports;

/** What is answered about branches. */
public final class BranchRoutes {
  public static final Operations<Ports> ALL =
      Operations.of(
          BranchCalls.OPERATIONS,
          ports ->
              new BranchCalls(
                  ManagementCall.Reader.of(ports),
                  ports.branches(),
                  ports.contents(),
                  ports.commits(),
                  ports.changes()));

  private BranchRoutes() {}
}
