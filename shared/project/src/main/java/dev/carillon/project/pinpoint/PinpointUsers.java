package dev.carillon.project.pinpoint;

import dev.carillon.json.Json;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The users that the endpoints of an export belong to. Pinpoint knows addresses, each with what is
 * known of whose it is; here a user has one email address, one phone number and any number of
 * devices. Of several addresses the one changed last is taken.
 */
final class PinpointUsers {
  private static final String ALL = "ALL";

  /** The types of channels whose messages an endpoint that opted out got, by the endpoint's. */
  private static final Map<String, String> CHANNEL_TYPES =
      Map.of("EMAIL", "email", "SMS", "sms", "APNS", "push", "APNS_SANDBOX", "push", "GCM", "push");

  private static final Map<String, String> PROVIDERS =
      Map.of("APNS", "push_apns", "APNS_SANDBOX", "push_apns", "GCM", "push_fcm");

  private final Map<String, List<Json.Obj>> byUser = new LinkedHashMap<>();
  private final Map<String, String> pushChannels;
  private final Set<String> lists = new TreeSet<>();
  private final Map<String, Integer> leftOut = new TreeMap<>();
  private final Map<String, Integer> different = new TreeMap<>();

  /**
   * @param pushChannels the ids of channels by their provider
   */
  PinpointUsers(List<Json.Obj> endpoints, Map<String, String> pushChannels) {
    this.pushChannels = Map.copyOf(pushChannels);
    for (Json.Obj endpoint : endpoints) {
      Optional<String> user = endpoint.object("User").text("UserId").filter(it -> !it.isBlank());
      Optional<String> id = user.or(() -> endpoint.text("Id")).filter(it -> !it.isBlank());
      if (id.isEmpty()) {
        count(leftOut, "it has neither a user nor an id");
        continue;
      }
      if (user.isEmpty()) {
        count(different, "it names no user; a user of the endpoint's own id has it");
      }
      byUser.computeIfAbsent(id.get(), _ -> new ArrayList<>()).add(endpoint);
      several(endpoint.object("User").object("UserAttributes"), "");
      several(endpoint.object("Attributes"), "attributes.");
    }
  }

  private void several(Json.Obj attributes, String prefix) {
    attributes
        .fields()
        .forEach(
            (name, values) -> {
              if (values instanceof Json.Arr(var items) && items.size() > 1) {
                lists.add(prefix + name);
              }
            });
  }

  private static void count(Map<String, Integer> reasons, String why) {
    reasons.merge(why, 1, Integer::sum);
  }

  /** The attributes that have several values with anybody, and so are lists with everybody. */
  Set<String> lists() {
    return Set.copyOf(lists);
  }

  /** How many endpoints were left out, by why; complete once {@link #all} was called. */
  Map<String, Integer> leftOut() {
    return leftOut;
  }

  /** How many endpoints mean something else here, by what; likewise. */
  Map<String, Integer> different() {
    return different;
  }

  /** Each as the API identifies it. */
  List<Json.Obj> all() {
    return byUser.entrySet().stream().map(it -> user(it.getKey(), it.getValue())).toList();
  }

  private Json.Obj user(String id, List<Json.Obj> endpoints) {
    var fields = new LinkedHashMap<String, Json>();
    var sorted = new ArrayList<>(endpoints);
    sorted.sort(Comparator.comparing(it -> it.text("EffectiveDate").orElse("")));
    var attributes = new LinkedHashMap<String, Json>();
    for (Json.Obj endpoint : sorted) {
      flat(endpoint.object("User").object("UserAttributes"), "", fields);
      flat(endpoint.object("Attributes"), "attributes.", attributes);
      Json.Obj demographic = endpoint.object("Demographic");
      demographic
          .text("Locale")
          .ifPresent(it -> fields.put("locale", Json.of(it.replace('_', '-'))));
      demographic.text("Timezone").ifPresent(it -> fields.put("timezone", Json.of(it)));
      if (!endpoint.object("Location").fields().isEmpty()) {
        fields.put("location", endpoint.object("Location"));
      }
    }
    if (!attributes.isEmpty()) {
      fields.put("attributes", new Json.Obj(attributes));
    }
    fields.put("id", Json.of(id));
    addresses(sorted, fields);
    return new Json.Obj(fields);
  }

  private void flat(Json.Obj values, String prefix, Map<String, Json> into) {
    values
        .fields()
        .forEach(
            (name, value) ->
                into.put(
                    name,
                    value instanceof Json.Arr(var items)
                            && items.size() == 1
                            && !lists.contains(prefix + name)
                        ? items.getFirst()
                        : value));
  }

  private void addresses(List<Json.Obj> sorted, Map<String, Json> fields) {
    var tokens = new TreeMap<String, Set<Json>>();
    var reached = new LinkedHashMap<String, Boolean>();
    for (Json.Obj endpoint : sorted) {
      String kind = endpoint.text("ChannelType").orElse("");
      String address = endpoint.text("Address").orElse("");
      if (!endpoint.text("EndpointStatus").orElse("ACTIVE").equals("ACTIVE")) {
        count(leftOut, "it is not active: Pinpoint could not reach it");
        continue;
      }
      if (CHANNEL_TYPES.containsKey(kind)) {
        boolean wanted = !endpoint.text("OptOut").orElse("NONE").equals(ALL);
        reached.merge(CHANNEL_TYPES.get(kind), wanted, Boolean::logicalOr);
      }
      switch (kind) {
        case "EMAIL" -> one("email", address, fields);
        case "SMS", "VOICE" -> one("phone_number", address, fields);
        case "APNS", "APNS_SANDBOX", "GCM" -> {
          String channel = pushChannels.get(PROVIDERS.get(kind));
          if (channel == null) {
            count(
                leftOut, "there is no channel of " + PROVIDERS.get(kind) + " to keep its token on");
          } else {
            tokens.computeIfAbsent(channel, _ -> new LinkedHashSet<>()).add(Json.of(address));
          }
        }
        default -> count(leftOut, "its channel " + kind + " is none that there is here");
      }
    }
    if (!tokens.isEmpty()) {
      var data = new LinkedHashMap<String, Json>();
      tokens.forEach(
          (channel, all) ->
              data.put(channel, Json.object().with("tokens", Json.array(List.copyOf(all)))));
      fields.put("channel_data", new Json.Obj(data));
    }
    preferences(reached).ifPresent(it -> fields.put("preferences", it));
  }

  private void one(String property, String address, Map<String, Json> fields) {
    Json before = fields.put(property, Json.of(address));
    if (before != null && !before.equals(Json.of(address))) {
      count(
          different, "its user has another " + property + " that changed later, and has one only");
    }
  }

  /** Who opted out on all endpoints of a type gets nothing on channels of that type. */
  private static Optional<Json.Obj> preferences(Map<String, Boolean> reached) {
    var types = new LinkedHashMap<String, Json>();
    reached.forEach(
        (type, wanted) -> {
          if (!wanted) {
            types.put(type, Json.FALSE);
          }
        });
    return types.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Json.object()
                .with("default", Json.object().with("channel_types", new Json.Obj(types))));
  }
}
