package dev.carillon.functions.intake;

import dev.carillon.edge.route.FunctionRoutes;
import dev.carillon.edge.route.RouteDeclaration;
import java.util.List;

/** What this function answers. */
public final class IntakeRoutes {
  static final FunctionRoutes<IntakeWiring> ALL =
      FunctionRoutes.<IntakeWiring>none().and(TriggerCalls.OPERATIONS, IntakeWiring::triggers);

  private IntakeRoutes() {}

  /** The routes without what answers them; reading them makes nothing. */
  public static List<RouteDeclaration> declared() {
    return ALL.declared();
  }
}
