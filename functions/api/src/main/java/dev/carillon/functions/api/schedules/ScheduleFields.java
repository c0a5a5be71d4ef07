package dev.carillon.functions.api.schedules;

import dev.carillon.edge.ApiException;
import dev.carillon.edge.ErrorCode;
import dev.carillon.edge.Ids;
import dev.carillon.edge.Limits;
import dev.carillon.edge.RequestValue;
import dev.carillon.json.Json;
import dev.carillon.schedule.ScheduleId;
import dev.carillon.schedule.ScheduleOccurrences;
import dev.carillon.time.FieldProblem;
import dev.carillon.time.IsoTimestamp;
import dev.carillon.time.RepeatRule;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The fields that bodies about schedules share. Each is refused when it is not as it must be. */
final class ScheduleFields {
  /** What a rule has, and what answers say of it, so that it may be sent back. */
  private static final Set<String> OF_A_RULE =
      Stream.concat(RepeatRule.FIELDS.stream(), Stream.of("__typename"))
          .collect(Collectors.toSet());

  private ScheduleFields() {}

  /** The ids of schedules, each once. */
  static List<ScheduleId> ids(RequestValue list) {
    return list.list(1, Limits.SCHEDULES).stream().map(ScheduleFields::id).distinct().toList();
  }

  private static ScheduleId id(RequestValue value) {
    return Ids.uuid(value.text())
        .map(ScheduleId::new)
        .orElseThrow(() -> value.refused("must be a UUID"));
  }

  /** No rules mean that it does not repeat. */
  static List<RepeatRule> repeats(RequestValue list) {
    return list.list(0, Limits.REPEATS).stream().map(ScheduleFields::rule).toList();
  }

  /** A field of another name is refused: {@code hour} would make it midnight. */
  private static RepeatRule rule(RequestValue value) {
    if (value.json() instanceof Json.Obj) {
      value.object().only(OF_A_RULE);
    }
    return switch (RepeatRule.of(value.json())) {
      case RepeatRule.Read.Ok(var rule) -> rule;
      case RepeatRule.Read.Refused(var problems) ->
          throw new ApiException(
              ErrorCode.INVALID_PARAMS,
              problems.stream().map(problem -> field(problem.below(value.path()))).toList());
    };
  }

  private static ApiException.Field field(FieldProblem problem) {
    return new ApiException.Field(problem.field(), problem.reason());
  }

  static Instant scheduledAt(RequestValue value) {
    Instant at = instant(value);
    if (at.isBefore(Instant.EPOCH) || !at.isBefore(ScheduleOccurrences.LATEST)) {
      throw value.refused("must lie between 1970 and 2100");
    }
    return at;
  }

  /** An ISO 8601 date and time; without an offset it is UTC. */
  static Instant instant(RequestValue value) {
    return IsoTimestamp.parse(value.text())
        .orElseThrow(
            () -> value.refused("must be an ISO 8601 date and time such as 2026-01-05T09:00:00Z"));
  }

  static Json.Obj data(RequestValue value) {
    return value.object().within(Limits.SCHEDULE_DATA_BYTES).json();
  }
}
