package dev.carillon.template.liquid.filter;

import static dev.carillon.template.liquid.filter.TextFilters.text;

import dev.carillon.template.liquid.value.Coerce;
import dev.carillon.template.liquid.value.Datum;
import dev.carillon.template.liquid.value.Datum.Big;
import dev.carillon.template.liquid.value.Datum.Mark;
import dev.carillon.template.liquid.value.JsNumber;
import dev.carillon.template.liquid.value.LiquidFault;
import dev.carillon.template.render.LocaleDigits;
import dev.carillon.template.render.UnknownCurrency;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.NumberFormat;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Currency;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Filters that write numbers and dates as a language does, by the CLDR data of the JDK. The locale
 * is an argument or the occasion's, never the machine's.
 */
final class LocaleFilters {
  /** Digits after the point of a number that is no money: CLDR's pattern has three. */
  private static final int FRACTION = 3;

  static final Map<String, Filter> ALL =
      Map.of(
          "format_number", LocaleFilters::number,
          "currency", (in, a, s) -> currency(in, a, s, false),
          "rounded_currency", (in, a, s) -> currency(in, a, s, true),
          "format_date_in_locale", LocaleFilters::date,
          "format_datetime_in_locale", LocaleFilters::dateTime);

  private LocaleFilters() {}

  private static Datum number(Datum input, FilterArguments arguments, FilterScope scope) {
    Optional<BigDecimal> value = decimal(input, scope);
    if (value.isEmpty()) {
      return input;
    }
    Locale locale = locale(arguments, 0, scope);
    var format = NumberFormat.getNumberInstance(locale);
    format.setMaximumFractionDigits(FRACTION);
    return written(format, value.get(), locale, scope);
  }

  private static Datum currency(
      Datum input, FilterArguments arguments, FilterScope scope, boolean rounded) {
    Optional<BigDecimal> value = decimal(input, scope);
    if (value.isEmpty()) {
      return input;
    }
    String code = arguments.text(0, scope);
    Locale locale = locale(arguments, 1, scope);
    var format = NumberFormat.getCurrencyInstance(locale);
    try {
      var unit = Currency.getInstance(code.isEmpty() ? "USD" : code.toUpperCase(Locale.ROOT));
      int digits = rounded ? 0 : Math.max(0, unit.getDefaultFractionDigits());
      format.setCurrency(unit);
      format.setMinimumFractionDigits(digits);
      format.setMaximumFractionDigits(digits);
    } catch (IllegalArgumentException _) {
      var plain = UnknownCurrency.format(locale);
      plain.setRoundingMode(RoundingMode.HALF_EVEN);
      return text(
          scope
              .meter()
              .paid(
                  UnknownCurrency.labelled(
                      LocaleDigits.grouped(plain, value.get(), locale),
                      code,
                      scope.occasion().names())));
    }
    return written(format, value.get(), locale, scope);
  }

  private static Datum written(
      NumberFormat format, BigDecimal value, Locale locale, FilterScope scope) {
    format.setRoundingMode(RoundingMode.HALF_EVEN);
    return text(scope.meter().paid(LocaleDigits.grouped(format, value, locale)));
  }

  /** Empty for what is no number; the value stays as it is then. */
  private static Optional<BigDecimal> decimal(Datum input, FilterScope scope) {
    if (input instanceof Big(var value)) {
      return Optional.of(value);
    }
    if (input instanceof Mark || scope.text(input).isBlank()) {
      return Optional.empty();
    }
    double value = Coerce.number(input, scope.meter());
    return Double.isFinite(value)
        ? Optional.of(new BigDecimal(JsNumber.write(value)))
        : Optional.empty();
  }

  /** {@code locale, style}: short unless said otherwise. */
  private static Datum date(Datum input, FilterArguments arguments, FilterScope scope) {
    return DateFilters.moment(input, Optional.empty(), scope)
        .map(
            at ->
                at(
                    DateTimeFormatter.ofLocalizedDate(style(arguments, 1, scope)),
                    at,
                    arguments,
                    scope))
        .orElse(input);
  }

  /** {@code locale, style of the date, style of the time}. */
  private static Datum dateTime(Datum input, FilterArguments arguments, FilterScope scope) {
    var format =
        DateTimeFormatter.ofLocalizedDateTime(
            style(arguments, 1, scope), style(arguments, 2, scope));
    return DateFilters.moment(input, Optional.empty(), scope)
        .map(at -> at(format, at, arguments, scope))
        .orElse(input);
  }

  private static Datum at(
      DateTimeFormatter format, ZonedDateTime at, FilterArguments arguments, FilterScope scope) {
    return text(format.withLocale(locale(arguments, 0, scope)).format(at));
  }

  private static FormatStyle style(FilterArguments arguments, int index, FilterScope scope) {
    return switch (arguments.text(index, "short", scope)) {
      case "short" -> FormatStyle.SHORT;
      case "medium" -> FormatStyle.MEDIUM;
      case "long" -> FormatStyle.LONG;
      case "full" -> FormatStyle.FULL;
      default -> throw new LiquidFault("a style of dates is short, medium, long or full");
    };
  }

  private static Locale locale(FilterArguments arguments, int index, FilterScope scope) {
    String tag = arguments.text(index, scope);
    return tag.isEmpty() ? scope.occasion().locale() : Occasion.locale(tag);
  }
}
