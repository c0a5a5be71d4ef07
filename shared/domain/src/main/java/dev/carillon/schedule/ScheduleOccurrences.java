package dev.carillon.schedule;

import dev.carillon.time.RepeatRule;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/** When a schedule occurs. */
public final class ScheduleOccurrences {
  /** Beyond this nothing is planned: a mistyped year is not to be waited for. */
  public static final Instant LATEST = Instant.parse("2100-01-01T00:00:00Z");

  private ScheduleOccurrences() {}

  /**
   * The first time that a schedule occurs which was made, or set for other times, at {@code from}.
   *
   * <p>A recurring one occurs when one of its rules first comes, at {@code from} at the earliest
   * and not before it starts. One that occurs once and whose time is past is due at {@code from},
   * unless it occurred since that time.
   *
   * @param zone by whose clocks the rules go
   */
  public static Optional<Instant> first(Schedule schedule, Instant from, ZoneId zone) {
    if (schedule.recurs()) {
      // Strictly after the instant before it is at it or after it.
      return next(schedule, from.minusNanos(1), zone);
    }
    return schedule
        .scheduledAt()
        .filter(at -> schedule.last().filter(last -> !last.isBefore(at)).isEmpty())
        .map(at -> at.isBefore(from) ? from : at)
        .filter(at -> allows(schedule, at));
  }

  /**
   * When the schedule occurs next, strictly after {@code after}, having occurred; empty when it
   * does not: it was to occur once, or it ends before.
   */
  public static Optional<Instant> next(Schedule schedule, Instant after, ZoneId zone) {
    if (!schedule.recurs()) {
      return Optional.empty();
    }
    Instant beforeStart = schedule.scheduledAt().map(it -> it.minusNanos(1)).orElse(after);
    return RepeatRule.next(
            schedule.repeats(),
            after.isBefore(beforeStart) ? beforeStart : after,
            zone,
            schedule.scheduledAt().orElse(schedule.insertedAt()))
        .filter(at -> allows(schedule, at));
  }

  private static boolean allows(Schedule schedule, Instant at) {
    return at.isBefore(LATEST) && schedule.endingAt().filter(at::isAfter).isEmpty();
  }
}
