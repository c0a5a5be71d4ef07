package dev.carillon.functions.api.suppressions;

import dev.carillon.edge.route.Operations;
import dev.carillon.runtime.Ports;

/** What is answered about addresses that get no more mail. */
public final class SuppressionRoutes {
  public static final Operations<Ports> ALL =
      Operations.of(
          SuppressionCalls.OPERATIONS, ports -> new SuppressionCalls(ports.suppressions()));

  private SuppressionRoutes() {}
}
