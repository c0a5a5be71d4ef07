package dev.carillon.api;

import dev.carillon.channel.Channel;
import dev.carillon.edge.Fields;
import dev.carillon.edge.Identifying;
import dev.carillon.edge.Problem;
import dev.carillon.edge.Value;
import dev.carillon.json.Json;
import dev.carillon.recipient.Identification;
import dev.carillon.recipient.RecipientId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The body of {@code PUT /v1/users/{id}}. */
final class UserFields {
  /** Reserved properties, which are texts or null. */
  private static final Set<String> TEXTS =
      Set.of("name", "email", "avatar", "locale", "phone_number", "timezone");

  private static final String STRATEGY = "__persistence_strategy__";

  private UserFields() {}

  /**
   * @param channels those of the environment, by whose keys or ids channel data may be named
   */
  static Identification of(Fields fields, String userId, List<Channel> channels) {
    same(fields, "id", userId);
    same(fields, "collection", RecipientId.USERS);
    TEXTS.forEach(name -> fields.optional(name).ifPresent(Value::text));
    var given = Identifying.of(fields);
    return new Identification(
        // Responses show these two: what was read can be sent back.
        given.properties().without("updated_at").without("__cursor"),
        given.createdAt(),
        preferences(given.preferences()),
        channelData(given.channelData(), channels));
  }

  private static void same(Fields fields, String name, String expected) {
    fields
        .optional(name)
        .filter(value -> !value.json().equals(Json.of(expected)))
        .ifPresent(
            value -> {
              throw value.refused("cannot be changed");
            });
  }

  private static Map<String, Json.Obj> preferences(Map<String, Json.Obj> given) {
    var sets = new LinkedHashMap<String, Json.Obj>();
    given.forEach(
        (id, set) -> {
          if (set.get(STRATEGY).filter(it -> !it.equals(Json.of("merge"))).isPresent()) {
            throw Problem.INVALID_PARAMS.at(
                "preferences." + id + "." + STRATEGY, "can only be merge here");
          }
          sets.put(id, set.without(STRATEGY));
        });
    return sets;
  }

  private static Map<String, Json.Obj> channelData(
      Map<String, Json.Obj> given, List<Channel> channels) {
    var data = new LinkedHashMap<String, Json.Obj>();
    given.forEach((name, value) -> data.put(channel(name, channels), value));
    return data;
  }

  private static String channel(String keyOrId, List<Channel> channels) {
    return channels.stream()
        .filter(it -> it.key().equals(keyOrId) || it.id().toString().equalsIgnoreCase(keyOrId))
        .findFirst()
        .map(it -> it.id().toString())
        .orElseThrow(
            () ->
                Problem.CHANNEL_INVALID.at(
                    "channel_data." + keyOrId, "is neither a channel's key nor its id"));
  }
}
