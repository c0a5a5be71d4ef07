package dev.carillon.time;

import dev.carillon.json.Json;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Something that comes again and again by the clocks of a zone: "every other Monday at 9". Window
 * rules and the {@code repeats} of schedules are both of this kind.
 *
 * @param interval every how many hours, days, weeks or months, from 1
 * @param days on which days of the week only; empty: on any, but a weekly rule then keeps to the
 *     day of its anchor
 * @param dayOfMonth on which day of the month only, 1 to 31, the last one where a month is shorter;
 *     empty: on any, but a monthly rule without {@code days} then keeps to the day of its anchor
 * @param hours the hour of the day, 0 to 23; without meaning for an hourly rule
 * @param minutes the minute of the hour, 0 to 59
 */
public record RepeatRule(
    Frequency frequency,
    int interval,
    Set<DayOfWeek> days,
    OptionalInt dayOfMonth,
    int hours,
    int minutes) {

  /** How long the stretches are that a rule's interval counts. */
  public enum Frequency {
    HOURLY(ChronoUnit.HOURS),
    DAILY(ChronoUnit.DAYS),
    WEEKLY(ChronoUnit.WEEKS),
    MONTHLY(ChronoUnit.MONTHS);

    private final ChronoUnit unit;

    Frequency(ChronoUnit unit) {
      this.unit = unit;
    }

    String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What it is read from. */
  public static final Set<String> FIELDS =
      Set.of("frequency", "interval", "days", "day_of_month", "hours", "minutes");

  public RepeatRule {
    var ordered = EnumSet.noneOf(DayOfWeek.class);
    ordered.addAll(days);
    days = Collections.unmodifiableSet(ordered);
    if (interval < 1
        || hours < 0
        || hours > 23
        || minutes < 0
        || minutes > 59
        || dayOfMonth.orElse(1) < 1
        || dayOfMonth.orElse(1) > 31) {
      throw new IllegalArgumentException("No rule: " + interval + " " + dayOfMonth + " " + hours);
    }
  }

  /** What became of reading a rule. */
  public sealed interface Read {
    record Ok(RepeatRule rule) implements Read {}

    /** At least one problem; all that were found. */
    record Refused(List<FieldProblem> problems) implements Read {
      public Refused {
        problems = List.copyOf(problems);
      }
    }
  }

  /**
   * Reads {@code {"frequency": …, "interval"?, "days"?, "day_of_month"?, "hours"?, "minutes"?}}, as
   * files, schedules and recipients' properties have it. Days are a list, one name, {@code
   * "weekdays"} or {@code "weekends"}; null is as if left out; other fields are not looked at.
   */
  public static Read of(Json json) {
    return RepeatRuleReader.read(json);
  }

  /** The rule in the form it is read from, its defaults filled in. */
  public Json.Obj json() {
    return Json.object()
        .with("frequency", frequency.wireName())
        .with("interval", Json.of(interval))
        .with("days", days.isEmpty() ? Json.NULL : Json.texts(shortNames()))
        .with("day_of_month", dayOfMonth.isPresent() ? Json.of(dayOfMonth.getAsInt()) : Json.NULL)
        .with("hours", Json.of(hours))
        .with("minutes", Json.of(minutes));
  }

  private List<String> shortNames() {
    return days.stream().map(Days::shortName).toList();
  }

  /**
   * When it comes next, strictly after {@code after}. Bounded work, whatever the rule: microseconds
   * as a rule, a millisecond or two for what never comes.
   *
   * @param anchor where an interval of more than one counts from: the hour, day, week (from Monday)
   *     or month that this instant lies in is one in which the rule comes. It is no bound: what
   *     lies before it counts backwards.
   * @return empty when it never comes, as in "every seventh day, if it is the day after": not
   *     within 400 years, nor in the 5,000 next of its days, weeks or months
   */
  public Optional<Instant> next(Instant after, ZoneId zone, Instant anchor) {
    return RuleOccurrences.next(this, after, zone, anchor);
  }

  /** When the first of the rules comes next; empty when none of them does. */
  public static Optional<Instant> next(
      Collection<RepeatRule> rules, Instant after, ZoneId zone, Instant anchor) {
    return rules.stream()
        .flatMap(rule -> rule.next(after, zone, anchor).stream())
        .min(Instant::compareTo);
  }

  /**
   * When a window that opens at {@code opened} closes: the first time that the rule comes in a row,
   * once all but one of the interval's hours, days, weeks or months have passed. "Every Friday"
   * closes on the next Friday, "every second Friday" on the one after it.
   */
  public Optional<Instant> closing(Instant opened, ZoneId zone) {
    var inRow = new RepeatRule(frequency, 1, days, dayOfMonth, hours, minutes);
    if (!RuleOccurrences.inReach(opened)) {
      return Optional.empty();
    }
    Instant from = opened.atZone(zone).plus(interval - 1L, frequency.unit).toInstant();
    return inRow.next(from, zone, opened);
  }
}
