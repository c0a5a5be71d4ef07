package dev.carillon.functions.api;

import dev.carillon.edge.Limits;
import dev.carillon.edge.Problem;
import dev.carillon.edge.Refused;
import dev.carillon.edge.Value;
import dev.carillon.json.Json;
import dev.carillon.schedule.Occurrences;
import dev.carillon.schedule.ScheduleId;
import dev.carillon.time.FieldProblem;
import dev.carillon.time.IsoTimestamp;
import dev.carillon.time.RepeatRule;
import java.time.Instant;
import java.util.List;

/** The fields that bodies about schedules share. Each is refused when it is not as it must be. */
final class ScheduleFields {
  private ScheduleFields() {}

  /** The ids of schedules, each once. */
  static List<ScheduleId> ids(Value list) {
    return list.list(1, Limits.SCHEDULES).stream().map(ScheduleFields::id).distinct().toList();
  }

  private static ScheduleId id(Value value) {
    return Uuids.parse(value.text())
        .map(ScheduleId::new)
        .orElseThrow(() -> value.refused("must be a UUID"));
  }

  /** No rules mean that it does not repeat. */
  static List<RepeatRule> repeats(Value list) {
    return list.list(0, Limits.REPEATS).stream().map(ScheduleFields::rule).toList();
  }

  private static RepeatRule rule(Value value) {
    return switch (RepeatRule.of(value.json())) {
      case RepeatRule.Read.Ok(var rule) -> rule;
      case RepeatRule.Read.Refused(var problems) ->
          throw new Refused(
              Problem.INVALID_PARAMS,
              problems.stream().map(problem -> field(problem.below(value.path()))).toList());
    };
  }

  private static Refused.Field field(FieldProblem problem) {
    return new Refused.Field(problem.field(), problem.reason());
  }

  static Instant scheduledAt(Value value) {
    Instant at = instant(value);
    if (at.isBefore(Instant.EPOCH) || !at.isBefore(Occurrences.LATEST)) {
      throw value.refused("must lie between 1970 and 2100");
    }
    return at;
  }

  /** An ISO 8601 date and time; without an offset it is UTC. */
  static Instant instant(Value value) {
    return IsoTimestamp.parse(value.text())
        .orElseThrow(
            () -> value.refused("must be an ISO 8601 date and time such as 2026-01-05T09:00:00Z"));
  }

  static Json.Obj data(Value value) {
    return value.object().within(Limits.SCHEDULE_DATA_BYTES).json();
  }
}
