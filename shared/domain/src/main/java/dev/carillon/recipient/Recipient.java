package dev.carillon.recipient;

import dev.carillon.json.Json;
import java.time.Instant;
import java.util.HashMap;
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

  private static final String SETTINGS = "settings";
  private static final String DEFAULT_SET = "preference_set";
  private static final String STRATEGY = "__persistence_strategy__";

  public Recipient {
    preferences = Map.copyOf(preferences);
    channelData = Map.copyOf(channelData);
  }

  /**
   * What is known once this is said too. Properties and preference sets merge at every depth and
   * nothing is ever removed, with one exception: a tenant's default set that is marked {@code
   * "__persistence_strategy__": "replace"} takes the place of the one before. The mark is not kept.
   */
  public Recipient identified(Identification said, Instant now) {
    var sets = new HashMap<>(preferences);
    said.preferences().forEach((set, patch) -> sets.merge(set, patch, Json.Obj::mergedDeeply));
    var data = new HashMap<>(channelData);
    data.putAll(said.channelData());
    Json.Obj merged = properties.mergedDeeply(said.properties());
    return new Recipient(
        id,
        id.isTenant() ? withDefaultSet(merged, said.properties()) : merged,
        said.createdAt().or(() -> createdAt),
        now,
        sets,
        data);
  }

  /** As it is from then on. */
  public Recipient updated(Instant now) {
    return new Recipient(id, properties, createdAt, now, preferences, channelData);
  }

  /** With this set in the place of the one of that id. */
  public Recipient withPreferences(String setId, Json.Obj set) {
    var sets = new HashMap<>(preferences);
    sets.put(setId, set);
    return new Recipient(id, properties, createdAt, updatedAt, sets, channelData);
  }

  public Recipient withoutPreferences(String setId) {
    var sets = new HashMap<>(preferences);
    sets.remove(setId);
    return new Recipient(id, properties, createdAt, updatedAt, sets, channelData);
  }

  /** With these data in the place of what the channel of that id had. */
  public Recipient withChannelData(String channelId, Json.Obj given) {
    var data = new HashMap<>(channelData);
    data.put(channelId, given);
    return new Recipient(id, properties, createdAt, updatedAt, preferences, data);
  }

  public Recipient withoutChannelData(String channelId) {
    var data = new HashMap<>(channelData);
    data.remove(channelId);
    return new Recipient(id, properties, createdAt, updatedAt, preferences, data);
  }

  private static Json.Obj withDefaultSet(Json.Obj merged, Json.Obj said) {
    Json.Obj settings = merged.object(SETTINGS);
    if (!(settings.fields().get(DEFAULT_SET) instanceof Json.Obj set)) {
      return merged;
    }
    Json.Obj given = said.object(SETTINGS).object(DEFAULT_SET);
    boolean replaces = given.text(STRATEGY).filter("replace"::equals).isPresent();
    return merged.with(
        SETTINGS, settings.with(DEFAULT_SET, (replaces ? given : set).without(STRATEGY)));
  }

  /** The text of a property; empty when it is absent, not a text, or blank. */
  public Optional<String> text(String property) {
    return properties.text(property).filter(value -> !value.isBlank());
  }
}
