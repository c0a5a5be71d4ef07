package dev.carillon.time;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.time.RepeatRule.Frequency;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Rules against a reading of them that knows nothing but to watch a clock minute by minute. */
class MinuteByMinuteTest {
  private static final long SEED = 20260105;
  private static final int SAMPLES = 1_500;
  private static final Duration WATCHED = Duration.ofDays(12);
  private static final Instant EARLIEST = Instant.parse("2025-01-01T00:00:00Z");
  private static final Instant LATEST = Instant.parse("2035-12-01T00:00:00Z");

  private final Random random = new Random(SEED);
  private final List<String> zones = List.copyOf(new TreeSet<>(ZoneId.getAvailableZoneIds()));

  @Test
  void a_rule_comes_when_somebody_who_watches_the_clock_says_so() {
    int came = 0;
    for (int i = 0; i < SAMPLES; i++) {
      ZoneId zone = ZoneId.of(zones.get(random.nextInt(zones.size())));
      Instant after = someInstant(zone);
      RepeatRule rule = someRule();
      Instant anchor = after.plusSeconds(random.nextInt(-90 * 86_400, 90 * 86_400));
      Optional<Instant> watched = watch(rule, after, zone, anchor);
      Optional<Instant> reckoned = rule.next(after, zone, anchor);
      String about = "sample %d: %s in %s after %s from %s".formatted(i, rule, zone, after, anchor);
      if (watched.isPresent()) {
        came++;
        assertThat(reckoned).as(about).isEqualTo(watched);
      } else if (reckoned.isPresent()) {
        assertThat(reckoned.get()).as(about).isAfter(after.plus(WATCHED));
      }
    }
    assertThat(came).isGreaterThan(SAMPLES / 3);
  }

  /** Mostly around a transition, where there is one. */
  private Instant someInstant(ZoneId zone) {
    long range = LATEST.getEpochSecond() - EARLIEST.getEpochSecond();
    Instant any = EARLIEST.plusSeconds(random.nextLong(range));
    var transition = zone.getRules().nextTransition(any);
    if (transition == null || transition.getInstant().isAfter(LATEST) || random.nextInt(5) == 0) {
      return any;
    }
    return transition.getInstant().plusSeconds(random.nextInt(-3 * 86_400, 2 * 86_400));
  }

  private RepeatRule someRule() {
    Frequency frequency = Frequency.values()[random.nextInt(Frequency.values().length)];
    int interval = random.nextInt(3) > 0 ? 1 : random.nextInt(1, 6);
    var days = EnumSet.noneOf(DayOfWeek.class);
    for (int i = random.nextInt(-2, 4); i > 0; i--) {
      days.add(DayOfWeek.of(random.nextInt(1, 8)));
    }
    OptionalInt dayOfMonth =
        random.nextInt(frequency == Frequency.MONTHLY ? 2 : 8) == 0
            ? OptionalInt.of(random.nextInt(1, 32))
            : OptionalInt.empty();
    int hours = random.nextInt(3) == 0 ? random.nextInt(24) : random.nextInt(4);
    return new RepeatRule(frequency, interval, days, dayOfMonth, hours, random.nextInt(60));
  }

  /**
   * Looks at the clock each minute. Whatever times it has not shown before, be they one or, when it
   * is put forward, sixty, are then reached; a clock that is put back reaches nothing new.
   */
  private static Optional<Instant> watch(
      RepeatRule rule, Instant after, ZoneId zone, Instant anchor) {
    LocalDateTime origin = LocalDateTime.ofInstant(anchor, zone);
    Instant now = after.truncatedTo(ChronoUnit.MINUTES).minus(Duration.ofDays(1));
    LocalDateTime shown = LocalDateTime.ofInstant(now, zone);
    Instant end = after.plus(WATCHED);
    while (now.isBefore(end)) {
      now = now.plusSeconds(60);
      LocalDateTime clock = LocalDateTime.ofInstant(now, zone);
      while (shown.isBefore(clock)) {
        shown = shown.plusMinutes(1);
        if (now.isAfter(after) && names(rule, shown, origin)) {
          return Optional.of(now);
        }
      }
    }
    return Optional.empty();
  }

  private static boolean names(RepeatRule rule, LocalDateTime time, LocalDateTime origin) {
    if (time.getMinute() != rule.minutes()
        || rule.frequency() != Frequency.HOURLY && time.getHour() != rule.hours()) {
      return false;
    }
    LocalDate day = time.toLocalDate();
    LocalDate first = origin.toLocalDate();
    Set<DayOfWeek> days =
        rule.frequency() == Frequency.WEEKLY && rule.days().isEmpty()
            ? Set.of(first.getDayOfWeek())
            : rule.days();
    int wanted = rule.dayOfMonth().orElse(first.getDayOfMonth());
    boolean everyDay =
        rule.dayOfMonth().isEmpty()
            && (rule.frequency() != Frequency.MONTHLY || !rule.days().isEmpty());
    return (days.isEmpty() || days.contains(day.getDayOfWeek()))
        && (everyDay || day.getDayOfMonth() == Math.min(wanted, day.lengthOfMonth()))
        && passed(rule.frequency(), origin, time) % rule.interval() == 0;
  }

  private static long passed(Frequency frequency, LocalDateTime origin, LocalDateTime time) {
    return switch (frequency) {
      case HOURLY ->
          ChronoUnit.HOURS.between(
              origin.truncatedTo(ChronoUnit.HOURS), time.truncatedTo(ChronoUnit.HOURS));
      case DAILY -> ChronoUnit.DAYS.between(origin.toLocalDate(), time.toLocalDate());
      case WEEKLY -> ChronoUnit.WEEKS.between(monday(origin), monday(time));
      case MONTHLY ->
          ChronoUnit.MONTHS.between(
              origin.toLocalDate().withDayOfMonth(1), time.toLocalDate().withDayOfMonth(1));
    };
  }

  private static LocalDate monday(LocalDateTime time) {
    return time.toLocalDate().with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
  }
}
