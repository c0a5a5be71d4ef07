package dev.carillon.template.handlebars;

import dev.carillon.template.engine.RenderRefusal;
import dev.carillon.template.engine.TemplateLimits;
import dev.carillon.template.engine.TemplateValues;
import dev.carillon.template.handlebars.Helpers.Arguments;
import dev.carillon.template.handlebars.Helpers.Function;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.NumberFormat;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.FormatStyle;
import java.util.Currency;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Helpers that write dates and numbers. The zone is an argument, or the offset that the timestamp
 * itself gives; the machine's own never counts.
 */
final class FormatHelpers {
  static final Map<String, Function> ALL =
      Map.of(
          "date", FormatHelpers::date,
          "timezone", FormatHelpers::timezone,
          "number", FormatHelpers::number,
          "currency", FormatHelpers::currency,
          "add", a -> TemplateValues.number(operand(a, 0).add(operand(a, 1))),
          "subtract", a -> TemplateValues.number(operand(a, 0).subtract(operand(a, 1))));

  /** What {@code %} directives of a date format stand for. */
  private static final Map<Character, String> DIRECTIVES =
      Map.ofEntries(
          Map.entry('Y', "uuuu"),
          Map.entry('y', "uu"),
          Map.entry('m', "MM"),
          Map.entry('B', "MMMM"),
          Map.entry('b', "MMM"),
          Map.entry('h', "MMM"),
          Map.entry('d', "dd"),
          Map.entry('e', "d"),
          Map.entry('j', "DDD"),
          Map.entry('A', "EEEE"),
          Map.entry('a', "EEE"),
          Map.entry('u', "e"),
          Map.entry('H', "HH"),
          Map.entry('k', "H"),
          Map.entry('I', "hh"),
          Map.entry('l', "h"),
          Map.entry('M', "mm"),
          Map.entry('S', "ss"),
          Map.entry('L', "SSS"),
          Map.entry('p', "a"),
          Map.entry('P', "a"),
          Map.entry('Z', "zzz"),
          Map.entry('z', "xx"),
          Map.entry('F', "uuuu-MM-dd"),
          Map.entry('D', "MM/dd/uu"),
          Map.entry('T', "HH:mm:ss"),
          Map.entry('R', "HH:mm"));

  private FormatHelpers() {}

  /**
   * {@code {{date value "%d %B %Y" "Europe/Berlin"}}}, also with {@code format=}, {@code tz=} and
   * {@code locale=}; formats are those of {@code strftime}, of Java, or short, medium, long, full.
   * What is not a date is printed as it is.
   */
  private static Object date(Arguments arguments) {
    Optional<ZonedDateTime> moment = moment(arguments);
    if (moment.isEmpty()) {
      return arguments.at(0);
    }
    ZonedDateTime at = inZone(moment.get(), arguments.named("tz", 2));
    String format = arguments.named("format", 1);
    try {
      return formatter(format, locale(arguments.named("locale", 3), Locale.ENGLISH)).format(at);
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new RenderRefusal("'date' cannot use this format");
    }
  }

  /**
   * {@code {{timezone value "Europe/Berlin"}}}: the same moment as an ISO timestamp of that zone.
   */
  private static Object timezone(Arguments arguments) {
    return moment(arguments)
        .<Object>map(
            at ->
                DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(inZone(at, arguments.named("tz", 1))))
        .orElse(arguments.at(0));
  }

  private static ZonedDateTime inZone(ZonedDateTime at, String zone) {
    if (zone.isEmpty()) {
      return at;
    }
    try {
      return at.withZoneSameInstant(ZoneId.of(zone));
    } catch (DateTimeException e) {
      throw new RenderRefusal("a time zone is not known");
    }
  }

  private static Optional<ZonedDateTime> moment(Arguments arguments) {
    if (arguments.at(0) instanceof Number) {
      try {
        return TemplateValues.decimal(arguments.at(0))
            .map(seconds -> Instant.ofEpochSecond(seconds.longValueExact()).atZone(ZoneOffset.UTC));
      } catch (ArithmeticException | DateTimeException e) {
        return Optional.empty();
      }
    }
    String text = arguments.text(0).strip();
    try {
      if (text.length() == 10) {
        return Optional.of(LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC));
      }
      var parsed =
          DateTimeFormatter.ISO_DATE_TIME.parseBest(
              text.replace(' ', 'T'), OffsetDateTime::from, LocalDateTime::from);
      return Optional.of(
          parsed instanceof OffsetDateTime offset
              ? offset.toZonedDateTime()
              : ((LocalDateTime) parsed).atZone(ZoneOffset.UTC));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private static DateTimeFormatter formatter(String format, Locale locale) {
    return switch (format) {
      case "", "medium" -> style(FormatStyle.MEDIUM, locale);
      case "short" -> style(FormatStyle.SHORT, locale);
      case "long" -> style(FormatStyle.LONG, locale);
      case "full" -> style(FormatStyle.FULL, locale);
      default -> DateTimeFormatter.ofPattern(pattern(format), locale);
    };
  }

  private static DateTimeFormatter style(FormatStyle style, Locale locale) {
    return DateTimeFormatter.ofLocalizedDate(style).withLocale(locale);
  }

  private static String pattern(String format) {
    if (format.length() > 100) {
      throw new RenderRefusal("a date format is longer than 100 characters");
    }
    if (format.indexOf('%') < 0) {
      return format;
    }
    var pattern = new StringBuilder();
    for (int i = 0; i < format.length(); i++) {
      char c = format.charAt(i);
      if (c != '%' || i + 1 == format.length()) {
        literal(c, pattern);
        continue;
      }
      c = format.charAt(++i);
      boolean unpadded = c == '-' && i + 1 < format.length();
      if (unpadded) {
        c = format.charAt(++i);
      }
      String letters = DIRECTIVES.get(c);
      if (c == '%') {
        literal('%', pattern);
      } else if (letters == null) {
        throw new RenderRefusal("'date' does not know %" + c);
      } else {
        pattern.append(unpadded && letters.length() == 2 ? letters.substring(1) : letters);
      }
    }
    return pattern.toString();
  }

  /** Characters that are not letters stand for themselves, except for a few. */
  private static void literal(char c, StringBuilder pattern) {
    boolean plain = !Character.isLetter(c) && "'[]{}#".indexOf(c) < 0;
    if (plain) {
      pattern.append(c);
    } else if (c == '\'') {
      pattern.append("''");
    } else if (pattern.length() > 1 && pattern.charAt(pattern.length() - 1) == '\'') {
      pattern.insert(pattern.length() - 1, c);
    } else {
      pattern.append('\'').append(c).append('\'');
    }
  }

  /** {@code {{number value "de"}}}: with the digits grouped as that locale does. */
  private static Object number(Arguments arguments) {
    BigDecimal value = TemplateValues.decimal(arguments.at(0)).orElse(null);
    if (value == null || tooLong(value)) {
      return arguments.at(0);
    }
    var format = NumberFormat.getNumberInstance(locale(arguments.named("locale", 1), Locale.US));
    format.setMaximumFractionDigits(20);
    format.setMinimumFractionDigits(Math.clamp(value.scale(), 0, 20));
    return format.format(value);
  }

  /** {@code {{currency value "EUR" "de-DE"}}}: US dollars in English unless said otherwise. */
  private static Object currency(Arguments arguments) {
    BigDecimal value = TemplateValues.decimal(arguments.at(0)).orElse(null);
    if (value == null || tooLong(value)) {
      return arguments.at(0);
    }
    String code = arguments.named("code", 1);
    var format = NumberFormat.getCurrencyInstance(locale(arguments.named("locale", 2), Locale.US));
    try {
      var unit = Currency.getInstance(code.isEmpty() ? "USD" : code.toUpperCase(Locale.ROOT));
      format.setCurrency(unit);
      format.setMinimumFractionDigits(unit.getDefaultFractionDigits());
      format.setMaximumFractionDigits(unit.getDefaultFractionDigits());
    } catch (IllegalArgumentException e) {
      throw new RenderRefusal("a currency is not known");
    }
    format.setRoundingMode(RoundingMode.HALF_UP);
    return format.format(value);
  }

  private static BigDecimal operand(Arguments arguments, int index) {
    return TemplateValues.decimal(arguments.at(index))
        .filter(value -> !tooLong(value))
        .orElse(BigDecimal.ZERO);
  }

  private static boolean tooLong(BigDecimal value) {
    return Math.abs((long) value.scale()) + value.precision() > TemplateLimits.NUMBER_DIGITS;
  }

  private static Locale locale(String tag, Locale otherwise) {
    return tag.isEmpty() ? otherwise : Locale.forLanguageTag(tag.replace('_', '-'));
  }
}
