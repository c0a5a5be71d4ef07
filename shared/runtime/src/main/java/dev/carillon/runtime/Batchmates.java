package dev.carillon.runtime;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * The tasks that one invocation works on side by side. What each of them asks of AWS one by one
 * costs less together, so one that is there may wait for the others for a moment; never for one
 * that has ended, and not at all when it is alone.
 */
public final class Batchmates {
  private static final ScopedValue<Batchmates> OF_THIS_TASK = ScopedValue.newInstance();

  private int atWork;
  private int waiting;
  private long rounds;

  /**
   * @param tasks how many there are; each is done once by {@link #doing}
   */
  public Batchmates(int tasks) {
    atWork = tasks;
  }

  /** Does one of the tasks, on this thread; whatever comes of it, nobody waits for it then. */
  public <T> T doing(Supplier<T> task) {
    try {
      return ScopedValue.where(OF_THIS_TASK, this).call(task::get);
    } finally {
      ended();
    }
  }

  /**
   * Returns when it is enough, when all tasks of this thread's invocation that are at work wait
   * here, or when one of these has waited for long enough. At once outside of an invocation's
   * tasks.
   *
   * @param enough asked anew whenever somebody comes
   */
  public static void await(BooleanSupplier enough, Duration atMost) {
    if (OF_THIS_TASK.isBound()) {
      OF_THIS_TASK.get().waitFor(enough, atMost);
    }
  }

  private synchronized void waitFor(BooleanSupplier enough, Duration atMost) {
    long deadline = System.nanoTime() + atMost.toNanos();
    long round = rounds;
    waiting++;
    if (waiting >= atWork) {
      goOn();
    } else {
      notifyAll(); // for whom it may be enough now
    }
    while (round == rounds && !enough.getAsBoolean()) {
      long left = deadline - System.nanoTime();
      if (left <= 0 || isInterrupted(left)) {
        goOn();
        return;
      }
    }
    if (round == rounds) {
      waiting--;
    }
  }

  private boolean isInterrupted(long nanos) {
    try {
      TimeUnit.NANOSECONDS.timedWait(this, nanos);
      return false;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  private synchronized void ended() {
    atWork--;
    if (waiting > 0 && waiting >= atWork) {
      goOn();
    }
  }

  /** All who wait go on, and are at work again. */
  private void goOn() {
    rounds++;
    waiting = 0;
    notifyAll();
  }
}
