package dev.carillon.edge.view;

import dev.carillon.json.Json;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Instants as responses show them: ISO 8601 in UTC, to the microsecond. */
public final class Times {
  private Times() {}

  public static Json of(Instant instant) {
    return Json.of(instant.truncatedTo(ChronoUnit.MICROS).toString());
  }

  public static Json of(Optional<Instant> instant) {
    return instant.map(Times::of).orElse(Json.NULL);
  }
}
