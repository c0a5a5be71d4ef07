package dev.carillon.template.liquid.date;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a date in one of the forms that people write, as V8 does: words before the first number
 * mean nothing unless they are a month, three numbers are month, day, year unless the first one is
 * no day, each that is missing is 1 (so that {@code May 5} is one of 2001), and what stands in
 * parentheses is passed over.
 */
final class LooseDate {
  private static final List<String> MONTHS =
      List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");

  /** Zones that have a name in such dates, by their hours from Greenwich. */
  private static final Map<String, Integer> ZONES =
      Map.ofEntries(
          Map.entry("z", 0),
          Map.entry("ut", 0),
          Map.entry("utc", 0),
          Map.entry("gmt", 0),
          Map.entry("est", -5),
          Map.entry("edt", -4),
          Map.entry("cst", -6),
          Map.entry("cdt", -5),
          Map.entry("mst", -7),
          Map.entry("mdt", -6),
          Map.entry("pst", -8),
          Map.entry("pdt", -7));

  /** What begins like this is year, month, day, whatever follows. */
  private static final Pattern ISO_START =
      Pattern.compile("([0-9]{4})-([0-9]{2})-([0-9]{2})(?![0-9])");

  private final String text;
  private final ZoneId zone;
  private int at;

  private final List<Integer> days = new ArrayList<>();
  private final List<Integer> times = new ArrayList<>();
  private int month;
  private int afternoon = -1;
  private boolean timeOver;
  private OptionalInt offset = OptionalInt.empty();
  private boolean numberRead;
  private int millis;

  LooseDate(String text, ZoneId zone) {
    this.text = text.toLowerCase(Locale.ROOT);
    this.zone = zone;
  }

  /** Empty when the text is no date. */
  Optional<Instant> read() {
    Matcher start = ISO_START.matcher(text);
    if (start.lookingAt()) {
      for (int i = 1; i <= 3; i++) {
        days.add(Integer.parseInt(start.group(i)));
      }
      numberRead = true;
      at = start.end();
    }
    while (at < text.length()) {
      char c = text.charAt(at);
      boolean read =
          isDigit(c) ? number() : isWord(c) ? word() : c == '(' ? parentheses() : sign(c);
      if (!read) {
        return Optional.empty();
      }
    }
    return moment();
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  /** To V8 all from {@code A} upwards is part of a word, brackets too. */
  private static boolean isWord(char c) {
    return c >= 'A';
  }

  private char peek() {
    return at < text.length() ? text.charAt(at) : ' ';
  }

  private String digits() {
    int begin = at;
    while (at < text.length() && isDigit(text.charAt(at))) {
      at++;
    }
    return text.substring(begin, at);
  }

  private boolean number() {
    String digits = digits();
    if (digits.length() > 9) {
      return false;
    }
    numberRead = true;
    int number = Integer.parseInt(digits);
    if (peek() == ':' && !timeOver) {
      at++;
      times.add(number);
      return times.size() <= 3;
    }
    if (!times.isEmpty() && !timeOver) {
      times.add(number);
      if (peek() == '.' && times.size() == 3) {
        at++;
        millis = Integer.parseInt((digits() + "000").substring(0, 3));
      }
      timeOver = true;
      char next = peek();
      return times.size() <= 3
          && (Character.isWhitespace(next) || next == 'z' || next == '+' || next == '-');
    }
    days.add(number);
    if (peek() == '-') {
      at++;
    }
    return days.size() <= 3;
  }

  private boolean word() {
    int begin = at;
    while (at < text.length() && isWord(text.charAt(at))) {
      at++;
    }
    String word = text.substring(begin, at);
    int named = word.length() < 3 ? -1 : MONTHS.indexOf(word.substring(0, 3));
    if (named >= 0) {
      month = named + 1;
      if (peek() == '-') {
        at++;
      }
      return true;
    }
    if ((word.equals("am") || word.equals("pm")) && !times.isEmpty()) {
      afternoon = word.equals("pm") ? 12 : 0;
      return true;
    }
    if (ZONES.containsKey(word) && numberRead) {
      offset = OptionalInt.of(ZONES.get(word) * 60);
      return true;
    }
    return !numberRead && !isDigit(peek());
  }

  private boolean parentheses() {
    int depth = 0;
    while (at < text.length()) {
      char c = text.charAt(at++);
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      if (depth == 0) {
        return true;
      }
    }
    return true;
  }

  private boolean sign(char c) {
    at++;
    boolean zoned = (c == '+' || c == '-') && (offset.isPresent() || !times.isEmpty());
    if (!zoned) {
      return !numberRead || c != '+' && c != '-' && c != ')';
    }
    String digits = digits();
    int minutes;
    if (peek() == ':' && !digits.isEmpty()) {
      at++;
      String more = digits();
      minutes =
          digits.length() > 2 || more.length() != 2 ? -1 : hours(digits) + Integer.parseInt(more);
    } else {
      minutes =
          switch (digits.length()) {
            case 1, 2 -> hours(digits);
            case 4 -> hours(digits.substring(0, 2)) + Integer.parseInt(digits.substring(2));
            default -> -1;
          };
    }
    offset = OptionalInt.of(c == '-' ? -minutes : minutes);
    return minutes >= 0;
  }

  private static int hours(String digits) {
    return Integer.parseInt(digits) * 60;
  }

  private Optional<Instant> moment() {
    if (days.isEmpty()) {
      return Optional.empty();
    }
    while (days.size() < 3) {
      days.add(1);
    }
    boolean yearFirst = days.getFirst() < 1 || days.getFirst() > 31;
    int year;
    int day;
    if (month > 0) {
      year = days.get(yearFirst ? 0 : 1);
      day = days.get(yearFirst ? 1 : 0);
    } else {
      year = days.get(yearFirst ? 0 : 2);
      month = days.get(yearFirst ? 1 : 0);
      day = days.get(yearFirst ? 2 : 1);
    }
    if (year < 50) {
      year += 2000;
    } else if (year < 100) {
      year += 1900;
    }
    int hour = time(0);
    if (afternoon >= 0) {
      if (hour < 1 || hour > 12) {
        return Optional.empty();
      }
      hour = hour % 12 + afternoon;
    }
    if (month < 1
        || month > 12
        || day < 1
        || day > 31
        || hour > 23
        || time(1) > 59
        || time(2) > 59) {
      return Optional.empty();
    }
    LocalDateTime local =
        LocalDate.of(year, month, 1)
            .plusDays(day - 1L)
            .atTime(hour, time(1), time(2), millis * 1_000_000);
    return Optional.of(
        offset.isEmpty()
            ? local.atZone(zone).toInstant()
            : local.toInstant(ZoneOffset.UTC).minusSeconds(offset.getAsInt() * 60L));
  }

  private int time(int index) {
    return index < times.size() ? times.get(index) : 0;
  }
}
