package dev.carillon.functions.feeds;

import dev.carillon.edge.Authentication;
import dev.carillon.edge.Routes;
import dev.carillon.edge.Routes.Access;
import dev.carillon.runtime.Ports;

/** Builds the function's parts from its ports, of which it only reads. */
final class FeedsWiring {
  private final Ports ports;

  FeedsWiring(Ports ports) {
    this.ports = ports;
  }

  Routes routes() {
    var call =
        new FeedCall(
            new ReadFeed(ports.feeds(), ports.messages()),
            ports.channels(),
            ports.recipients(),
            ports.variables());
    return new Routes(new Authentication(ports.apiKeys(), ports.clock()), ports.log())
        .on("GET /v1/users/{id}/feeds/{channel}", Access.ANY_KEY, call::show);
  }
}
