package dev.carillon.window;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

/** How long a window may be, by what it is for. */
public enum Limit {
  /** Knock's limit is 365 days. */
  DELAY("A delay", 365, new Period(12, TimeUnit.MONTHS)),
  /** Knock names no limit; ours is that of the delay. */
  BATCH("A batch window", 365, new Period(12, TimeUnit.MONTHS)),
  /** Knock's limit. */
  THROTTLE("A throttle window", 31, new Period(31, TimeUnit.DAYS)),
  /** Knock's limit on the time that a step waits for an event. */
  EVENT("A wait for an event", 30, new Period(30, TimeUnit.DAYS));

  private final String label;
  private final int days;
  private final Period longest;

  /**
   * @param days what a fixed period may come to, months counted from a January
   * @param longest the same for a run, which may meet a leap year
   */
  Limit(String label, int days, Period longest) {
    this.label = label;
    this.days = days;
    this.longest = longest;
  }

  /** What is told of a fixed period that {@link #allows} refuses. */
  String sentence() {
    return label + " lasts from " + (mayBeEmpty() ? "0" : "1 second") + " to " + days + " days.";
  }

  /** No delay is the shortest delay; in a window of no time nothing can come in. */
  private boolean mayBeEmpty() {
    return this == DELAY;
  }

  Period longest() {
    return longest;
  }

  /** Whether a window may always be of that length. */
  boolean allows(Period period) {
    Instant start = Instant.EPOCH;
    Instant end = start.plus(Duration.ofDays(days));
    return period.value() >= (mayBeEmpty() ? 0 : 1)
        && period.after(start).filter(close -> !close.isAfter(end)).isPresent();
  }

  /**
   * The last instant at which a window that opens at {@code start} may close: so many days or
   * months later by the clocks of the zone or by those of UTC, whichever is later. By one alone, a
   * month that the clocks make an hour longer or shorter would be too long.
   */
  Instant latest(Instant start, ZoneId zone) {
    Instant exact = longest.unit().after(start, longest.value());
    Instant local = longest.unit().after(start, longest.value(), zone);
    return local.isAfter(exact) ? local : exact;
  }

  /** Whether an offset counts from timestamps only, and not from what a period or a rule says. */
  boolean countsFromTimestampsOnly() {
    return this == DELAY;
  }
}
