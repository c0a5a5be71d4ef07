package dev.carillon.functions.api.engagement;

import dev.carillon.edge.route.Operations;
import dev.carillon.runtime.Ports;

/** What is answered about how tracked messages did. */
public final class EngagementRoutes {
  public static final Operations<Ports> ALL =
      Operations.of(
          EngagementCalls.OPERATIONS,
          ports ->
              new EngagementCalls(ports.engagementTotals(), ports.trackingEvents(), ports.clock()));

  private EngagementRoutes() {}
}
