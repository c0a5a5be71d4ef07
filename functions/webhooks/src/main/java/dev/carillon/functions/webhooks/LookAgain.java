package dev.carillon.functions.webhooks;

import dev.carillon.task.Tasks;
import dev.carillon.task.WebhooksTask;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Looks later for what was told and is not stored yet: after as long as it was looked for already,
 * so that what never comes costs a dozen looks.
 */
final class LookAgain {
  /** How long something is looked for; then it never was. */
  static final Duration PATIENCE = Duration.ofMinutes(15);

  private static final Duration AT_FIRST = Duration.ofSeconds(1);

  private final Tasks tasks;
  private final InstantSource clock;

  LookAgain(Tasks tasks, InstantSource clock) {
    this.tasks = tasks;
    this.clock = clock;
  }

  /**
   * Enqueues the task once more.
   *
   * @param at when it was told
   * @return false when it was looked for long enough
   */
  boolean later(WebhooksTask task, Instant at) {
    Duration age = Duration.between(at, clock.instant());
    if (age.compareTo(PATIENCE) >= 0) {
      return false;
    }
    tasks.send(task, Tasks.Sending.clamped(age.compareTo(AT_FIRST) < 0 ? AT_FIRST : age));
    return true;
  }
}
