package dev.carillon.window;

import dev.carillon.json.Json;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/** A value and its unit, as files write it. */
public record Period(long value, TimeUnit unit) {
  private static final BigDecimal MAX_VALUE = BigDecimal.valueOf(1_000_000_000);

  /** The period of {@code {"unit": …, "value": …}}; empty when it is not of that form. */
  public static Optional<Period> of(Json json) {
    if (!(json instanceof Json.Obj object)
        || !(object.fields().get("value") instanceof Json.Num(var value))
        || value.stripTrailingZeros().scale() > 0
        || value.abs().compareTo(MAX_VALUE) > 0) {
      return Optional.empty();
    }
    return object
        .text("unit")
        .flatMap(TimeUnit::named)
        .map(unit -> new Period(value.longValueExact(), unit));
  }

  /** The instant that lies a period after {@code start}; empty when no instant is that far. */
  public Optional<Instant> after(Instant start) {
    try {
      return Optional.of(unit.after(start, value));
    } catch (DateTimeException | ArithmeticException _) {
      return Optional.empty();
    }
  }

  /** As long, the other way. */
  public Period negated() {
    return new Period(-value, unit);
  }

  /** The period in the form it is read from. */
  public Json.Obj json() {
    return Json.object().with("unit", unit.wireName()).with("value", Json.of(value));
  }

  @Override
  public String toString() {
    return value + " " + unit.wireName();
  }
}
