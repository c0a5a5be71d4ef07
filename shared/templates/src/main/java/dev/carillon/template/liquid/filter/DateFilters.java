package dev.carillon.template.liquid.filter;

import static dev.carillon.template.liquid.filter.TextFilters.text;

import dev.carillon.template.liquid.date.Strftime;
import dev.carillon.template.liquid.date.Timestamps;
import dev.carillon.template.liquid.value.Coerce;
import dev.carillon.template.liquid.value.Datum;
import dev.carillon.template.liquid.value.Datum.Bool;
import dev.carillon.template.liquid.value.Datum.Items;
import dev.carillon.template.liquid.value.Datum.Num;
import dev.carillon.template.liquid.value.Datum.Stamp;
import dev.carillon.template.liquid.value.Datum.Text;
import dev.carillon.time.Zones;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Filters that write dates. The zone is an argument, that of {@code timezone}, or the occasion's;
 * what is no date stays as it is.
 */
final class DateFilters {
  private static final String USUAL = "%A, %B %-e, %Y at %-l:%M %P %z";

  private static final Pattern DATE = Pattern.compile("\\d{4}-\\d\\d-\\d\\d");

  /** What other libraries write formats with. */
  private static final Pattern OTHERS = Pattern.compile("YY|yyyy|DD|MM|HH|hh:mm");

  /** The farthest that JavaScript's dates go either way: 100 million days. */
  private static final double FARTHEST = 8.64e15;

  static final Map<String, Filter> ALL =
      Map.of(
          "date", DateFilters::date,
          "timezone", DateFilters::timezone,
          "date_to_xmlschema", (in, _, s) -> written(in, "%Y-%m-%dT%H:%M:%S%:z", s),
          "date_to_rfc822", (in, _, s) -> written(in, "%a, %d %b %Y %H:%M:%S %z", s),
          "date_to_string", (in, a, s) -> worded(in, a, "%b", s),
          "date_to_long_string", (in, a, s) -> worded(in, a, "%B", s));

  private DateFilters() {}

  /** {@code format, zone}. */
  private static Datum date(Datum input, FilterArguments arguments, FilterScope scope) {
    if (moment(input, Optional.empty(), scope).isEmpty()) {
      return input;
    }
    String format = Coerce.isNothing(arguments.at(0)) ? USUAL : arguments.text(0, scope);
    return moment(input, zone(arguments.at(1), scope), scope)
        .map(at -> text(Strftime.write(at, format, scope.meter())))
        .orElse(input);
  }

  /** The same moment in another zone, which {@code date} then keeps. */
  private static Datum timezone(Datum input, FilterArguments arguments, FilterScope scope) {
    return moment(input, zone(arguments.at(0), scope), scope).<Datum>map(Stamp::new).orElse(input);
  }

  private static Datum written(Datum input, String format, FilterScope scope) {
    return moment(input, Optional.empty(), scope)
        .map(at -> text(Strftime.write(at, format, scope.meter())))
        .orElse(input);
  }

  /**
   * {@code 02 Jan 2026}; {@code "ordinal"} is 2nd Jan 2026, {@code "ordinal", "US"} Jan 2nd, 2026.
   */
  private static Datum worded(
      Datum input, FilterArguments arguments, String month, FilterScope scope) {
    if (!arguments.text(0, scope).equals("ordinal")) {
      return written(input, "%d " + month + " %Y", scope);
    }
    boolean american = arguments.text(1, scope).equals("US");
    return written(input, american ? month + " %-d%q, %Y" : "%-d%q " + month + " %Y", scope);
  }

  /** A zone by its name, or by its minutes west of Greenwich; empty when none is given. */
  private static Optional<ZoneId> zone(Datum datum, FilterScope scope) {
    if (Coerce.isNothing(datum)) {
      return Optional.empty();
    }
    if (datum instanceof Num(var west)) {
      return Optional.of(ZoneOffset.ofTotalSeconds((int) Math.clamp(-west * 60, -64_800, 64_800)));
    }
    String name = scope.text(datum);
    return name.isBlank() ? Optional.empty() : Optional.of(scope.occasion().names().zone(name));
  }

  /** Why a filter that is given these texts can never do what it says; empty when it may. */
  static Optional<String> problem(String filter, List<Optional<String>> literals) {
    int zone =
        switch (filter) {
          case "date" -> 1;
          case "timezone" -> 0;
          default -> Integer.MAX_VALUE;
        };
    Optional<String> format =
        filter.equals("date") && !literals.isEmpty()
            ? literals.getFirst().flatMap(DateFilters::formatProblem)
            : Optional.empty();
    return format.or(
        () ->
            zone < literals.size()
                ? literals
                    .get(zone)
                    .filter(name -> !name.isBlank() && Zones.named(name).isEmpty())
                    .map(name -> "'" + Zones.shortened(name) + "' is not a time zone")
                : Optional.empty());
  }

  /** It would stand in somebody's mail as it is written here. */
  private static Optional<String> formatProblem(String format) {
    if (format.indexOf('%') < 0 && OTHERS.matcher(format).find()) {
      return Optional.of("'date' takes a format as %Y-%m-%d");
    }
    return Strftime.unknown(format).map(it -> "'date' does not know " + it);
  }

  /** The moment that a value means; empty when it means none. */
  static Optional<ZonedDateTime> moment(Datum input, Optional<ZoneId> zone, FilterScope scope) {
    ZoneId at = zone.orElse(scope.occasion().names().usual());
    return switch (input) {
      case Stamp(var moment) -> Optional.of(zone.map(moment::withZoneSameInstant).orElse(moment));
      case Num(var seconds) -> ofMillis(seconds * 1000).map(it -> it.atZone(at));
      case Bool(var value) -> ofMillis(value ? 1 : 0).map(it -> it.atZone(at));
      case Items _ -> written(Coerce.word(input, scope.meter()), scope).map(it -> it.atZone(at));
      // A date without a time is that date everywhere.
      case Text(var text, _) when day(text).isPresent() ->
          day(text).map(day -> day.atStartOfDay(at));
      case Text(var text, _) -> ofText(scope.meter().paid(text), scope).map(it -> it.atZone(at));
      default -> Optional.empty();
    };
  }

  private static Optional<LocalDate> day(String text) {
    try {
      return DATE.matcher(text).matches() ? Optional.of(LocalDate.parse(text)) : Optional.empty();
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }

  private static Optional<Instant> ofText(String text, FilterScope scope) {
    if (text.equals("now") || text.equals("today")) {
      return Optional.of(scope.occasion().now());
    }
    if (!text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return ofMillis(Double.parseDouble(text) * 1000);
    }
    return written(text, scope);
  }

  private static Optional<Instant> written(String text, FilterScope scope) {
    return Timestamps.parse(text, scope.occasion().names().usual())
        .filter(at -> Math.abs(at.getEpochSecond() * 1000d) <= FARTHEST);
  }

  private static Optional<Instant> ofMillis(double millis) {
    return Math.abs(millis) <= FARTHEST
        ? Optional.of(Instant.ofEpochMilli((long) millis))
        : Optional.empty();
  }
}
