package dev.carillon.time;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.time.RepeatRule.Frequency;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * All zones of the JDK and every time that one of them puts its clocks forward or back from 2025 to
 * 2035: a daily, a weekly and a monthly rule comes exactly once for each of its dates.
 */
class EveryTransitionTest {
  private static final LocalDate FIRST = LocalDate.of(2025, 1, 1);
  private static final LocalDate LAST = LocalDate.of(2035, 12, 31);
  private static final LocalTime NOON = LocalTime.NOON;

  @Test
  void a_rule_comes_once_for_each_of_its_dates_around_every_transition_of_every_zone() {
    int transitions = 0;
    int atMidnight = 0;
    int checked = 0;
    for (String id : new TreeSet<>(ZoneId.getAvailableZoneIds())) {
      ZoneId zone = ZoneId.of(id);
      for (ZoneOffsetTransition transition : transitions(zone)) {
        transitions++;
        LocalDate date = transition.getDateTimeBefore().toLocalDate();
        Set<LocalTime> times = timesAround(transition);
        if (isMissing(transition.getDateTimeAfter().with(LocalTime.MIDNIGHT), zone)) {
          atMidnight++;
        }
        for (LocalTime time : times) {
          checked += daily(zone, date, time) + weekly(zone, date, time) + monthly(zone, date, time);
        }
      }
    }
    int zones = ZoneId.getAvailableZoneIds().size();
    System.out.printf(
        "%d zones, %d transitions from 2025 to 2035 (%d of them skip midnight), %d times checked%n",
        zones, transitions, atMidnight, checked);
    assertThat(zones).isGreaterThan(550);
    assertThat(transitions).isGreaterThan(4_000);
    assertThat(atMidnight).isGreaterThan(50);
    assertThat(checked).isGreaterThan(500_000);
  }

  @Test
  void in_every_zone_a_rule_at_midnight_comes_once_for_each_date_of_eleven_years() {
    var rule = rule(Frequency.DAILY, Set.of(), OptionalInt.empty(), LocalTime.MIDNIGHT);
    long days = LAST.toEpochDay() - FIRST.toEpochDay() + 1;
    for (String id : new TreeSet<>(ZoneId.getAvailableZoneIds())) {
      ZoneId zone = ZoneId.of(id);
      Instant last = expected(FIRST.minusDays(1).atTime(LocalTime.MIDNIGHT), zone);
      Instant end = expected(LAST.atTime(LocalTime.MIDNIGHT), zone);
      long came = 0;
      while (last.isBefore(end)) {
        last = rule.next(last, zone, last).orElseThrow();
        came++;
      }
      assertThat(came).as(id).isEqualTo(days);
      assertThat(last).as(id).isEqualTo(end);
    }
  }

  private static List<ZoneOffsetTransition> transitions(ZoneId zone) {
    var found = new ArrayList<ZoneOffsetTransition>();
    ZoneRules rules = zone.getRules();
    Instant end = LAST.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    var next = rules.nextTransition(FIRST.atStartOfDay(ZoneOffset.UTC).toInstant());
    while (next != null && next.getInstant().isBefore(end)) {
      found.add(next);
      next = rules.nextTransition(next.getInstant());
    }
    return found;
  }

  /** Midnight, both ends of the gap or overlap, its middle, and the minutes beside it. */
  private static Set<LocalTime> timesAround(ZoneOffsetTransition transition) {
    LocalDateTime from = transition.getDateTimeBefore();
    LocalDateTime to = transition.getDateTimeAfter();
    LocalDateTime middle = from.plus(transition.getDuration().dividedBy(2));
    var times = new TreeSet<LocalTime>(Set.of(LocalTime.MIDNIGHT, NOON, LocalTime.of(23, 59)));
    for (LocalDateTime edge : List.of(from, to, middle)) {
      times.add(edge.toLocalTime());
      times.add(edge.minusMinutes(1).toLocalTime());
    }
    return times;
  }

  private static int daily(ZoneId zone, LocalDate date, LocalTime time) {
    var dates = date.minusDays(2).datesUntil(date.plusDays(4)).toList();
    return check(rule(Frequency.DAILY, Set.of(), OptionalInt.empty(), time), zone, dates, time);
  }

  private static int weekly(ZoneId zone, LocalDate date, LocalTime time) {
    int checked = 0;
    for (LocalDate day : List.of(date.minusDays(1), date, date.plusDays(1))) {
      var dates = List.of(day.minusWeeks(1), day, day.plusWeeks(1));
      var rule = rule(Frequency.WEEKLY, Set.of(day.getDayOfWeek()), OptionalInt.empty(), time);
      checked += check(rule, zone, dates, time);
    }
    return checked;
  }

  private static int monthly(ZoneId zone, LocalDate date, LocalTime time) {
    int checked = 0;
    for (LocalDate day : List.of(date.minusDays(1), date, date.plusDays(1))) {
      int wanted = day.getDayOfMonth();
      var dates =
          List.of(inMonth(day.minusMonths(1), wanted), day, inMonth(day.plusMonths(1), wanted));
      var rule = rule(Frequency.MONTHLY, Set.of(), OptionalInt.of(wanted), time);
      checked += check(rule, zone, dates, time);
    }
    return checked;
  }

  private static LocalDate inMonth(LocalDate month, int day) {
    return month.withDayOfMonth(Math.min(day, month.lengthOfMonth()));
  }

  private static RepeatRule rule(
      Frequency frequency, Set<DayOfWeek> days, OptionalInt day, LocalTime time) {
    return new RepeatRule(frequency, 1, days, day, time.getHour(), time.getMinute());
  }

  /** From just before the first date's time on, the rule comes on these dates and no others. */
  private static int check(RepeatRule rule, ZoneId zone, List<LocalDate> dates, LocalTime time) {
    Instant last = expected(dates.getFirst().atTime(time), zone).minusNanos(1);
    for (LocalDate date : dates) {
      Instant next = rule.next(last, zone, last).orElseThrow();
      if (!next.equals(expected(date.atTime(time), zone))) {
        throw new AssertionError(
            rule + " in " + zone + " came at " + next + " for the " + date.atTime(time));
      }
      last = next;
    }
    return dates.size();
  }

  /**
   * When clocks first show that time or later, found without asking for transitions: by the offsets
   * that are valid for it, and minute by minute for the first time that has one.
   */
  private static Instant expected(LocalDateTime time, ZoneId zone) {
    LocalDateTime valid = time.withSecond(0).withNano(0);
    while (isMissing(valid, zone)) {
      valid = valid.plusMinutes(1);
    }
    LocalDateTime first = valid;
    return zone.getRules().getValidOffsets(first).stream()
        .map(first::toInstant)
        .min(Instant::compareTo)
        .orElseThrow();
  }

  private static boolean isMissing(LocalDateTime time, ZoneId zone) {
    return zone.getRules().getValidOffsets(time).isEmpty();
  }
}
