package dev.carillon.template.liquid.date;

import dev.carillon.template.liquid.value.Meter;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.IsoFields;
import java.util.Locale;
import java.util.Optional;

/**
 * Dates by a format of {@code strftime}: {@code %[flags][width][E or O]letter}. Names are English.
 *
 * <p>Flags: {@code -} does not fill up, {@code _} fills with spaces, {@code 0} with zeros, {@code
 * ^} is upper case, {@code #} the other case, {@code :} puts a colon into the offset. A letter that
 * means nothing stays as it is written.
 */
public final class Strftime {
  private static final String FLAGS = "-_0^#:";

  /** Letters that are filled up with spaces. */
  private static final String SPACED = "aAbBceklpP";

  private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("M/d/uuuu");
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("h:mm:ss a", Locale.ENGLISH);

  private final ZonedDateTime at;
  private final Meter meter;
  private final StringBuilder out = new StringBuilder();

  private Strftime(ZonedDateTime at, Meter meter) {
    this.at = at;
    this.meter = meter;
  }

  public static String write(ZonedDateTime at, String format, Meter meter) {
    meter.chargeChars(format.length());
    var strftime = new Strftime(at, meter);
    for (int i = 0; i < format.length(); ) {
      i = strftime.next(format, i);
    }
    return strftime.out.toString();
  }

  /** The first of a format that means nothing, as it is written; empty when all of it does. */
  public static Optional<String> unknown(String format) {
    var epoch = new Strftime(Instant.EPOCH.atZone(ZoneOffset.UTC), new Meter());
    for (int i = format.indexOf('%'); i >= 0; i = format.indexOf('%', i)) {
      int after = epoch.next(format, i);
      if (after == i + 1 && !format.substring(after).matches("[-_0^#:\\dEO]*")) {
        return Optional.of(format.substring(i, Math.min(format.length(), i + 2)));
      }
      i = after;
    }
    return Optional.empty();
  }

  /** Writes what stands at {@code i}; the offset after it. */
  private int next(String format, int i) {
    if (format.charAt(i) != '%') {
      out.append(format.charAt(i));
      return i + 1;
    }
    int letter = i + 1;
    while (letter < format.length() && FLAGS.indexOf(format.charAt(letter)) >= 0) {
      letter++;
    }
    String flags = format.substring(i + 1, letter);
    int digits = letter;
    while (letter < format.length() && isDigit(format.charAt(letter))) {
      letter++;
    }
    double width = letter > digits ? Double.parseDouble(format.substring(digits, letter)) : 0;
    if (letter < format.length() && "EO".indexOf(format.charAt(letter)) >= 0) {
      letter++;
    }
    if (letter >= format.length()) {
      out.append('%');
      return i + 1;
    }
    char c = format.charAt(letter);
    String value = value(c, flags.indexOf(':') >= 0, width);
    if (value.isEmpty()) {
      out.append('%');
      return i + 1;
    }
    filled(value, c, flags, width);
    return letter + 1;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private void filled(String value, char letter, String flags, double width) {
    String text = value;
    if (flags.indexOf('^') >= 0) {
      text = value.toUpperCase(Locale.ROOT);
    } else if (flags.indexOf('#') >= 0) {
      boolean lower = value.chars().anyMatch(c -> c >= 'a' && c <= 'z');
      text = lower ? value.toUpperCase(Locale.ROOT) : value.toLowerCase(Locale.ROOT);
    }
    char fill = SPACED.indexOf(letter) >= 0 ? ' ' : '0';
    if (flags.indexOf('_') >= 0) {
      fill = ' ';
    } else if (flags.indexOf('0') >= 0) {
      fill = '0';
    }
    double wanted = flags.indexOf('-') >= 0 ? 0 : width > 0 ? width : usualWidth(letter);
    meter.chargeChars((long) wanted);
    meter.checkText(out.length());
    String sign = fill == '0' && text.startsWith("-") ? "-" : "";
    out.append(sign)
        .repeat(fill, Math.max(0, (int) wanted - text.length()))
        .append(text, sign.length(), text.length());
  }

  private static int usualWidth(char letter) {
    return switch (letter) {
      case 'C', 'd', 'e', 'H', 'I', 'k', 'l', 'm', 'M', 'S', 'U', 'V', 'W', 'y', 'g' -> 2;
      case 'j', 'L' -> 3;
      case 'Y', 'G' -> 4;
      default -> 0;
    };
  }

  /** Without filling; empty for a letter that means nothing. */
  private String value(char letter, boolean colon, double width) {
    return switch (letter) {
      case 'a' -> at.getDayOfWeek().getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
      case 'A' -> at.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
      case 'b', 'h' -> at.getMonth().getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
      case 'B' -> at.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
      case 'c' -> DATE.format(at) + ", " + TIME.format(at);
      case 'N' -> fraction(width);
      case 'p' -> at.getHour() < 12 ? "AM" : "PM";
      case 'P' -> at.getHour() < 12 ? "am" : "pm";
      case 'q' -> ordinal(at.getDayOfMonth());
      case 'x' -> DATE.format(at);
      case 'X' -> TIME.format(at);
      case 'z' -> offset(colon);
      case 'Z' -> at.getZone() instanceof ZoneOffset ? offset(colon) : at.getZone().getId();
      case 't' -> "\t";
      case 'n' -> "\n";
      case '%' -> "%";
      case 'D' -> write(at, "%m/%d/%y", meter);
      case 'F' -> write(at, "%Y-%m-%d", meter);
      case 'R' -> write(at, "%H:%M", meter);
      case 'T' -> write(at, "%H:%M:%S", meter);
      case 'r' -> write(at, "%I:%M:%S %p", meter);
      default -> number(letter);
    };
  }

  private String number(char letter) {
    long value =
        switch (letter) {
          case 'C' -> Math.floorDiv(at.getYear(), 100);
          case 'd', 'e' -> at.getDayOfMonth();
          case 'H', 'k' -> at.getHour();
          case 'I', 'l' -> at.get(ChronoField.CLOCK_HOUR_OF_AMPM);
          case 'j' -> at.getDayOfYear();
          case 'L' -> at.get(ChronoField.MILLI_OF_SECOND);
          case 'm' -> at.getMonthValue();
          case 'M' -> at.getMinute();
          case 's' -> at.toEpochSecond();
          case 'S' -> at.getSecond();
          case 'u' -> at.getDayOfWeek().getValue();
          case 'U' -> week(at.getDayOfWeek().getValue() % 7);
          case 'w' -> at.getDayOfWeek().getValue() % 7;
          case 'W' -> week(at.getDayOfWeek().getValue() - 1);
          case 'y' -> Math.floorMod(at.getYear(), 100);
          case 'Y' -> at.getYear();
          case 'G' -> at.get(IsoFields.WEEK_BASED_YEAR);
          case 'g' -> Math.floorMod(at.get(IsoFields.WEEK_BASED_YEAR), 100);
          case 'V' -> at.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
          default -> Long.MIN_VALUE;
        };
    return value == Long.MIN_VALUE ? "" : Long.toString(value);
  }

  /**
   * Days before the first full week are in week 0.
   *
   * @param daysSinceStart how many days before this one the week began
   */
  private int week(int daysSinceStart) {
    return (at.getDayOfYear() - 1 - daysSinceStart + 7) / 7;
  }

  private String fraction(double width) {
    double digits = width > 0 ? width : 9;
    meter.chargeChars((long) digits);
    String millis = "%03d".formatted(at.get(ChronoField.MILLI_OF_SECOND));
    int count = (int) digits;
    return count <= 3 ? millis.substring(0, count) : millis + "0".repeat(count - 3);
  }

  private static String ordinal(int day) {
    if (day >= 11 && day <= 13) {
      return "th";
    }
    return switch (day % 10) {
      case 1 -> "st";
      case 2 -> "nd";
      case 3 -> "rd";
      default -> "th";
    };
  }

  private String offset(boolean colon) {
    int minutes = at.getOffset().getTotalSeconds() / 60;
    return "%s%02d%s%02d"
        .formatted(
            minutes < 0 ? "-" : "+",
            Math.abs(minutes) / 60,
            colon ? ":" : "",
            Math.abs(minutes) % 60);
  }
}
