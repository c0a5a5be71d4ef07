package dev.carillon.throttle;

import dev.carillon.environment.EnvironmentId;
import java.time.Instant;

/** The budgets of throttle steps. A window opens with the first that passes. */
public interface Throttles {

  sealed interface Passage {
    /**
     * Within the budget.
     *
     * @param nth the how-manieth of its window this is, from 1
     * @param windowEnd when the window ends
     */
    record Passed(int nth, Instant windowEnd) implements Passage {}

    /** The budget of the window is used up; nothing was changed. */
    record Exceeded(Instant windowEnd) implements Passage {}
  }

  /**
   * Passes if fewer than {@code limit} did so within the window that is open now; when none is,
   * opens one. A window is open from its first passage until its end, the end excluded. Of any
   * number of calls at once exactly as many pass as the limit leaves. Safe to repeat: who passed
   * has passed, for as long as its window is remembered (a day beyond its end), and uses the budget
   * once.
   *
   * @param passer names who wants to pass: a run and its step
   * @param limit at least 1
   * @param windowEnd when the window ends if this opens it; later than {@code now}
   */
  Passage pass(
      EnvironmentId environment,
      ThrottleId throttle,
      String passer,
      int limit,
      Instant windowEnd,
      Instant now);
}
