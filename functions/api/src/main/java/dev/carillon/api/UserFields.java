package dev.carillon.api;

import dev.carillon.channel.Channel;
import dev.carillon.edge.Fields;
import dev.carillon.edge.Ids;
import dev.carillon.edge.Limits;
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

  /** What responses show and nobody sets: left out, so that what was read can be sent back. */
  private static final Set<String> OURS = Set.of("__typename", "__cursor", "updated_at");

  /** What is kept beside the properties, or is the user's name. */
  private static final Set<String> APART =
      Set.of("id", "collection", "created_at", "preferences", "channel_data");

  private static final String STRATEGY = "__persistence_strategy__";

  private UserFields() {}

  static Identification of(Fields fields, String userId, List<Channel> channels) {
    same(fields, "id", userId);
    same(fields, "collection", RecipientId.USERS);
    TEXTS.forEach(name -> fields.optional(name).ifPresent(Value::text));
    var properties = fields.json();
    for (var names : List.of(OURS, APART)) {
      for (var name : names) {
        properties = properties.without(name);
      }
    }
    return new Identification(
        properties,
        fields.optional("created_at").map(Value::instant),
        preferences(fields),
        channelData(fields, channels));
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

  private static Map<String, Json.Obj> preferences(Fields fields) {
    var sets = new LinkedHashMap<String, Json.Obj>();
    fields
        .optional("preferences")
        .map(it -> it.object().within(Limits.PROPERTIES_BYTES))
        .ifPresent(
            given ->
                given.json().fields().keySet().stream()
                    .flatMap(id -> given.optional(id).stream().map(set -> Map.entry(id, set)))
                    .forEach(
                        set ->
                            sets.put(
                                Ids.checked(set.getValue().path(), set.getKey()),
                                preferenceSet(set.getValue().object()))));
    return sets;
  }

  private static Json.Obj preferenceSet(Fields set) {
    set.optional(STRATEGY).ifPresent(it -> it.oneOf(Set.of("merge")));
    return set.json().without(STRATEGY).without("__typename").without("id");
  }

  private static Map<String, Json.Obj> channelData(Fields fields, List<Channel> channels) {
    var data = new LinkedHashMap<String, Json.Obj>();
    fields
        .optional("channel_data")
        .map(it -> it.object().within(Limits.PROPERTIES_BYTES))
        .ifPresent(
            given ->
                given
                    .json()
                    .fields()
                    .keySet()
                    .forEach(
                        name ->
                            given
                                .optional(name)
                                .ifPresent(
                                    it ->
                                        data.put(
                                            channel(it.path(), name, channels), unwrapped(it)))));
    return data;
  }

  /** Clients send the data as it is, or under {@code data} as the channel's own route wants it. */
  private static Json.Obj unwrapped(Value value) {
    var given = value.object();
    return given.json().get("data").isPresent()
        ? given.required("data").object().json()
        : given.json();
  }

  private static String channel(String path, String keyOrId, List<Channel> channels) {
    return channels.stream()
        .filter(it -> it.key().equals(keyOrId) || it.id().toString().equalsIgnoreCase(keyOrId))
        .findFirst()
        .map(it -> it.id().toString())
        .orElseThrow(
            () -> Problem.CHANNEL_INVALID.at(path, "is neither a channel's key nor its id"));
  }
}
