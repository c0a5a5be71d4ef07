package dev.carillon.local.control;

import dev.carillon.local.clock.StackClock;
import dev.carillon.local.engine.Engines;
import dev.carillon.local.functions.StackActivity;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/**
 * Moves the stack's time, and lets it fire what is due while it passes by itself. The time moves
 * from due instant to due instant, and only while the stack is at rest, so that chained waits
 * resume each at its own time.
 */
public final class TimeControl implements AutoCloseable {
  // How long a stop may take, in real time, before an advance gives up: more than any function's
  // timeout and a few retries.
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final long GLANCE_NANOS = 2_000_000;
  private static final Duration TICK = Duration.ofMillis(500);

  private final StackClock clock;
  private final Engines engines;
  private final StackActivity activity;
  private final Set<String> polled;
  private final Object moving = new Object();
  private final Thread ticker;
  private volatile boolean closed;

  /**
   * Starts to fire what is due in real time.
   *
   * @param polled the queues that functions read; what lies in others keeps nobody busy
   */
  public TimeControl(
      StackClock clock, Engines engines, StackActivity activity, Set<String> polled) {
    this.clock = clock;
    this.engines = engines;
    this.activity = activity;
    this.polled = Set.copyOf(polled);
    this.ticker = Thread.ofVirtual().name("ticker").start(this::tick);
  }

  /**
   * Moves the time by this much and returns the time then, with the stack at rest.
   *
   * @throws IllegalStateException when the stack does not come to rest; the time stands where it
   *     stood then
   */
  public Instant by(Duration span) throws InterruptedException {
    synchronized (moving) {
      var target = clock.instant().plus(span);
      while (true) {
        awaitRest();
        if (engines.fireDue() == 0) {
          var now = clock.instant();
          if (!now.isBefore(target)) {
            return now;
          }
          clock.moveTo(
              engines
                  .nextDue()
                  .filter(due -> due.isAfter(now) && due.isBefore(target))
                  .orElse(target));
        }
      }
    }
  }

  private void awaitRest() throws InterruptedException {
    var deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!activity.isIdle(this::nothingWaits)) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("The stack does not come to rest");
      }
      LockSupport.parkNanos(GLANCE_NANOS);
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
    }
  }

  /**
   * Whether no queue that functions read has a message that can be received now, those aside that a
   * poller is taking into its batch anyway.
   */
  public boolean nothingWaits() {
    return engines.queues().depths().entrySet().stream()
        .filter(entry -> polled.contains(entry.getKey()) && !activity.gathersFrom(entry.getKey()))
        .allMatch(entry -> entry.getValue().visible() == 0);
  }

  private void tick() {
    while (!closed) {
      try {
        synchronized (moving) {
          if (!closed) {
            engines.fireDue();
          }
        }
        Thread.sleep(TICK);
      } catch (InterruptedException _) {
        return;
      } catch (RuntimeException e) {
        // The next tick tries again.
        System.out.println("ticker: " + e);
      }
    }
  }

  /** Lets time pass without effect from now on. Calling it twice is safe. */
  @Override
  public void close() {
    closed = true;
    ticker.interrupt();
  }
}
