package dev.carillon.window;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The units a period may have. Months are calendar months of UTC, the rest exact. */
public enum TimeUnit {
  SECONDS(ChronoUnit.SECONDS),
  MINUTES(ChronoUnit.MINUTES),
  HOURS(ChronoUnit.HOURS),
  DAYS(ChronoUnit.DAYS),
  WEEKS(ChronoUnit.WEEKS),
  MONTHS(ChronoUnit.MONTHS);

  private final ChronoUnit unit;

  TimeUnit(ChronoUnit unit) {
    this.unit = unit;
  }

  /** The unit of that name, in plural or singular; empty when there is none. */
  public static Optional<TimeUnit> named(String name) {
    String plural = name.endsWith("s") ? name : name + "s";
    return Arrays.stream(values()).filter(unit -> unit.wireName().equals(plural)).findFirst();
  }

  /** {@code seconds}, {@code minutes}, … */
  String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** That many units after the instant; before it when {@code amount} is negative. */
  public Instant after(Instant start, long amount) {
    return after(start, amount, ZoneOffset.UTC);
  }

  /** The same by the clocks of a zone, by which a day may have 23 or 25 hours. */
  Instant after(Instant start, long amount, ZoneId zone) {
    return start.atZone(zone).plus(amount, unit).toInstant();
  }
}
