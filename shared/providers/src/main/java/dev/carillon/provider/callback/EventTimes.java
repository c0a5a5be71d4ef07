package dev.carillon.provider.callback;

import dev.carillon.json.Json;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/** Times as providers write them; empty for what is none. */
public final class EventTimes {
  /** 0001 to 9999: more no store of ours takes. */
  private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");

  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");
  private static final BigDecimal LARGEST = BigDecimal.valueOf(LAST.getEpochSecond());

  private EventTimes() {}

  /** Seconds since 1970, as a number or a text, with or without a fraction. */
  public static Optional<Instant> seconds(Optional<Json> value) {
    return value.flatMap(
        json ->
            switch (json) {
              case Json.Num(var number) -> seconds(number);
              case Json.Str(var text) -> seconds(text);
              case Json.Obj _, Json.Arr _, Json.Bool _, Json.Null _ -> Optional.empty();
            });
  }

  /** Seconds since 1970, with or without a fraction. */
  public static Optional<Instant> seconds(String text) {
    try {
      return text.length() > 40 ? Optional.empty() : seconds(new BigDecimal(text.strip()));
    } catch (NumberFormatException _) {
      return Optional.empty();
    }
  }

  /** ISO 8601 with an offset, a space taken for the T: {@code 2026-01-05T09:00:00.1+01:00}. */
  public static Optional<Instant> iso(Optional<String> text) {
    return text.flatMap(
        given -> {
          try {
            String usual = given.strip().replaceFirst(" ", "T");
            return Optional.of(OffsetDateTime.parse(usual).toInstant())
                .filter(EventTimes::storable);
          } catch (DateTimeException _) {
            return Optional.empty();
          }
        });
  }

  private static Optional<Instant> seconds(BigDecimal number) {
    if (number.abs().compareTo(LARGEST) > 0) {
      return Optional.empty();
    }
    long nanos =
        number
            .movePointRight(9)
            .setScale(0, RoundingMode.FLOOR)
            .remainder(BigDecimal.valueOf(1_000_000_000))
            .longValue();
    return Optional.of(
            Instant.ofEpochSecond(number.setScale(0, RoundingMode.DOWN).longValue(), nanos))
        .filter(EventTimes::storable);
  }

  private static boolean storable(Instant instant) {
    return !instant.isBefore(FIRST) && !instant.isAfter(LAST);
  }
}
