package dev.carillon.edge;

import dev.carillon.json.Json;
import dev.carillon.recipient.Identification;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the fields of a user, object or tenant in a request say about it. */
public final class Identifying {
  private static final String PREFERENCES = "preferences";
  private static final String CHANNEL_DATA = "channel_data";
  private static final String CREATED_AT = "created_at";

  /** Names that are not properties, whoever is identified. */
  private static final Set<String> RESERVED =
      Set.of(
          "id", "collection", "$trigger_data", "__typename", PREFERENCES, CHANNEL_DATA, CREATED_AT);

  private Identifying() {}

  /**
   * Every field that is not reserved is a property.
   *
   * @throws Refused when it is larger than what may be known of one recipient, or {@code
   *     preferences} or {@code channel_data} are not maps of objects, or {@code created_at} is not
   *     a timestamp
   */
  public static Identification of(Fields fields) {
    fields.within(Limits.PROPERTIES_BYTES);
    var properties = new LinkedHashMap<String, Json>();
    fields
        .json()
        .fields()
        .forEach(
            (name, value) -> {
              if (!RESERVED.contains(name)) {
                properties.put(name, value);
              }
            });
    Optional<Instant> createdAt = fields.optional(CREATED_AT).map(Value::instant);
    return new Identification(
        new Json.Obj(properties), createdAt, objects(fields, PREFERENCES), channelData(fields));
  }

  /** Current clients send a channel's data bare, older ones wrapped in {@code data}. */
  private static Map<String, Json.Obj> channelData(Fields fields) {
    var unwrapped = new LinkedHashMap<String, Json.Obj>();
    objects(fields, CHANNEL_DATA)
        .forEach(
            (channel, data) ->
                unwrapped.put(
                    channel,
                    data.fields().size() == 1
                            && data.get("data").orElse(Json.NULL) instanceof Json.Obj inner
                        ? inner
                        : data));
    return unwrapped;
  }

  private static Map<String, Json.Obj> objects(Fields fields, String name) {
    var objects = new LinkedHashMap<String, Json.Obj>();
    fields
        .optional(name)
        .map(Value::object)
        .ifPresent(
            map ->
                map.json()
                    .fields()
                    .forEach(
                        (key, value) -> {
                          Ids.checked(map.pathOf(key), key);
                          objects.put(key, new Value(map.pathOf(key), value).object().json());
                        }));
    return objects;
  }
}
