package dev.carillon.bulk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.recipient.RecipientId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BulkOperationTest {
  private static final Instant NOW = Instant.parse("2026-01-05T09:00:00Z");
  private static final BulkOperation QUEUED =
      BulkOperation.queued(BulkOperationId.of("a call"), "users.delete", 200, NOW);

  @Test
  void it_is_queued_until_its_first_page_and_ends_with_its_last() {
    assertThat(QUEUED.status()).isEqualTo(BulkStatus.QUEUED);
    var first = QUEUED.counting(0, 100, List.of(), false, NOW.plusSeconds(1)).orElseThrow();
    assertThat(first.status()).isEqualTo(BulkStatus.PROCESSING);
    assertThat(first.startedAt()).contains(NOW.plusSeconds(1));
    var last =
        first
            .counting(1, 99, List.of(RecipientId.user("ann")), true, NOW.plusSeconds(2))
            .orElseThrow();
    assertThat(last.status()).isEqualTo(BulkStatus.COMPLETED);
    assertThat(last.startedAt()).contains(NOW.plusSeconds(1));
    assertThat(last.ending())
        .isEqualTo(Optional.of(new BulkOperation.Ending(false, NOW.plusSeconds(2))));
    assertThat(last.updatedAt()).isEqualTo(NOW.plusSeconds(2));
    assertThat(last.progress())
        .isEqualTo(new BulkProgress(2, 199, 1, List.of(RecipientId.user("ann"))));
    assertThat(last.progress().processed()).isEqualTo(200);
  }

  @Test
  void a_page_counts_once_and_in_its_turn() {
    var first = QUEUED.counting(0, 100, List.of(), false, NOW).orElseThrow();
    assertThat(first.counting(0, 100, List.of(), false, NOW)).isEmpty();
    assertThat(first.counting(2, 100, List.of(), false, NOW)).isEmpty();
    var ended = first.counting(1, 100, List.of(), true, NOW).orElseThrow();
    assertThat(ended.counting(2, 1, List.of(), true, NOW)).isEmpty();
  }

  @Test
  void one_that_is_given_up_has_failed_and_one_that_has_ended_cannot_be() {
    var failed = QUEUED.failing(NOW.plusSeconds(3));
    assertThat(failed.status()).isEqualTo(BulkStatus.FAILED);
    assertThat(failed.counting(0, 1, List.of(), true, NOW)).isEmpty();
    var completed = QUEUED.counting(0, 1, List.of(), true, NOW).orElseThrow();
    assertThat(completed.failing(NOW.plusSeconds(9))).isSameAs(completed);
  }

  @Test
  void all_failures_are_counted_and_the_first_hundred_named() {
    var bad = IntStream.range(0, 101).mapToObj(i -> RecipientId.user("u" + i)).toList();
    var progress = QUEUED.counting(0, 0, bad, false, NOW).orElseThrow().progress();
    assertThat(progress.failed()).isEqualTo(101);
    assertThat(progress.failures()).isEqualTo(bad.subList(0, 100));
  }
}
