package dev.carillon.feeds;

import dev.carillon.json.Json;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Instants as responses show them: ISO 8601 in UTC, to the microsecond. */
final class Times {
  private Times() {}

  static Json of(Instant instant) {
    return Json.of(instant.truncatedTo(ChronoUnit.MICROS).toString());
  }

  static Json of(Optional<Instant> instant) {
    return instant.map(Times::of).orElse(Json.NULL);
  }
}
