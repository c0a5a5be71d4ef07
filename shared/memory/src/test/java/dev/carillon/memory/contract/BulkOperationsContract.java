package dev.carillon.memory.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.bulk.BulkOperation;
import dev.carillon.bulk.BulkOperationId;
import dev.carillon.bulk.BulkOperations;
import dev.carillon.bulk.BulkProgress;
import dev.carillon.bulk.BulkStatus;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;
import dev.carillon.memory.MutableClock;
import dev.carillon.recipient.RecipientId;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

public abstract class BulkOperationsContract {
  private static final Json.Obj WORK = Json.object().with("ids", Json.texts(List.of("a", "👍")));

  private final EnvironmentId environment = Samples.environment();
  private final MutableClock clock = new MutableClock(Samples.NOW);
  private final BulkOperation queued =
      BulkOperation.queued(
          BulkOperationId.of(UUID.randomUUID().toString()), "users.identify", 3, Samples.NOW);
  private BulkOperations operations;

  protected abstract BulkOperations operations(MutableClock clock);

  @BeforeEach
  void prepare() {
    operations = operations(clock);
  }

  @Test
  void an_operation_is_found_with_its_work_in_its_environment_alone() {
    assertThat(operations.find(environment, queued.id())).isEmpty();
    assertThat(operations.work(environment, queued.id())).isEmpty();
    assertThat(operations.add(environment, queued, WORK)).isTrue();
    assertThat(operations.find(environment, queued.id())).contains(queued);
    assertThat(operations.work(environment, queued.id())).contains(WORK);
    assertThat(operations.find(Samples.environment(), queued.id())).isEmpty();
    assertThat(operations.work(Samples.environment(), queued.id())).isEmpty();
  }

  @Test
  void adding_it_again_leaves_what_was_done_of_it() {
    operations.add(environment, queued, WORK);
    var counted = queued.counting(0, 2, List.of(), false, Samples.NOW).orElseThrow();
    operations.advance(environment, queued, counted);
    assertThat(operations.add(environment, queued, Json.object())).isFalse();
    assertThat(operations.find(environment, queued.id())).contains(counted);
    assertThat(operations.work(environment, queued.id())).contains(WORK);
  }

  @Test
  void every_page_counts_once() {
    operations.add(environment, queued, WORK);
    List<RecipientId> bad = List.of(RecipientId.user("مرحبا"), new RecipientId("teams", "a b"));
    var first =
        queued.counting(0, 1, bad, false, Samples.NOW.plus(Duration.ofNanos(7))).orElseThrow();
    assertThat(operations.advance(environment, queued, first)).isTrue();
    assertThat(operations.advance(environment, queued, first)).isFalse();
    assertThat(operations.find(environment, queued.id())).contains(first);
    var last = first.counting(1, 0, List.of(), true, Samples.NOW.plusSeconds(1)).orElseThrow();
    assertThat(operations.advance(environment, first, last)).isTrue();
    assertThat(operations.find(environment, queued.id())).contains(last);
    assertThat(last.status()).isEqualTo(BulkStatus.COMPLETED);
  }

  @Test
  void who_gave_it_up_and_who_counts_a_page_do_not_both_win() {
    operations.add(environment, queued, WORK);
    var failed = queued.failing(Samples.NOW.plusSeconds(1));
    assertThat(operations.advance(environment, queued, failed)).isTrue();
    var counted = queued.counting(0, 3, List.of(), true, Samples.NOW).orElseThrow();
    assertThat(operations.advance(environment, queued, counted)).isFalse();
    assertThat(operations.find(environment, queued.id())).contains(failed);
    assertThat(operations.advance(Samples.environment(), queued, counted)).isFalse();
  }

  @Test
  void work_of_megabytes_and_all_failures_that_are_named_are_found_whole() {
    byte[] noise = new byte[1_000_000];
    new Random(7).nextBytes(noise);
    Json.Obj large = Json.object().with("rows", HexFormat.of().formatHex(noise));
    operations.add(environment, queued, large);
    List<RecipientId> bad =
        IntStream.range(0, BulkProgress.MOST_FAILURES)
            .mapToObj(i -> new RecipientId("ö".repeat(250), "user-" + i))
            .toList();
    var counted = queued.counting(0, 0, bad, false, Samples.NOW).orElseThrow();
    operations.advance(environment, queued, counted);
    assertThat(operations.work(environment, queued.id())).contains(large);
    assertThat(operations.find(environment, queued.id())).contains(counted);
  }
}
