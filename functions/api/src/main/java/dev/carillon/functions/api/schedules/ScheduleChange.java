package dev.carillon.functions.api.schedules;

import dev.carillon.edge.ErrorCode;
import dev.carillon.edge.RecipientReader;
import dev.carillon.edge.RequestFields;
import dev.carillon.json.Json;
import dev.carillon.schedule.Schedule;
import dev.carillon.schedule.ScheduleId;
import dev.carillon.time.RepeatRule;
import dev.carillon.trigger.Trigger;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The body of {@code PUT /v1/schedules}: what it does not name stays as it is. */
record ScheduleChange(
    List<ScheduleId> ids,
    Patch<List<RepeatRule>> repeats,
    Patch<Instant> scheduledAt,
    Patch<Instant> endingAt,
    Patch<Json.Obj> data,
    Patch<Trigger.Named> actor,
    Patch<Trigger.Tenant> tenant) {

  private static final Set<String> FIELDS =
      Set.of("schedule_ids", "repeats", "scheduled_at", "ending_at", "data", "actor", "tenant");

  /**
   * @throws dev.carillon.edge.ApiException naming the first field that is not as it must be
   */
  static ScheduleChange of(RequestFields body, RecipientReader naming) {
    body.only(FIELDS);
    return new ScheduleChange(
        ScheduleFields.ids(body.required("schedule_ids")),
        Patch.of(body, "repeats", ScheduleFields::repeats),
        Patch.of(body, "scheduled_at", ScheduleFields::scheduledAt),
        Patch.of(body, "ending_at", ScheduleFields::instant),
        Patch.of(body, "data", ScheduleFields::data),
        Patch.of(body, "actor", naming::recipient),
        Patch.of(body, "tenant", naming::tenant));
  }

  /**
   * The schedule with the change.
   *
   * @throws dev.carillon.edge.ApiException when it would have no time left
   */
  Schedule applied(Schedule before) {
    List<RepeatRule> rules = rules(before);
    Optional<Instant> start = scheduledAt.over(before.scheduledAt());
    if (rules.isEmpty() && start.isEmpty() && !before.isTimeless()) {
      throw ErrorCode.INVALID_PARAMS.at("repeats", "is required when there is no scheduled_at");
    }
    return new Schedule(
        before.environment(),
        before.id(),
        before.workflow(),
        before.recipient(),
        rules,
        start,
        endingAt.over(before.endingAt()),
        data.over(Optional.of(before.data())).orElse(Json.Obj.EMPTY),
        actor.map(Trigger.Named::id).over(before.actor()),
        tenant.map(Trigger.Tenant::id).over(before.tenant()),
        before.next(),
        before.last(),
        before.revision(),
        before.insertedAt(),
        before.updatedAt());
  }

  /** A time without rules is the one time: so a recurring schedule becomes one that is not. */
  private List<RepeatRule> rules(Schedule before) {
    boolean once = repeats instanceof Patch.Keep && scheduledAt instanceof Patch.Put;
    return once ? List.of() : repeats.over(Optional.of(before.repeats())).orElse(List.of());
  }
}
