package dev.carillon.local.scheduler;

import java.time.Instant;
import java.util.Optional;

/** EventBridge Scheduler on the stack's clock. Everything acknowledged survives {@code kill -9}. */
public final class Schedules {

  /** Creates the group; does nothing when there is one. */
  public void group(String name) {
    throw new UnsupportedOperationException();
  }

  /**
   * Creates a schedule of the template, or replaces it when there is one of that group and name; a
   * recurring one keeps the time it fired last.
   *
   * @param expression {@code rate(1 minute)}, {@code cron(…)} or {@code at(…)}
   * @throws IllegalArgumentException when that is malformed
   */
  public void define(String group, String name, String expression, String zone, Target target) {
    throw new UnsupportedOperationException();
  }

  /** Off (at first): fires at the start of the minute. On: at some second within it, as AWS may. */
  public void spreadWithinMinute(boolean on) {
    throw new UnsupportedOperationException();
  }

  /** How many schedules the group holds. */
  public int size(String group) {
    throw new UnsupportedOperationException();
  }

  /** When the next one-time schedule fires. */
  public Optional<Instant> nextDue() {
    throw new UnsupportedOperationException();
  }
}
