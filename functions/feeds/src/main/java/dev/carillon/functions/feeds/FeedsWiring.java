package dev.carillon.functions.feeds;

import dev.carillon.edge.access.Authentication;
import dev.carillon.edge.route.Router;
import dev.carillon.runtime.Ports;

/** Builds the function's parts from its ports, of which it only reads. */
final class FeedsWiring {
  private final Ports ports;

  FeedsWiring(Ports ports) {
    this.ports = ports;
  }

  Router router() {
    return Router.of(
        FeedsRoutes.ALL, this, new Authentication(ports.apiKeys(), ports.clock()), ports.log());
  }

  FeedCall feed() {
    return new FeedCall(
        new ReadFeed(ports.feeds(), ports.messages()),
        ports.channels(),
        ports.recipients(),
        ports.variables());
  }
}
