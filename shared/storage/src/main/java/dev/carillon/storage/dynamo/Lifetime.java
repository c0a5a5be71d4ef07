package dev.carillon.storage.dynamo;

import java.time.Duration;
import java.time.Instant;

/** How long runs, messages and triggers are kept, as the installation sets it. */
public record Lifetime(Duration retention) {

  public static Lifetime days(long days) {
    return new Lifetime(Duration.ofDays(days));
  }

  /** The second in which what last moved then is over. */
  long end(Instant since) {
    return since.plus(retention).getEpochSecond();
  }
}
