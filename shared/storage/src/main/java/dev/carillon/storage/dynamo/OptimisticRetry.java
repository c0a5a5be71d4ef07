package dev.carillon.storage.dynamo;

import dev.carillon.runtime.Overloaded;
import dev.carillon.storage.cache.StripedLocks;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.Supplier;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;

/**
 * A change that somebody else may forestall, decided anew each time from what they left behind.
 * Those who want to change the same do it one after the other here: the tasks of one invocation,
 * which run side by side, often want the same batch. With other instances they compete. The pauses
 * are drawn by lot, up to a second in the end, so that many who want the same item do not meet
 * again and again. All of them take ten seconds at most to be expected: a task has sixty.
 */
public final class OptimisticRetry {
  private static final int MOST = 20;
  private static final long FIRST_MILLIS = 10;
  private static final long LONGEST_MILLIS = 1_000;

  private final StripedLocks here = new StripedLocks();
  private final Consumer<Duration> pause;

  public OptimisticRetry() {
    this(DynamoTable::pause);
  }

  OptimisticRetry(Consumer<Duration> pause) {
    this.pause = pause;
  }

  /**
   * @param what is to be changed, by a name of its own
   * @param attempt empty when somebody else was first
   * @throws Overloaded when somebody else was first every time
   */
  public <T> T until(String what, Supplier<Optional<T>> attempt) {
    return here.alone(what, () -> competing(what, attempt));
  }

  private <T> T competing(String what, Supplier<Optional<T>> attempt) {
    for (int failed = 0; failed < MOST; failed++) {
      if (failed > 0) {
        long most = Math.min(LONGEST_MILLIS, FIRST_MILLIS << Math.min(failed, 10));
        pause.accept(Duration.ofMillis(ThreadLocalRandom.current().nextLong(most)));
      }
      Optional<T> done = once(attempt);
      if (done.isPresent()) {
        return done.get();
      }
    }
    throw new Overloaded(what + " was changed by others " + MOST + " times");
  }

  private static <T> Optional<T> once(Supplier<Optional<T>> attempt) {
    try {
      return attempt.get();
    } catch (TransactionConflictException _) {
      // A write of its own that met a transaction; nothing happened.
      return Optional.empty();
    }
  }
}
