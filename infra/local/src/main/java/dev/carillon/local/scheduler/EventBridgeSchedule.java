package dev.carillon.local.scheduler;

import dev.carillon.json.Json;
import java.time.Instant;
import java.util.Optional;

/**
 * A schedule as it stands.
 *
 * @param settings the fields of the API, as given
 * @param token of the call that created it
 * @param firedAt when it fired last; a one-time schedule that has fired will not again
 */
record EventBridgeSchedule(
    String group,
    String name,
    Json.Obj settings,
    ScheduleExpression firing,
    String token,
    Instant createdAt,
    Instant changedAt,
    Optional<Instant> firedAt) {

  static EventBridgeSchedule of(Json.Obj entry) {
    var settings = entry.object("settings");
    return new EventBridgeSchedule(
        entry.text("group").orElseThrow(),
        entry.text("name").orElseThrow(),
        settings,
        ScheduleChecks.firing(settings),
        entry.text("token").orElse(""),
        entry.text("created").map(Instant::parse).orElseThrow(),
        entry.text("changed").map(Instant::parse).orElseThrow(),
        entry.text("fired").map(Instant::parse));
  }

  /** The journal's entry that puts it in place as it is. */
  Json.Obj entry() {
    var entry =
        Json.object()
            .with("op", "put")
            .with("group", group)
            .with("name", name)
            .with("settings", settings)
            .with("token", token)
            .with("created", createdAt.toString())
            .with("changed", changedAt.toString());
    return firedAt.map(fired -> entry.with("fired", fired.toString())).orElse(entry);
  }

  EventBridgeSchedule fired(Instant at) {
    return new EventBridgeSchedule(
        group, name, settings, firing, token, createdAt, changedAt, Optional.of(at));
  }

  boolean enabled() {
    return !settings.text("State").orElse("ENABLED").equals("DISABLED");
  }

  boolean deletedAfterCompletion() {
    return settings.text("ActionAfterCompletion").orElse("NONE").equals("DELETE");
  }

  ScheduleTarget target() {
    return ScheduleTarget.of(settings.object("Target"));
  }

  /** In the account and region of its target. */
  String arn() {
    var parts = target().arn().split(":");
    return "arn:aws:scheduler:%s:%s:schedule/%s/%s".formatted(parts[3], parts[4], group, name);
  }
}
