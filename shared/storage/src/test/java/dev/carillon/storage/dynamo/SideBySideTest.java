package dev.carillon.storage.dynamo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.storage.cache.LruCache;
import dev.carillon.storage.cache.SingleFlight;
import dev.carillon.storage.cache.TtlCache;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the tasks of one invocation, which run side by side, read of the same item. */
@Timeout(20)
class SideBySideTest {
  private final AtomicInteger reads = new AtomicInteger();
  private final CountDownLatch go = new CountDownLatch(1);
  private final CountDownLatch begun = new CountDownLatch(1);
  private final List<Thread> threads = new ArrayList<>();

  @AfterEach
  void letGo() {
    go.countDown();
  }

  /** Says the how manieth read it was; the first takes until it is let go. */
  private Integer slowly() {
    int number = reads.incrementAndGet();
    begun.countDown();
    if (number == 1) {
      await(go);
    }
    return number;
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private FutureTask<Integer> ask(Supplier<Integer> question) {
    var task = new FutureTask<>(question::get);
    threads.add(Thread.ofPlatform().daemon().start(task));
    return task;
  }

  /** One that reads, and then three that ask while it does. */
  private List<FutureTask<Integer>> askedMeanwhile(Supplier<Integer> question) {
    var tasks = new ArrayList<>(List.of(ask(question)));
    await(begun);
    for (int i = 0; i < 3; i++) {
      tasks.add(ask(question));
    }
    while (threads.stream().skip(1).anyMatch(it -> it.getState() != Thread.State.WAITING)) {
      Thread.onSpinWait();
    }
    return tasks;
  }

  private static List<Integer> answers(List<FutureTask<Integer>> tasks) throws Exception {
    var answers = new ArrayList<Integer>();
    for (var task : tasks) {
      answers.add(task.get());
    }
    return answers;
  }

  @Test
  void what_must_be_of_now_is_read_once_for_all_who_ask_during_a_read_and_after_they_asked()
      throws Exception {
    var together = new SingleFlight<String, Integer>(_ -> slowly());
    var tasks = askedMeanwhile(() -> together.get("live"));
    go.countDown();
    assertThat(answers(tasks)).containsExactly(1, 2, 2, 2);
    assertThat(together.get("live")).isEqualTo(3);
  }

  @Test
  void a_read_that_fails_is_made_again_by_whoever_waited_for_it() {
    var together =
        new SingleFlight<String, Integer>(
            _ -> {
              if (reads.incrementAndGet() == 1) {
                throw new IllegalStateException("throttled");
              }
              return reads.get();
            });
    assertThatThrownBy(() -> together.get("live")).hasMessage("throttled");
    assertThat(together.get("live")).isEqualTo(2);
  }

  @Test
  void what_may_be_some_seconds_old_is_read_by_one_of_those_who_ask_at_once() throws Exception {
    Function<String, Integer> read = _ -> slowly();
    var briefly =
        new TtlCache<String, Integer>(
            InstantSource.fixed(Instant.EPOCH), Duration.ofSeconds(5), read);
    var tasks = askedMeanwhile(() -> briefly.get("settings"));
    go.countDown();
    assertThat(answers(tasks)).containsExactly(1, 1, 1, 1);
  }

  @Test
  void what_never_changes_is_read_by_one_of_those_who_ask_at_once() throws Exception {
    var recent = new LruCache<String, Integer>(10);
    var tasks =
        askedMeanwhile(
            () ->
                recent
                    .get(
                        "version",
                        _ -> true,
                        () -> Optional.of(new LruCache.Weighed<>(slowly(), 1)))
                    .orElseThrow());
    go.countDown();
    assertThat(answers(tasks)).containsExactly(1, 1, 1, 1);
  }
}
