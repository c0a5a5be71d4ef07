package dev.carillon.testing.calls;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * A function at work on one task or call, which stops before every call of a port and goes on when
 * told to: of all of them and the driver exactly one runs at a time, so that the order of all calls
 * is the driver's choice.
 *
 * <p>To be driven by one thread. The function may use a thread of its own for the task.
 */
public final class SteppedInvocation {
  /** Whose work a thread does; handed down to the threads that it starts. */
  private static final InheritableThreadLocal<SteppedInvocation> WORKING =
      new InheritableThreadLocal<>();

  private final String name;
  private final Duration skew;
  private final Runnable work;
  private volatile boolean running;
  private volatile Thread driver;
  private volatile Thread stopped;
  private volatile Optional<PortCall> pending = Optional.empty();
  private volatile boolean ended;
  private volatile Step order = Step.CALL;
  private volatile boolean dead;
  private volatile Optional<Throwable> thrown = Optional.empty();

  /** How an actor goes on from the call that it is about to make. */
  public enum Step {
    /** Makes it. */
    CALL,
    /** Dies before it. */
    DIE_BEFORE,
    /** Makes it and dies before it learns of the answer. */
    DIE_AFTER,
    /** Makes it and never hears the answer. */
    NOT_HEAR,
    /** Is turned away. */
    BE_TURNED_AWAY
  }

  /**
   * @param skew what its machine's clock is ahead by
   * @param work what the function does; ends when the actor dies, in one way or another
   */
  public SteppedInvocation(String name, Duration skew, Runnable work) {
    this.name = name;
    this.skew = skew;
    this.work = work;
  }

  /** Whose thread this is, if it is an actor's. */
  public static Optional<SteppedInvocation> working() {
    return Optional.ofNullable(WORKING.get());
  }

  /** Sets out, and stops before its first call. */
  public SteppedInvocation start() {
    return drive(
        () ->
            Thread.ofVirtual()
                .start(
                    () -> {
                      WORKING.set(this);
                      try {
                        work.run();
                      } catch (ProcessKilled _) {
                        // As it was told to.
                      } catch (Throwable unexpected) {
                        thrown = Optional.of(unexpected);
                      } finally {
                        pending = Optional.empty();
                        ended = true;
                        handBack();
                      }
                    }));
  }

  /** Goes on from the pending call to the next one, or to the end. */
  public void go(Step how) {
    order = how;
    drive(() -> LockSupport.unpark(stopped));
  }

  private SteppedInvocation drive(Runnable letting) {
    driver = Thread.currentThread();
    running = true;
    letting.run();
    while (running) {
      LockSupport.park(this);
    }
    return this;
  }

  private void handBack() {
    running = false;
    LockSupport.unpark(driver);
  }

  /** Stops before the call; to be asked on the actor's own thread. */
  public Object pass(PortCall call) throws Throwable {
    if (dead) {
      throw new ProcessKilled();
    }
    pending = Optional.of(call);
    stopped = Thread.currentThread();
    handBack();
    while (!running) {
      LockSupport.park(this);
    }
    return switch (order) {
      case CALL -> call.make();
      case DIE_BEFORE -> {
        dead = true;
        yield call.dying(false);
      }
      case DIE_AFTER -> {
        dead = true;
        yield call.dying(true);
      }
      case NOT_HEAR -> call.unheard();
      case BE_TURNED_AWAY -> call.turnedAway();
    };
  }

  /** The call that it is about to make; empty once it has ended. */
  public Optional<PortCall> pending() {
    return pending;
  }

  public boolean ended() {
    return ended;
  }

  /** What came out of its work although it was not told to die. */
  public Optional<Throwable> thrown() {
    return thrown;
  }

  /** What the caller takes for now, by the clock of its machine. */
  public static Instant now(InstantSource clock) {
    return working().map(it -> clock.instant().plus(it.skew)).orElseGet(clock::instant);
  }

  @Override
  public String toString() {
    return name;
  }
}
