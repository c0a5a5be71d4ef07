package dev.carillon.workflow;

import java.time.Instant;
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
    return Arrays.stream(values())
        .filter(unit -> unit.name().toLowerCase(Locale.ROOT).equals(plural))
        .findFirst();
  }

  /** That many units after the instant; before it when {@code amount} is negative. */
  public Instant after(Instant start, long amount) {
    return start.atOffset(ZoneOffset.UTC).plus(amount, unit).toInstant();
  }
}
