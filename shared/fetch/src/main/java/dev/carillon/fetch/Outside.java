package dev.carillon.fetch;

import dev.carillon.outbound.OutboundRequest;
import dev.carillon.outbound.Outcome;

/** The services of customers. */
@FunctionalInterface
public interface Outside {

  /**
   * Makes one request, at most, and waits for its answer. Never throws for what the other side
   * does.
   */
  Outcome send(OutboundRequest request);
}
