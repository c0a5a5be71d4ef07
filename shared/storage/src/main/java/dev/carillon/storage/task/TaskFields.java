package dev.carillon.storage.task;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;
import dev.carillon.recipient.RecipientId;
import dev.carillon.recipient.TenantId;
import dev.carillon.trigger.TriggerId;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** The fields that tasks have in common, in the JSON of {@link TaskCodec}. */
final class TaskFields {
  private TaskFields() {}

  static void begin(Map<String, Json> fields, String type, EnvironmentId environment) {
    fields.put("type", Json.of(type));
    fields.put("environment", Json.of(environment.value()));
  }

  static void tenant(Map<String, Json> fields, Optional<TenantId> tenant) {
    tenant.ifPresent(it -> fields.put("tenant", Json.of(it.value())));
  }

  static void recipient(Map<String, Json> fields, RecipientId recipient) {
    fields.put("collection", Json.of(recipient.collection()));
    fields.put("recipient", Json.of(recipient.id()));
  }

  static EnvironmentId environment(Json.Obj json) {
    return new EnvironmentId(text(json, "environment"));
  }

  static TriggerId trigger(Json.Obj json) {
    return TriggerId.parse(text(json, "trigger"));
  }

  static Optional<TenantId> tenant(Json.Obj json) {
    return json.text("tenant").map(TenantId::new);
  }

  static Optional<RecipientId> recipient(Json.Obj json) {
    return json.text("recipient").map(id -> new RecipientId(text(json, "collection"), id));
  }

  static String text(Json.Obj json, String name) {
    return json.text(name).orElseThrow(() -> lacks(name));
  }

  static Instant instant(Json.Obj json, String name) {
    try {
      return Instant.parse(text(json, name));
    } catch (DateTimeParseException _) {
      throw lacks(name);
    }
  }

  static int number(Json.Obj json, String name) {
    return Math.toIntExact(longNumber(json, name));
  }

  static OptionalLong optionalNumber(Json.Obj json, String name) {
    return json.get(name).isPresent()
        ? OptionalLong.of(longNumber(json, name))
        : OptionalLong.empty();
  }

  static long longNumber(Json.Obj json, String name) {
    if (json.fields().get(name) instanceof Json.Num(var value)) {
      return value.longValueExact();
    }
    throw lacks(name);
  }

  static UnreadableTask lacks(String name) {
    return new UnreadableTask("A task lacks its " + name);
  }
}
