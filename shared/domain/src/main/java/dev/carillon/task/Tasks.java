package dev.carillon.task;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The queues. */
@FunctionalInterface
public interface Tasks {

  /** The longest a queue can hold a task back (SQS: 15 minutes). */
  Duration MAX_DELAY = Duration.ofMinutes(15);

  /**
   * A task and how long the queue is to hold it back, at most {@link #MAX_DELAY}, in whole seconds,
   * rounded up.
   */
  record Sending(Task task, Duration delay) {

    /** Held back until then, or for as long as a queue can; at once when that is past. */
    public static Sending until(Task task, Instant due, Instant now) {
      return new Sending(task, clamped(Duration.between(now, due)));
    }

    /** As long as asked for, but not negative and no longer than a queue can. */
    public static Duration clamped(Duration delay) {
      if (delay.isNegative()) {
        return Duration.ZERO;
      }
      return delay.compareTo(MAX_DELAY) > 0 ? MAX_DELAY : delay;
    }
  }

  /**
   * Hands all of them to their queues; returns once every one is stored there.
   *
   * <p>When it throws, some may have been sent; sending them again is safe, as every task is.
   */
  void send(List<Sending> tasks);

  default void send(Task task) {
    send(List.of(new Sending(task, Duration.ZERO)));
  }

  default void send(Task task, Duration delay) {
    send(List.of(new Sending(task, delay)));
  }
}
