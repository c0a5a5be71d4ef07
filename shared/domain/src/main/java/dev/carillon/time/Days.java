package dev.carillon.time;

import java.time.DayOfWeek;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The days of the week as files and APIs name them. */
public final class Days {
  private static final Set<DayOfWeek> WEEKEND = Set.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY);
  private static final Set<DayOfWeek> WEEKDAYS =
      Set.of(
          DayOfWeek.MONDAY,
          DayOfWeek.TUESDAY,
          DayOfWeek.WEDNESDAY,
          DayOfWeek.THURSDAY,
          DayOfWeek.FRIDAY);

  /** "mon", but also "tues" and "thurs". */
  private static final int SHORTEST = 3;

  private Days() {}

  /**
   * The day of that name: the whole name or its beginning, at least three letters, in any case:
   * {@code mon}, {@code tues}, {@code Thursday}. Empty when there is none.
   */
  public static Optional<DayOfWeek> named(String name) {
    String wanted = name.equalsIgnoreCase("weds") ? "WED" : name.toUpperCase(Locale.ROOT);
    return Arrays.stream(DayOfWeek.values())
        .filter(day -> wanted.length() >= SHORTEST && day.name().startsWith(wanted))
        .findFirst();
  }

  /** The days that a name stands for: one, {@code weekdays} or {@code weekends}; else none. */
  static Set<DayOfWeek> allNamed(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "weekdays", "weekday" -> WEEKDAYS;
      case "weekends", "weekend" -> WEEKEND;
      default -> named(name).map(Set::of).orElse(Set.of());
    };
  }

  /** {@code mon} to {@code sun}. */
  static String shortName(DayOfWeek day) {
    return day.name().substring(0, SHORTEST).toLowerCase(Locale.ROOT);
  }
}
