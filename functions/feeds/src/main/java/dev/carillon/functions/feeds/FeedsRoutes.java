package dev.carillon.functions.feeds;

import dev.carillon.edge.route.Operations;
import dev.carillon.edge.route.RouteDeclaration;
import dev.carillon.runtime.Ports;
import java.util.List;

/** What this function answers. */
public final class FeedsRoutes {
  static final Operations<Ports> ALL =
      Operations.of(
          FeedCall.OPERATIONS,
          ports ->
              new FeedCall(
                  new ReadFeed(ports.feeds(), ports.messages()),
                  ports.channels(),
                  ports.recipients(),
                  ports.variables()));

  private FeedsRoutes() {}

  /** The routes without what answers them; reading them makes nothing. */
  public static List<RouteDeclaration> declared() {
    return ALL.declared();
  }
}
