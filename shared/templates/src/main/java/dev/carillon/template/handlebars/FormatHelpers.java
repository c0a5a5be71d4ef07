package dev.carillon.template.handlebars;

import dev.carillon.template.handlebars.Helpers.Arguments;
import dev.carillon.template.handlebars.Helpers.Function;
import dev.carillon.template.render.AskedNames;
import dev.carillon.template.render.LocaleDigits;
import dev.carillon.template.render.TemplateLimits;
import dev.carillon.template.render.TemplateValues;
import dev.carillon.template.render.UnknownCurrency;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.NumberFormat;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.Temporal;
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

  /**
   * ISO 8601 in its usual spellings: a blank for the T, no seconds, {@code +0530} or {@code +05}.
   */
  private static final DateTimeFormatter MOMENT =
      new DateTimeFormatterBuilder()
          .parseCaseInsensitive()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .appendPattern("['T'][ ]")
          .append(DateTimeFormatter.ISO_LOCAL_TIME)
          .appendPattern("[ ][XXXXX][XXXX][XXX][XX][X]['['VV']']")
          .toFormatter(Locale.ROOT);

  private FormatHelpers() {}

  /**
   * {@code {{date value "%d %B %Y" "Europe/Berlin"}}}, also with {@code format=}, {@code tz=} and
   * {@code locale=}; formats are those of {@code strftime}, of Java, or short, medium, long, full.
   * What is not a date is printed as it is.
   */
  private static Object date(Arguments arguments) {
    Optional<Temporal> moment = moment(arguments);
    if (moment.isEmpty()) {
      return arguments.at(0);
    }
    ZonedDateTime at = inZone(moment.get(), arguments.named("tz", 2), arguments.names());
    Locale locale = locale(arguments.named("locale", 3), Locale.ENGLISH);
    return DateFormat.write(at, arguments.named("format", 1), locale);
  }

  /**
   * {@code {{timezone value "Europe/Berlin"}}}: the same moment as an ISO timestamp of that zone.
   */
  private static Object timezone(Arguments arguments) {
    return moment(arguments)
        .<Object>map(
            at ->
                DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
                    inZone(at, arguments.named("tz", 1), arguments.names())))
        .orElse(arguments.at(0));
  }

  /**
   * In that zone, the usual one if there is none; a date without a time is that date everywhere.
   */
  private static ZonedDateTime inZone(Temporal at, String zone, AskedNames names) {
    Optional<ZoneId> asked =
        zone.isBlank() ? Optional.empty() : Optional.of(names.zone(zone.strip()));
    return switch (at) {
      case LocalDate date -> date.atStartOfDay(asked.orElse(ZoneOffset.UTC));
      case ZonedDateTime moment -> asked.map(moment::withZoneSameInstant).orElse(moment);
      default -> throw new IllegalStateException(at.getClass().getName());
    };
  }

  /** A {@link LocalDate} or a {@link ZonedDateTime}; empty for what is neither. */
  private static Optional<Temporal> moment(Arguments arguments) {
    try {
      if (arguments.at(0) instanceof Number) {
        return TemplateValues.decimal(arguments.at(0))
            .map(seconds -> Instant.ofEpochSecond(seconds.longValueExact()).atZone(ZoneOffset.UTC));
      }
      String text = arguments.text(0).strip();
      if (text.length() > 80) {
        return Optional.empty();
      }
      if (text.length() == 10) {
        return Optional.of(LocalDate.parse(text));
      }
      var parsed = MOMENT.parseBest(text, ZonedDateTime::from, LocalDateTime::from);
      return Optional.of(
          parsed instanceof ZonedDateTime zoned
              ? zoned
              : ((LocalDateTime) parsed).atZone(ZoneOffset.UTC));
    } catch (ArithmeticException | DateTimeException e) {
      return Optional.empty();
    }
  }

  /** {@code {{number value "de"}}}: with the digits grouped as that locale does. */
  private static Object number(Arguments arguments) {
    BigDecimal value = TemplateValues.decimal(arguments.at(0)).orElse(null);
    if (value == null || tooLong(value)) {
      return arguments.at(0);
    }
    Locale locale = locale(arguments.named("locale", 1), Locale.US);
    var format = NumberFormat.getNumberInstance(locale);
    format.setMaximumFractionDigits(20);
    format.setMinimumFractionDigits(Math.clamp(value.scale(), 0, 20));
    return LocaleDigits.grouped(format, value, locale);
  }

  /** {@code {{currency value "EUR" "de-DE"}}}: US dollars in English unless said otherwise. */
  private static Object currency(Arguments arguments) {
    BigDecimal value = TemplateValues.decimal(arguments.at(0)).orElse(null);
    if (value == null || tooLong(value)) {
      return arguments.at(0);
    }
    String code = arguments.named("code", 1);
    Locale locale = locale(arguments.named("locale", 2), Locale.US);
    var format = NumberFormat.getCurrencyInstance(locale);
    try {
      var unit = Currency.getInstance(code.isEmpty() ? "USD" : code.toUpperCase(Locale.ROOT));
      format.setCurrency(unit);
      format.setMinimumFractionDigits(unit.getDefaultFractionDigits());
      format.setMaximumFractionDigits(unit.getDefaultFractionDigits());
    } catch (IllegalArgumentException _) {
      var plain = UnknownCurrency.format(locale);
      plain.setRoundingMode(RoundingMode.HALF_UP);
      return UnknownCurrency.labelled(
          LocaleDigits.grouped(plain, value, locale), code, arguments.names());
    }
    format.setRoundingMode(RoundingMode.HALF_UP);
    return LocaleDigits.grouped(format, value, locale);
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
