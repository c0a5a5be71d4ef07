package dev.carillon.template.liquid.date;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Texts as dates: ISO 8601, and the looser forms that V8 reads, such as {@code Jan 5, 2026 3:04
 * PM}, {@code 5 January 2026}, {@code 1/5/2026} and {@code Mon, 05 Jan 2026 15:04:05 +0200}.
 */
public final class Timestamps {
  /** No date is longer. */
  private static final int LONGEST = 100;

  private static final Pattern ISO =
      Pattern.compile(
          "(\\d{4}|[+-]\\d{6})(?:-(\\d\\d)(?:-(\\d\\d))?)?"
              + "(T(\\d\\d):(\\d\\d)(?::(\\d\\d)(?:\\.(\\d+))?)?(Z|[+-]\\d\\d:?\\d\\d)?)?",
          Pattern.CASE_INSENSITIVE);

  private Timestamps() {}

  /**
   * The moment that a text names; empty when it names none.
   *
   * @param zone of a time for which the text gives none
   */
  public static Optional<Instant> parse(String text, ZoneId zone) {
    if (text.length() > LONGEST) {
      return Optional.empty();
    }
    try {
      Matcher iso = ISO.matcher(text);
      return iso.matches() ? iso(iso, zone) : new LooseDate(text, zone).read();
    } catch (DateTimeException | ArithmeticException _) {
      return Optional.empty();
    }
  }

  private static Optional<Instant> iso(Matcher iso, ZoneId zone) {
    int month = number(iso.group(2), 1);
    int day = number(iso.group(3), 1);
    int hour = number(iso.group(5), 0);
    int minute = number(iso.group(6), 0);
    int second = number(iso.group(7), 0);
    boolean midnight = hour == 24 && minute == 0 && second == 0;
    if (month < 1 || month > 12 || day < 1 || day > 31 || hour > 23 && !midnight) {
      return Optional.empty();
    }
    if (minute > 59 || second > 59) {
      return Optional.empty();
    }
    String fraction = iso.group(8) == null ? "000" : (iso.group(8) + "000").substring(0, 3);
    LocalDateTime at =
        LocalDate.of(Integer.parseInt(iso.group(1)), month, 1)
            .plusDays(day - 1L)
            .atStartOfDay()
            .plusHours(hour)
            .plusMinutes(minute)
            .plusSeconds(second)
            .plusNanos(Integer.parseInt(fraction) * 1_000_000L);
    if (iso.group(4) == null) {
      return Optional.of(at.toInstant(ZoneOffset.UTC));
    }
    String offset = iso.group(9);
    return Optional.of(
        offset == null
            ? at.atZone(zone).toInstant()
            : at.toInstant(ZoneOffset.UTC).minusSeconds(seconds(offset)));
  }

  private static int number(String digits, int otherwise) {
    return digits == null ? otherwise : Integer.parseInt(digits);
  }

  private static long seconds(String offset) {
    if (offset.toUpperCase(Locale.ROOT).equals("Z")) {
      return 0;
    }
    String digits = offset.substring(1).replace(":", "");
    long minutes =
        Integer.parseInt(digits.substring(0, 2)) * 60L + Integer.parseInt(digits.substring(2));
    return (offset.charAt(0) == '-' ? -60 : 60) * minutes;
  }
}
