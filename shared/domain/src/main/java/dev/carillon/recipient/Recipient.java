package dev.carillon.recipient;

import dev.carillon.json.Json;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What is known of a user, an object or a tenant.
 *
 * @param properties as identified: reserved ones ({@code name}, {@code email}, …) beside the
 *     customer's own; neither {@code id} nor {@code collection} nor {@code created_at} is in here
 * @param createdAt when the customer says it came to be; empty unless the customer said so
 * @param updatedAt when it was last identified
 * @param preferences preference sets by id: {@code default} or a tenant's id
 * @param channelData what a channel needs to reach it, by the channel's id
 */
public record Recipient(
    RecipientId id,
    Json.Obj properties,
    Optional<Instant> createdAt,
    Instant updatedAt,
    Map<String, Json.Obj> preferences,
    Map<String, Json.Obj> channelData) {

  public Recipient {
    preferences = Map.copyOf(preferences);
    channelData = Map.copyOf(channelData);
  }

  /** The text of a property; empty when it is absent, not a text, or blank. */
  public Optional<String> text(String property) {
    return properties.text(property).filter(value -> !value.isBlank());
  }
}
