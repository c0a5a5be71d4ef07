package dev.carillon.storage.dynamo.waiting;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;
import dev.carillon.recipient.TenantId;
import dev.carillon.schedule.Schedule;
import dev.carillon.schedule.ScheduleId;
import dev.carillon.storage.dynamo.DocumentFields;
import dev.carillon.time.RepeatRule;
import dev.carillon.workflow.WorkflowKey;

/** A schedule as it is stored: all of it but environment, id and revision, which are keys. */
public final class ScheduleDocument {
  private ScheduleDocument() {}

  public static Json.Obj write(Schedule schedule) {
    return new DocumentFields()
        .put("k", schedule.workflow().value())
        .put("r", DocumentFields.recipient(schedule.recipient()))
        .put("p", schedule.repeats(), RepeatRule::json)
        .put("s", schedule.scheduledAt(), DocumentFields::time)
        .put("e", schedule.endingAt(), DocumentFields::time)
        .putObject("d", schedule.data())
        .put("a", schedule.actor(), DocumentFields::recipient)
        .put("n", schedule.tenant(), tenant -> Json.of(tenant.value()))
        .put("x", schedule.next(), DocumentFields::time)
        .put("l", schedule.last(), DocumentFields::time)
        .put("i", schedule.insertedAt())
        .put("u", schedule.updatedAt())
        .json();
  }

  public static Schedule read(
      EnvironmentId environment, ScheduleId id, int revision, Json.Obj document) {
    return new Schedule(
        environment,
        id,
        new WorkflowKey(DocumentFields.text(document, "k")),
        DocumentFields.recipient(DocumentFields.require(document, "r")),
        DocumentFields.list(document, "p", ScheduleDocument::rule),
        document.get("s").map(DocumentFields::time),
        document.get("e").map(DocumentFields::time),
        document.object("d"),
        document.get("a").map(DocumentFields::recipient),
        document.text("n").map(TenantId::new),
        document.get("x").map(DocumentFields::time),
        document.get("l").map(DocumentFields::time),
        revision,
        DocumentFields.time(document, "i"),
        DocumentFields.time(document, "u"));
  }

  private static RepeatRule rule(Json json) {
    return switch (RepeatRule.of(json)) {
      case RepeatRule.Read.Ok(var rule) -> rule;
      case RepeatRule.Read.Refused(var problems) ->
          throw new IllegalStateException("A stored rule has " + problems.size() + " problems");
    };
  }
}
