package dev.carillon.condition;

import dev.carillon.json.Json;
import dev.carillon.time.IsoTimestamp;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Moments as arguments name them: ISO timestamps, and ones relative to now. */
final class Moment {
  /** {@code 30_days_ago}, {@code 2_hours_from_now}. Exact periods, not calendar ones. */
  private static final Pattern RELATIVE =
      Pattern.compile("([0-9]{1,6})[_ ](minute|hour|day|week)s?[_ ](ago|from[_ ]now)");

  private Moment() {}

  /** The instant of a value; empty when it is no timestamp. */
  static Optional<Instant> timestamp(Json value) {
    return value instanceof Json.Str(var text) ? IsoTimestamp.parse(text) : Optional.empty();
  }

  /** The instant that an argument names; empty when it names none. */
  static Optional<Instant> of(Json argument, Instant now) {
    return relative(argument, now).or(() -> timestamp(argument));
  }

  static boolean names(Json argument) {
    return of(argument, Instant.EPOCH).isPresent();
  }

  /** The instant that an argument names relative to now; empty for anything else. */
  static Optional<Instant> relative(Json argument, Instant now) {
    if (!(argument instanceof Json.Str(var text))
        || text.isEmpty()
        || !Character.isDigit(text.charAt(0))) {
      return Optional.empty();
    }
    Matcher relative = RELATIVE.matcher(text);
    if (!relative.matches()) {
      return Optional.empty();
    }
    long seconds =
        Long.parseLong(relative.group(1))
            * switch (relative.group(2)) {
              case "minute" -> 60;
              case "hour" -> 3_600;
              case "day" -> 86_400;
              default -> 604_800;
            };
    return Optional.of(now.plusSeconds(relative.group(3).equals("ago") ? -seconds : seconds));
  }
}
