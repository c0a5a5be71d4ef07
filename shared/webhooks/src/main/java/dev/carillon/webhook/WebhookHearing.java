package dev.carillon.webhook;

import dev.carillon.endpoint.WebhookEndpointId;

/**
 * What a publisher knows of an endpoint, none of its secrets among it.
 *
 * @param keepsLog whether what happens is to be noted for it at all
 */
public record WebhookHearing(WebhookEndpointId id, WebhookFilter filter, boolean keepsLog) {

  /** Whether the endpoint is to be told, or its log. */
  public boolean concerns(WebhookEventType type, WebhookSubject of) {
    return keepsLog && filter.passes(type, of);
  }
}
