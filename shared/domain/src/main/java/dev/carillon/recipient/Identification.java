package dev.carillon.recipient;

import dev.carillon.json.Json;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a call says about a recipient, to be merged into what is known: properties deeply, where
 * null overwrites and nothing is removed; preference sets deeply per set; channel data replaced per
 * channel.
 *
 * @param createdAt set only when the customer sent {@code created_at}
 */
public record Identification(
    Json.Obj properties,
    Optional<Instant> createdAt,
    Map<String, Json.Obj> preferences,
    Map<String, Json.Obj> channelData) {

  /** Names that are not properties, no matter who is identified; responses show some of them. */
  public static final Set<String> RESERVED =
      Set.of(
          "id",
          "collection",
          "$trigger_data",
          "__typename",
          "__cursor",
          "updated_at",
          "preferences",
          "channel_data",
          "created_at");

  /** Says nothing but that the recipient exists. */
  public static final Identification NOTHING =
      new Identification(Json.Obj.EMPTY, Optional.empty(), Map.of(), Map.of());

  public Identification {
    preferences = Map.copyOf(preferences);
    channelData = Map.copyOf(channelData);
  }

  /** Both, the later one laid over this one. */
  public Identification then(Identification later) {
    var sets = new TreeMap<>(preferences);
    later.preferences.forEach((id, set) -> sets.merge(id, set, Json.Obj::mergedDeeply));
    var data = new TreeMap<>(channelData);
    data.putAll(later.channelData);
    return new Identification(
        properties.mergedDeeply(later.properties), later.createdAt.or(() -> createdAt), sets, data);
  }
}
