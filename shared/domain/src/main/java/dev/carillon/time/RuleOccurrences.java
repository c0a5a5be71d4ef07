package dev.carillon.time;

import dev.carillon.time.RepeatRule.Frequency;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Finds when a rule comes. A rule names local times in ascending order, stretch by stretch (a day,
 * a week or a month), and each of them comes at {@link WallClock#first}. As this never goes
 * backwards, all that lies on an earlier date than {@code after} has come, and the search begins in
 * the stretch of that date.
 */
final class RuleOccurrences {
  /** What the calendar of one whole cycle does not hold is not waited for. */
  private static final int HORIZON_YEARS = 400;

  private static final int MAX_STRETCHES = 5_000;
  private static final int HOURS_A_DAY = 24;

  /** Beyond these no date is reckoned with, so that none can leave the range of java.time. */
  private static final Instant EARLIEST = Instant.parse("-9999-01-01T00:00:00Z");

  private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");

  private final RepeatRule rule;
  private final LocalDateTime anchor;

  private RuleOccurrences(RepeatRule rule, LocalDateTime anchor) {
    this.rule = rule;
    this.anchor = anchor;
  }

  static boolean inReach(Instant instant) {
    return !instant.isBefore(EARLIEST) && !instant.isAfter(LATEST);
  }

  static Optional<Instant> next(RepeatRule rule, Instant after, ZoneId zone, Instant anchor) {
    if (!inReach(after) || !inReach(anchor)) {
      return Optional.empty();
    }
    var occurrences = new RuleOccurrences(rule, LocalDateTime.ofInstant(anchor, zone));
    LocalDate today = LocalDate.ofInstant(after, zone);
    LocalDate horizon = today.plusYears(HORIZON_YEARS);
    return Stream.iterate(occurrences.stretchOf(today), occurrences::following)
        .limit(MAX_STRETCHES)
        .takeWhile(stretch -> !stretch.isAfter(horizon))
        .flatMap(occurrences::times)
        .map(time -> WallClock.first(time, zone))
        .filter(instant -> instant.isAfter(after))
        .findFirst();
  }

  /** The unit that stretches are counted in: an hourly rule goes by days, and by hours inside. */
  private ChronoUnit unit() {
    return switch (rule.frequency()) {
      case HOURLY, DAILY -> ChronoUnit.DAYS;
      case WEEKLY -> ChronoUnit.WEEKS;
      case MONTHLY -> ChronoUnit.MONTHS;
    };
  }

  private int step() {
    return rule.frequency() == Frequency.HOURLY ? 1 : rule.interval();
  }

  /** The first day of the last stretch the rule counts that begins on that day or before it. */
  private LocalDate stretchOf(LocalDate date) {
    LocalDate origin = start(anchor.toLocalDate());
    long passed = unit().between(origin, start(date));
    return origin.plus(Math.floorDiv(passed, step()) * step(), unit());
  }

  private LocalDate following(LocalDate stretch) {
    return stretch.plus(step(), unit());
  }

  private LocalDate start(LocalDate date) {
    return switch (rule.frequency()) {
      case HOURLY, DAILY -> date;
      case WEEKLY -> date.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
      case MONTHLY -> date.withDayOfMonth(1);
    };
  }

  private Stream<LocalDateTime> times(LocalDate stretch) {
    return dates(stretch).filter(this::allows).flatMap(this::timesOn);
  }

  private Stream<LocalDate> dates(LocalDate stretch) {
    return switch (rule.frequency()) {
      case HOURLY, DAILY -> Stream.of(stretch);
      case WEEKLY -> daysOfWeek().map(stretch::with);
      case MONTHLY -> daysOfMonth(stretch);
    };
  }

  private Stream<DayOfWeek> daysOfWeek() {
    return rule.days().isEmpty() ? Stream.of(anchor.getDayOfWeek()) : rule.days().stream();
  }

  private Stream<LocalDate> daysOfMonth(LocalDate month) {
    return rule.dayOfMonth().isEmpty() && !rule.days().isEmpty()
        ? month.datesUntil(month.plusMonths(1))
        : Stream.of(dayOf(month, rule.dayOfMonth().orElse(anchor.getDayOfMonth())));
  }

  private static LocalDate dayOf(LocalDate month, int day) {
    return month.withDayOfMonth(Math.min(day, month.lengthOfMonth()));
  }

  private boolean allows(LocalDate date) {
    return (rule.days().isEmpty() || rule.days().contains(date.getDayOfWeek()))
        && (rule.dayOfMonth().isEmpty() || date.equals(dayOf(date, rule.dayOfMonth().getAsInt())));
  }

  private Stream<LocalDateTime> timesOn(LocalDate date) {
    if (rule.frequency() != Frequency.HOURLY) {
      return Stream.of(date.atTime(rule.hours(), rule.minutes()));
    }
    long midnight = hour(date.atStartOfDay());
    return IntStream.range(0, HOURS_A_DAY)
        .filter(hour -> Math.floorMod(midnight + hour - hour(anchor), rule.interval()) == 0)
        .mapToObj(hour -> date.atTime(LocalTime.of(hour, rule.minutes())));
  }

  private static long hour(LocalDateTime time) {
    return time.toLocalDate().toEpochDay() * HOURS_A_DAY + time.getHour();
  }
}
