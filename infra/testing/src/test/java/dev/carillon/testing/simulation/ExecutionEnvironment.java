package dev.carillon.testing.simulation;

import dev.carillon.testing.calls.SteppedInvocation;
import dev.carillon.testing.calls.SteppedInvocation.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What a function runs on while it is at work on a batch of tasks, or on one call. When it dies,
 * everything that it was at work on comes to nothing more.
 */
public final class ExecutionEnvironment {
  private final long number;
  private final Instant timeout;
  private final List<Errand> errands;
  private final List<SteppedInvocation> actors = new ArrayList<>();
  private boolean dead;

  /** One task or one call. */
  public interface Errand {
    /** What is done for it, on a thread of its own. */
    void run();

    /**
     * It is over, and so are the others of its machine.
     *
     * @param died whether the machine died before it could say so
     */
    void over(boolean died);
  }

  /**
   * Sets out on all errands, each up to its first call of a port.
   *
   * @param number later machines have higher ones
   * @param skew what its clock is ahead by
   * @param timeout when it is put an end to
   */
  public ExecutionEnvironment(long number, Duration skew, Instant timeout, List<Errand> errands) {
    this.number = number;
    this.timeout = timeout;
    this.errands = List.copyOf(errands);
    for (Errand errand : errands) {
      actors.add(new SteppedInvocation(number + "." + actors.size(), skew, errand::run).start());
    }
    end();
  }

  public long number() {
    return number;
  }

  /** Those that did not come to their end. */
  public List<SteppedInvocation> busy() {
    var busy = new ArrayList<SteppedInvocation>(actors.size());
    for (SteppedInvocation actor : actors) {
      if (!actor.ended()) {
        busy.add(actor);
      }
    }
    return busy;
  }

  public void go(SteppedInvocation actor, Step how) {
    actor.go(how);
    if (how == Step.DIE_BEFORE || how == Step.DIE_AFTER) {
      die();
    } else {
      end();
    }
  }

  public boolean timedOut(Instant now) {
    return now.isAfter(timeout);
  }

  public void die() {
    dead = true;
    for (SteppedInvocation actor : actors) {
      while (!actor.ended()) {
        actor.go(Step.DIE_BEFORE);
      }
    }
    end();
  }

  private void end() {
    if (busy().isEmpty()) {
      errands.forEach(errand -> errand.over(dead));
    }
  }

  /** What came out of its functions although they were not told to die. */
  public List<String> thrown() {
    return actors.stream().flatMap(it -> it.thrown().stream()).map(Throwable::toString).toList();
  }
}
