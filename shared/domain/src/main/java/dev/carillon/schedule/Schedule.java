package dev.carillon.schedule;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;
import dev.carillon.recipient.RecipientId;
import dev.carillon.recipient.TenantId;
import dev.carillon.time.RepeatRule;
import dev.carillon.workflow.WorkflowKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Runs a workflow for one recipient at set times.
 *
 * @param repeats it occurs whenever one of them comes; empty: it occurs once
 * @param scheduledAt when it starts, or, without repeats, the one time it occurs; empty without
 *     repeats: it does not occur until it is changed
 * @param endingAt it does not occur after this instant
 * @param data what each of its triggers carries
 * @param next when it occurs next; empty when it will not
 * @param last when it last occurred, whether or not its workflow took triggers then
 * @param revision how many times it was stored; of what was set for an earlier one nothing counts
 * @param updatedAt when somebody last changed it; that it occurs is no change
 */
public record Schedule(
    EnvironmentId environment,
    ScheduleId id,
    WorkflowKey workflow,
    RecipientId recipient,
    List<RepeatRule> repeats,
    Optional<Instant> scheduledAt,
    Optional<Instant> endingAt,
    Json.Obj data,
    Optional<RecipientId> actor,
    Optional<TenantId> tenant,
    Optional<Instant> next,
    Optional<Instant> last,
    int revision,
    Instant insertedAt,
    Instant updatedAt) {

  public Schedule {
    repeats = List.copyOf(repeats);
  }

  /** Whether it is yet to get a time at which it could occur. */
  public boolean isTimeless() {
    return repeats.isEmpty() && scheduledAt.isEmpty();
  }

  /** Whether it occurs again and again. */
  public boolean recurs() {
    return !repeats.isEmpty();
  }

  /** Whether it is set for the same times. */
  public boolean timedAs(Schedule other) {
    return repeats.equals(other.repeats)
        && scheduledAt.equals(other.scheduledAt)
        && endingAt.equals(other.endingAt);
  }

  /** The same, to occur then. */
  public Schedule planned(Optional<Instant> at) {
    return with(at, last, revision, updatedAt);
  }

  /** The same, after it occurred. */
  public Schedule occurred(Instant at, Optional<Instant> then) {
    return with(then, Optional.of(at), revision, updatedAt);
  }

  /** The same, changed by somebody now. */
  public Schedule updated(Instant now) {
    return with(next, last, revision, now);
  }

  /** As {@link Schedules#save} stores it. */
  public Schedule stored() {
    return with(next, last, revision + 1, updatedAt);
  }

  private Schedule with(
      Optional<Instant> next, Optional<Instant> last, int revision, Instant updatedAt) {
    return new Schedule(
        environment,
        id,
        workflow,
        recipient,
        repeats,
        scheduledAt,
        endingAt,
        data,
        actor,
        tenant,
        next,
        last,
        revision,
        insertedAt,
        updatedAt);
  }

  /** Where it stands in lists, newest first by {@code insertedAt}: 13 digits and its id. */
  public String position() {
    return "%013d-%s".formatted(insertedAt.toEpochMilli(), id);
  }
}
