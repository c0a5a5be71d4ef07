package dev.carillon.template.handlebars;

import dev.carillon.template.render.RenderRefusal;
import java.time.DateTimeException;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.IsoFields;
import java.util.Locale;
import java.util.Optional;

/**
 * How a date is written: by a style (short, medium, long, full), by the directives of {@code
 * strftime} with the flags {@code - _ 0 ^}, or by the letters of Java.
 */
final class DateFormat {
  private static final int LONGEST = 100;
  private static final ZonedDateTime SAMPLE =
      ZonedDateTime.of(2026, 1, 5, 9, 8, 7, 0, ZoneOffset.UTC);

  private DateFormat() {}

  /** Why no date can be written like this; empty when it can. */
  static Optional<String> problem(String format) {
    try {
      write(SAMPLE, format, Locale.ENGLISH);
      return Optional.empty();
    } catch (RenderRefusal e) {
      return Optional.of(e.getMessage());
    }
  }

  /**
   * The date in that format.
   *
   * @throws RenderRefusal when the format is none
   */
  static String write(ZonedDateTime at, String format, Locale locale) {
    if (format.length() > LONGEST) {
      throw new RenderRefusal("a date format is longer than " + LONGEST + " characters");
    }
    return switch (format) {
      case "", "medium" -> style(at, FormatStyle.MEDIUM, locale);
      case "short" -> style(at, FormatStyle.SHORT, locale);
      case "long" -> style(at, FormatStyle.LONG, locale);
      case "full" -> style(at, FormatStyle.FULL, locale);
      default ->
          format.indexOf('%') < 0 ? letters(at, format, locale) : directives(at, format, locale);
    };
  }

  private static String style(ZonedDateTime at, FormatStyle style, Locale locale) {
    return DateTimeFormatter.ofLocalizedDate(style).withLocale(locale).format(at);
  }

  /** In Java's letters. What people mean by YYYY and DD there is {@code yyyy} and {@code dd}. */
  private static String letters(ZonedDateTime at, String format, Locale locale) {
    String bare = format.replaceAll("'[^']*'", "");
    if (bare.indexOf('Y') >= 0 || bare.indexOf('D') >= 0) {
      throw new RenderRefusal(
          "'date' reads Y as the year of a week and D as the day of a year; write yyyy-MM-dd or"
              + " %Y-%m-%d");
    }
    try {
      return pattern(at, format, locale);
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new RenderRefusal("'date' cannot use this format");
    }
  }

  private static String pattern(ZonedDateTime at, String letters, Locale locale) {
    return DateTimeFormatter.ofPattern(letters, locale).format(at);
  }

  private static String directives(ZonedDateTime at, String format, Locale locale) {
    var out = new StringBuilder();
    for (int i = 0; i < format.length(); i++) {
      char c = format.charAt(i);
      if (c != '%' || i + 1 == format.length()) {
        out.append(c);
        continue;
      }
      int start = i + 1;
      while (start < format.length() - 1 && "-_0^:".indexOf(format.charAt(start)) >= 0) {
        start++;
      }
      String flags = format.substring(i + 1, start);
      out.append(flagged(directive(at, format.charAt(start), flags, locale), flags, locale));
      i = start;
    }
    return out.toString();
  }

  /** A number with how it is padded when nothing is said, or a text. */
  private record Written(String text, int width, char pad) {
    static Written text(String text) {
      return new Written(text, 0, ' ');
    }

    static Written number(long number, int width) {
      return new Written(Long.toString(number), width, '0');
    }

    static Written blank(long number, int width) {
      return new Written(Long.toString(number), width, ' ');
    }
  }

  private static String flagged(Written written, String flags, Locale locale) {
    char pad = flags.contains("_") ? ' ' : flags.contains("0") ? '0' : written.pad();
    int width = flags.contains("-") ? 0 : written.width();
    String text = written.text();
    String padded = String.valueOf(pad).repeat(Math.max(0, width - text.length())) + text;
    return flags.contains("^") ? padded.toUpperCase(locale) : padded;
  }

  private static Written directive(ZonedDateTime at, char directive, String flags, Locale locale) {
    return switch (directive) {
      case 'Y' -> Written.number(at.getYear(), 4);
      case 'C' -> Written.number(Math.floorDiv(at.getYear(), 100), 2);
      case 'y' -> Written.number(Math.floorMod(at.getYear(), 100), 2);
      case 'm' -> Written.number(at.getMonthValue(), 2);
      case 'B' -> Written.text(pattern(at, "MMMM", locale));
      case 'b', 'h' -> Written.text(pattern(at, "MMM", locale));
      case 'd' -> Written.number(at.getDayOfMonth(), 2);
      case 'e' -> Written.blank(at.getDayOfMonth(), 2);
      case 'j' -> Written.number(at.getDayOfYear(), 3);
      case 'A' -> Written.text(pattern(at, "EEEE", locale));
      case 'a' -> Written.text(pattern(at, "EEE", locale));
      case 'u' -> Written.number(at.getDayOfWeek().getValue(), 1);
      case 'w' -> Written.number(at.getDayOfWeek().getValue() % 7, 1);
      case 'G' -> Written.number(at.get(IsoFields.WEEK_BASED_YEAR), 4);
      case 'V' -> Written.number(at.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR), 2);
      case 'H' -> Written.number(at.getHour(), 2);
      case 'k' -> Written.blank(at.getHour(), 2);
      case 'I' -> Written.number(at.get(ChronoField.CLOCK_HOUR_OF_AMPM), 2);
      case 'l' -> Written.blank(at.get(ChronoField.CLOCK_HOUR_OF_AMPM), 2);
      case 'M' -> Written.number(at.getMinute(), 2);
      case 'S' -> Written.number(at.getSecond(), 2);
      case 'L' -> Written.number(at.get(ChronoField.MILLI_OF_SECOND), 3);
      case 'N' -> Written.number(at.getNano(), 9);
      case 'p' -> Written.text(pattern(at, "a", locale));
      case 'P' -> Written.text(pattern(at, "a", locale).toLowerCase(locale));
      case 's' -> Written.number(at.toEpochSecond(), 1);
      case 'Z' -> Written.text(zone(at, locale));
      case 'z' -> Written.text(pattern(at, flags.contains(":") ? "xxx" : "xx", locale));
      case 'F' -> Written.text(pattern(at, "uuuu-MM-dd", locale));
      case 'D', 'x' -> Written.text(pattern(at, "MM/dd/uu", locale));
      case 'T', 'X' -> Written.text(pattern(at, "HH:mm:ss", locale));
      case 'R' -> Written.text(pattern(at, "HH:mm", locale));
      case 'r' -> Written.text(pattern(at, "hh:mm:ss a", locale));
      case 'c' -> Written.text(directives(at, "%a %b %e %T %Y", locale));
      case 'n' -> Written.text("\n");
      case 't' -> Written.text("\t");
      case '%' -> Written.text("%");
      default -> throw new RenderRefusal("'date' does not know %" + directive);
    };
  }

  /** The zone's abbreviation; an offset, which has none, as it is. */
  private static String zone(ZonedDateTime at, Locale locale) {
    if (at.getZone().equals(ZoneOffset.UTC)) {
      return "UTC";
    }
    return at.getZone() instanceof ZoneOffset offset ? offset.getId() : pattern(at, "zzz", locale);
  }
}
