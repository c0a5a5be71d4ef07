package dev.carillon.endpoint;

import java.util.UUID;

/** Names an endpoint within its environment. */
public record WebhookEndpointId(UUID value) {
  /** No endpoint, but the stream of all events that a deployment may have. */
  public static final WebhookEndpointId STREAM = new WebhookEndpointId(new UUID(0, 0));

  public static WebhookEndpointId parse(String text) {
    return new WebhookEndpointId(UUID.fromString(text));
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
