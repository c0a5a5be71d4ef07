package dev.carillon.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BatchmatesTest {
  private static final Duration FOR_EVER = Duration.ofDays(1);

  @Test
  void who_is_of_no_invocation_waits_for_nobody() {
    Batchmates.await(() -> false, FOR_EVER);
  }

  @Test
  void who_is_alone_waits_for_nobody() throws Exception {
    together(List.of(waiting(() -> false)));
  }

  @Test
  void all_go_on_when_all_that_are_at_work_wait_and_may_wait_again() throws Exception {
    Runnable twice =
        () -> {
          Batchmates.await(() -> false, FOR_EVER);
          Batchmates.await(() -> false, FOR_EVER);
        };
    Runnable ends = () -> {};
    together(List.of(twice, twice, twice, ends, ends));
  }

  @Test
  void nobody_waits_for_one_that_failed() throws Exception {
    Runnable fails =
        () -> {
          throw new IllegalStateException("broken");
        };
    var results = start(List.of(waiting(() -> false), waiting(() -> false), fails));
    for (Future<?> result : results) {
      assertThat(result.state()).isIn(Future.State.SUCCESS, Future.State.FAILED);
    }
    assertThat(results.stream().filter(it -> it.state() == Future.State.SUCCESS)).hasSize(2);
  }

  @Test
  void who_has_enough_goes_on_while_another_is_at_work() throws Exception {
    var came = new AtomicInteger();
    var gone = new CountDownLatch(2);
    Runnable waits =
        () -> {
          came.incrementAndGet();
          Batchmates.await(() -> came.get() == 2, FOR_EVER);
          gone.countDown();
        };
    together(List.of(waits, waits, () -> await(gone)));
  }

  @Test
  void when_one_has_waited_for_long_enough_all_go_on_while_another_is_at_work() throws Exception {
    var gone = new CountDownLatch(1);
    Runnable patient =
        () -> {
          Batchmates.await(() -> false, FOR_EVER);
          gone.countDown();
        };
    Runnable hasty =
        () -> {
          while (gone.getCount() > 0) {
            Batchmates.await(() -> false, Duration.ofMillis(1));
          }
        };
    together(List.of(patient, hasty, () -> await(gone)));
  }

  private static Runnable waiting(BooleanSupplier enough) {
    return () -> Batchmates.await(enough, FOR_EVER);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns when all have ended well. */
  private static void together(List<Runnable> tasks) throws Exception {
    for (Future<?> result : start(tasks)) {
      result.get();
    }
  }

  /** Returns when all have ended. */
  private static List<Future<?>> start(List<Runnable> tasks) {
    var mates = new Batchmates(tasks.size());
    var results = new ArrayList<Future<?>>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Runnable task : tasks) {
        results.add(
            threads.submit(
                () ->
                    mates.doing(
                        () -> {
                          task.run();
                          return true;
                        })));
      }
    }
    return results;
  }
}
