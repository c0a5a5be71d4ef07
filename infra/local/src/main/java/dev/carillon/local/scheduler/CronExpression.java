package dev.carillon.local.scheduler;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Six fields as EventBridge has them: minute, hour, day of month, month, day of week, year. Lists,
 * ranges, steps, names and {@code ?} are understood; {@code L}, {@code W} and {@code #} are not.
 */
record CronExpression(
    BitSet minutes, BitSet hours, BitSet days, BitSet months, BitSet weekdays, BitSet years) {
  private static final List<String> MONTHS =
      List.of(
          "", "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC");
  private static final List<String> WEEKDAYS =
      List.of("", "SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT");
  private static final int FIELDS = 6;
  private static final int LAST_YEAR = 2199;

  /** Empty when it is malformed. */
  static Optional<CronExpression> parse(String text) {
    var fields = text.strip().toUpperCase(Locale.ROOT).split("\\s+");
    // One of the two kinds of day is left open with a question mark.
    if (fields.length != FIELDS || fields[2].equals("?") == fields[4].equals("?")) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new CronExpression(
              field(fields[0], 0, 59, List.of()),
              field(fields[1], 0, 23, List.of()),
              field(fields[2], 1, 31, List.of()),
              field(fields[3], 1, 12, MONTHS),
              field(fields[4], 1, 7, WEEKDAYS),
              field(fields[5], 1970, LAST_YEAR, List.of())));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private static BitSet field(String text, int min, int max, List<String> names) {
    var bits = new BitSet();
    for (var part : text.split(",", -1)) {
      var slash = part.indexOf('/');
      var step = slash < 0 ? 1 : Integer.parseInt(part.substring(slash + 1));
      var range = slash < 0 ? part : part.substring(0, slash);
      var dash = range.indexOf('-');
      var all = range.equals("*") || range.equals("?");
      var from = all ? min : value(dash < 0 ? range : range.substring(0, dash), names);
      var to =
          all ? max : dash < 0 ? (slash < 0 ? from : max) : value(range.substring(dash + 1), names);
      if (from < min || to > max || from > to || step < 1) {
        throw new IllegalArgumentException(text);
      }
      for (var value = from; value <= to; value += step) {
        bits.set(value);
      }
    }
    return bits;
  }

  private static int value(String text, List<String> names) {
    var named = names.indexOf(text);
    return named > 0 ? named : Integer.parseInt(text);
  }

  /** The first match after {@code last}; what a clock change skips does not fire. */
  Optional<Instant> after(Instant last, ZoneId zone) {
    var start = last.atZone(zone).toLocalDate();
    var end = LocalDate.of(LAST_YEAR, 12, 31);
    for (var day = start; !day.isAfter(end); day = day.plusDays(1)) {
      if (!years.get(day.getYear()) || !months.get(day.getMonthValue())) {
        // To the last day of the month; the loop goes on to the first of the next.
        day = day.withDayOfMonth(day.lengthOfMonth());
      } else if (days.get(day.getDayOfMonth())
          && weekdays.get(day.getDayOfWeek().getValue() % 7 + 1)) {
        var found = within(day, last, zone);
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }

  private Optional<Instant> within(LocalDate day, Instant last, ZoneId zone) {
    for (var hour = hours.nextSetBit(0); hour >= 0; hour = hours.nextSetBit(hour + 1)) {
      for (var minute = minutes.nextSetBit(0);
          minute >= 0;
          minute = minutes.nextSetBit(minute + 1)) {
        var time = LocalTime.of(hour, minute);
        var at = ZonedDateTime.of(day, time, zone);
        if (at.toLocalTime().equals(time) && at.toInstant().isAfter(last)) {
          return Optional.of(at.toInstant());
        }
      }
    }
    return Optional.empty();
  }
}
