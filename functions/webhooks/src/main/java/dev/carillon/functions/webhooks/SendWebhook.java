package dev.carillon.functions.webhooks;

import dev.carillon.outbound.OutboundRequest;
import dev.carillon.outbound.OutboundResult;

/** Makes the request to an endpoint, once. */
@FunctionalInterface
public interface SendWebhook {

  /** One request at most, whatever comes of it; never throws for what the endpoint does. */
  OutboundResult send(OutboundRequest request);
}
