package dev.carillon.endpoint;

import java.util.UUID;

/** Names an endpoint within its environment. */
public record WebhookEndpointId(UUID value) {

  public static WebhookEndpointId parse(String text) {
    return new WebhookEndpointId(UUID.fromString(text));
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
