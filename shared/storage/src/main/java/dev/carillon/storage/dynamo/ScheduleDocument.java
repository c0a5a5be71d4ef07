package dev.carillon.storage.dynamo;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;
import dev.carillon.recipient.TenantId;
import dev.carillon.schedule.Schedule;
import dev.carillon.schedule.ScheduleId;
import dev.carillon.time.RepeatRule;
import dev.carillon.workflow.WorkflowKey;

/** A schedule as it is stored: all of it but environment, id and revision, which are keys. */
final class ScheduleDocument {
  private ScheduleDocument() {}

  static Json.Obj write(Schedule schedule) {
    return new Fields()
        .put("k", schedule.workflow().value())
        .put("r", Fields.recipient(schedule.recipient()))
        .put("p", schedule.repeats(), RepeatRule::json)
        .put("s", schedule.scheduledAt(), Fields::time)
        .put("e", schedule.endingAt(), Fields::time)
        .putObject("d", schedule.data())
        .put("a", schedule.actor(), Fields::recipient)
        .put("n", schedule.tenant(), tenant -> Json.of(tenant.value()))
        .put("x", schedule.next(), Fields::time)
        .put("l", schedule.last(), Fields::time)
        .put("i", schedule.insertedAt())
        .put("u", schedule.updatedAt())
        .json();
  }

  static Schedule read(EnvironmentId environment, ScheduleId id, int revision, Json.Obj document) {
    return new Schedule(
        environment,
        id,
        new WorkflowKey(Fields.text(document, "k")),
        Fields.recipient(Fields.require(document, "r")),
        Fields.list(document, "p", ScheduleDocument::rule),
        document.get("s").map(Fields::time),
        document.get("e").map(Fields::time),
        document.object("d"),
        document.get("a").map(Fields::recipient),
        document.text("n").map(TenantId::new),
        document.get("x").map(Fields::time),
        document.get("l").map(Fields::time),
        revision,
        Fields.time(document, "i"),
        Fields.time(document, "u"));
  }

  private static RepeatRule rule(Json json) {
    return switch (RepeatRule.of(json)) {
      case RepeatRule.Read.Ok(var rule) -> rule;
      case RepeatRule.Read.Refused(var problems) ->
          throw new IllegalStateException("A stored rule has " + problems.size() + " problems");
    };
  }
}
