package dev.carillon.fetch;

import dev.carillon.outbound.OutboundRequest;
import dev.carillon.outbound.OutboundResult;

/** The services of customers. */
@FunctionalInterface
public interface SendFetch {

  /**
   * Makes one request, at most, and waits for its answer. Never throws for what the other side
   * does.
   */
  OutboundResult send(OutboundRequest request);
}
