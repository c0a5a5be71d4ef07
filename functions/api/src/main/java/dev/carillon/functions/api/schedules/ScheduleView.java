package dev.carillon.functions.api.schedules;

import dev.carillon.edge.view.RecipientView;
import dev.carillon.edge.view.Times;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;
import dev.carillon.recipient.Recipient;
import dev.carillon.recipient.RecipientId;
import dev.carillon.recipient.Recipients;
import dev.carillon.recipient.TenantId;
import dev.carillon.schedule.Schedule;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Schedules as one response shows them: who stands in several of them is read once. */
public final class ScheduleView {
  private final Recipients recipients;
  private final EnvironmentId environment;
  private final Map<RecipientId, Optional<Recipient>> known = new HashMap<>();

  public ScheduleView(Recipients recipients, EnvironmentId environment) {
    this.recipients = recipients;
    this.environment = environment;
  }

  public Json.Obj of(Schedule schedule) {
    return Json.object()
        .with("__typename", "Schedule")
        .with("id", schedule.id().toString())
        .with("workflow", schedule.workflow().value())
        .with("recipient", person(schedule.recipient(), schedule.insertedAt()))
        .with(
            "actor",
            schedule
                .actor()
                .<Json>map(actor -> person(actor, schedule.insertedAt()))
                .orElse(Json.NULL))
        .with("tenant", Json.ofNullable(schedule.tenant().map(TenantId::value)))
        .with("data", schedule.data().fields().isEmpty() ? Json.NULL : schedule.data())
        .with(
            "repeats",
            Json.array(
                schedule.repeats().stream()
                    .map(rule -> typed("ScheduleRepeat").merged(rule.json()))
                    .toList()))
        .with("next_occurrence_at", Times.of(schedule.next()))
        .with("last_occurrence_at", Times.of(schedule.last()))
        .with("inserted_at", Times.of(schedule.insertedAt()))
        .with("updated_at", Times.of(schedule.updatedAt()));
  }

  /** Without its data, and of people what they are called: bounded, whatever is known of them. */
  Json.Obj brief(Schedule schedule) {
    Json.Obj whole = of(schedule).without("data");
    return whole
        .with("recipient", RecipientView.brief(whole.object("recipient")))
        .with(
            "actor",
            schedule
                .actor()
                .<Json>map(_ -> RecipientView.brief(whole.object("actor")))
                .orElse(Json.NULL));
  }

  private static Json.Obj typed(String name) {
    return Json.object().with("__typename", name);
  }

  private Json.Obj person(RecipientId id, Instant otherwiseUpdatedAt) {
    return RecipientView.of(
        id, known.computeIfAbsent(id, it -> recipients.find(environment, it)), otherwiseUpdatedAt);
  }
}
