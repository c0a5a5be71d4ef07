package dev.carillon.functions.steps;

import dev.carillon.run.Run;
import dev.carillon.trigger.Triggers;
import java.time.Duration;
import java.time.Instant;

/** Keeps a trigger for as long as something may be asked of it: its data, its cancellation. */
public final class KeepTrigger {
  /**
   * A run that goes on later than this after its trigger may outlive what the trigger is kept for,
   * whether by one long wait or by many short ones.
   */
  private static final Duration LATE = Duration.ofDays(7);

  private static final Duration KEPT_AFTER = Duration.ofDays(30);

  private final Triggers triggers;

  KeepTrigger(Triggers triggers) {
    this.triggers = triggers;
  }

  /** Something waits until then that began with the run's trigger. Safe to repeat. */
  public void until(Run run, Instant dueAt) {
    if (dueAt.isAfter(run.trigger().time().plus(LATE))) {
      triggers.keepUntil(run.environment(), run.trigger(), dueAt.plus(KEPT_AFTER));
    }
  }
}
