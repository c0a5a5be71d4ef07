package dev.carillon.functions.feeds;

import dev.carillon.edge.route.FunctionRoutes;
import dev.carillon.edge.route.RouteDeclaration;
import java.util.List;

/** What this function answers. */
public final class FeedsRoutes {
  static final FunctionRoutes<FeedsWiring> ALL =
      FunctionRoutes.<FeedsWiring>none().and(FeedCall.OPERATIONS, FeedsWiring::feed);

  private FeedsRoutes() {}

  /** The routes without what answers them; reading them makes nothing. */
  public static List<RouteDeclaration> declared() {
    return ALL.declared();
  }
}
