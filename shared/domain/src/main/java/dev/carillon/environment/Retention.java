package dev.carillon.environment;

import java.time.Duration;
import java.time.Instant;

/**
 * How long runs, messages and triggers are kept after they last moved, as the deployment sets it.
 */
public record Retention(Duration period) {

  /** What holds where a deployment sets nothing: Knock's figure. */
  public static final Retention STANDARD = days(30);

  public static Retention days(long days) {
    return new Retention(Duration.ofDays(days));
  }

  /** When what last moved then is over. */
  public Instant end(Instant since) {
    return since.plus(period);
  }

  /** Whether what last moved {@code since} is over by now. */
  public boolean isOver(Instant since, Instant now) {
    return !now.isBefore(end(since));
  }
}
