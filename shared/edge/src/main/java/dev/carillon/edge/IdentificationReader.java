package dev.carillon.edge;

import dev.carillon.channel.Channel;
import dev.carillon.json.Json;
import dev.carillon.preference.PreferenceSet;
import dev.carillon.recipient.Identification;
import dev.carillon.recipient.TenantBranding;
import dev.carillon.time.FieldProblem;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** What the fields of a user, object or tenant in a request say about it. */
public final class IdentificationReader {
  private static final String PREFERENCES = "preferences";
  private static final String CHANNEL_DATA = "channel_data";
  private static final String CREATED_AT = "created_at";
  private static final String TIMEZONE = "timezone";
  private static final String BRANDING = "branding";
  private static final String STRATEGY = "__persistence_strategy__";

  /** Properties that mean something to us: texts or null. */
  private static final Set<String> TEXTS =
      Set.of("name", "email", "avatar", "locale", "phone_number", "timezone");

  private static final Pattern UUID =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  private final Supplier<List<Channel>> channels;

  /**
   * @param channels those of the environment, by whose keys channel data may be named; asked only
   *     when a request has channel data
   */
  public IdentificationReader(Supplier<List<Channel>> channels) {
    this.channels = channels;
  }

  /**
   * Every field that is not reserved is a property.
   *
   * @throws ApiException when it is larger than what may be known of one recipient, a reserved
   *     field is not of its type, there is no time zone of that name, a preference makes no sense,
   *     or channel data names what is neither a UUID nor a channel's key
   */
  public Identification of(RequestFields fields) {
    fields.within(Limits.PROPERTIES_BYTES);
    TEXTS.forEach(name -> fields.optional(name).ifPresent(RequestValue::text));
    fields.optional(TIMEZONE).ifPresent(IdentificationReader::checkZone);
    var properties = new LinkedHashMap<String, Json>();
    fields
        .json()
        .fields()
        .forEach(
            (name, value) -> {
              if (!Identification.RESERVED.contains(name)) {
                properties.put(name, value);
              }
            });
    Optional<Instant> createdAt = fields.optional(CREATED_AT).map(RequestValue::instant);
    return new Identification(
        new Json.Obj(properties), createdAt, preferences(fields), channelData(fields));
  }

  /**
   * As {@link #of}, for a tenant, whose default set and branding are looked at too.
   *
   * @throws ApiException as {@link #of} does, and when its default set makes no sense or a colour
   *     of its branding is none
   */
  public Identification ofTenant(RequestFields fields) {
    fields
        .optional("settings")
        .map(RequestValue::object)
        .flatMap(settings -> settings.optional("preference_set"))
        .ifPresent(set -> checkPreferences(set.object()));
    fields
        .optional("settings")
        .map(RequestValue::object)
        .ifPresent(IdentificationReader::checkBranding);
    return of(fields);
  }

  private static void checkBranding(RequestFields settings) {
    List<FieldProblem> problems =
        settings.json().get(BRANDING).map(TenantBranding::problems).orElse(List.of());
    if (!problems.isEmpty()) {
      throw new ApiException(
          ErrorCode.INVALID_PARAMS,
          problems.stream()
              .map(it -> it.below(settings.pathOf(BRANDING)))
              .map(it -> new ApiException.Field(it.field(), it.reason()))
              .toList());
    }
  }

  private static Map<String, Json.Obj> preferences(RequestFields fields) {
    var sets = new LinkedHashMap<String, Json.Obj>();
    objects(fields, PREFERENCES)
        .forEach(
            (id, set) -> {
              set.optional(STRATEGY).ifPresent(strategy -> strategy.oneOf(Set.of("merge")));
              checkPreferences(set);
              sets.put(id, set.json().without(STRATEGY));
            });
    return sets;
  }

  /**
   * A preference that nobody understands would count as an opt-out for ever.
   *
   * @throws ApiException naming all in the set that makes no sense
   */
  public static void checkPreferences(RequestFields set) {
    var problems = PreferenceSet.problems(set.json());
    if (!problems.isEmpty()) {
      throw new ApiException(
          ErrorCode.INVALID_PARAMS,
          problems.stream()
              .map(it -> new ApiException.Field(set.pathOf(it.field()), it.reason()))
              .toList());
    }
  }

  /** Current clients send a channel's data bare, older ones wrapped in {@code data}. */
  private Map<String, Json.Obj> channelData(RequestFields fields) {
    var data = new LinkedHashMap<String, Json.Obj>();
    objects(fields, CHANNEL_DATA)
        .forEach(
            (channel, given) -> {
              Json.Obj bare = given.json();
              boolean wrapped =
                  bare.fields().size() == 1
                      && bare.get("data").orElse(Json.NULL) instanceof Json.Obj;
              data.put(channelId(given.path(), channel), wrapped ? bare.object("data") : bare);
            });
    return data;
  }

  /** Everywhere else a zone that there is not gives way to the environment's, with a note. */
  private static void checkZone(RequestValue zone) {
    if (!zone.text().isEmpty()) {
      zone.zone();
    }
  }

  /**
   * The channel's id, in lower case. What a UUID stands for is not checked: a channel can be
   * configured after its data came.
   *
   * @throws ApiException naming {@code field} when it is neither a UUID nor a channel's key
   */
  public String channelId(String field, String keyOrId) {
    if (UUID.matcher(keyOrId).matches()) {
      return keyOrId.toLowerCase(Locale.ROOT);
    }
    return channels.get().stream()
        .filter(channel -> channel.key().equals(keyOrId))
        .findFirst()
        .map(channel -> channel.id().toString())
        .orElseThrow(
            () -> ErrorCode.CHANNEL_INVALID.at(field, "is neither a channel's key nor an id"));
  }

  private static Map<String, RequestFields> objects(RequestFields fields, String name) {
    var objects = new LinkedHashMap<String, RequestFields>();
    fields
        .optional(name)
        .map(RequestValue::object)
        .ifPresent(
            map ->
                map.json()
                    .fields()
                    .forEach(
                        (key, value) -> {
                          Ids.checked(map.pathOf(key), key);
                          objects.put(key, new RequestValue(map.pathOf(key), value).object());
                        }));
    return objects;
  }
}
