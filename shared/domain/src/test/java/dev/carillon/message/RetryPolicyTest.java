package dev.carillon.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.id.Digest;
import dev.carillon.id.Ksuid;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryPolicyTest {
  private static final Instant FIRST = Instant.parse("2026-03-10T12:00:00Z");

  @Test
  void a_thousand_messages_have_8_attempts_each_within_30_minutes_and_no_two_alike() {
    List<List<Instant>> schedules =
        IntStream.range(0, 1_000)
            .mapToObj(i -> schedule(message(i), Duration.ZERO, Optional.empty()))
            .toList();
    assertThat(schedules)
        .allSatisfy(
            attempts -> {
              assertThat(attempts).hasSize(RetryPolicy.MAX_ATTEMPTS).isSorted();
              assertThat(attempts).doesNotHaveDuplicates();
              assertThat(attempts.getLast()).isBefore(FIRST.plus(RetryPolicy.WINDOW));
              assertThat(attempts.getLast()).isAfter(FIRST.plus(Duration.ofMinutes(24)));
            })
        .doesNotHaveDuplicates();
  }

  @Test
  void waits_grow_and_are_at_most_a_fifth_longer_than_the_table_says() {
    List<Integer> table = List.of(15, 30, 60, 120, 240, 420, 600);
    for (int i = 0; i < 200; i++) {
      List<Instant> attempts = schedule(message(i), Duration.ZERO, Optional.empty());
      for (int n = 0; n < table.size(); n++) {
        long wait = Duration.between(attempts.get(n), attempts.get(n + 1)).toMillis();
        assertThat(wait).isBetween(table.get(n) * 1_000L, table.get(n) * 1_200L);
      }
    }
  }

  @Test
  void the_same_message_waits_the_same_each_time() {
    assertThat(schedule(message(1), Duration.ZERO, Optional.empty()))
        .isEqualTo(schedule(message(1), Duration.ZERO, Optional.empty()));
  }

  @Test
  void attempts_that_each_take_a_minute_still_come_to_8_within_the_window() {
    for (int i = 0; i < 200; i++) {
      assertThat(schedule(message(i), Duration.ofSeconds(60), Optional.empty()))
          .hasSize(8)
          .last()
          .satisfies(last -> assertThat(last).isBeforeOrEqualTo(FIRST.plus(RetryPolicy.WINDOW)));
    }
  }

  /** Each row: how long the provider asks for, and after how many seconds the second attempt is. */
  @ParameterizedTest
  @CsvSource({
    "PT60S, 60",
    "PT10M, 600",
    "PT30M, 1800",
    "PT31M, 1800",
    "PT24H, 1800",
    "PT2562047788015215H, 1800"
  })
  void a_provider_that_asks_for_time_gets_it_as_far_as_the_window_goes(
      Duration asked, long seconds) {
    assertThat(RetryPolicy.next(message(1), 1, FIRST, FIRST, Optional.of(asked)))
        .contains(FIRST.plusSeconds(seconds));
  }

  @ParameterizedTest
  @CsvSource({"PT0S", "PT1S", "PT-1H", "PT14.9S"})
  void asking_for_less_than_the_wait_does_not_shorten_it(Duration asked) {
    assertThat(RetryPolicy.next(message(1), 1, FIRST, FIRST, Optional.of(asked)))
        .isEqualTo(RetryPolicy.next(message(1), 1, FIRST, FIRST, Optional.empty()));
  }

  @Test
  void what_is_asked_for_counts_from_the_failure_not_from_the_first_attempt() {
    assertThat(
            RetryPolicy.next(
                message(1), 2, FIRST, FIRST.plusSeconds(60), Optional.of(Duration.ofMinutes(5))))
        .contains(FIRST.plusSeconds(360));
  }

  @Test
  void after_the_eighth_attempt_or_the_window_there_is_none() {
    assertThat(RetryPolicy.next(message(1), 8, FIRST, FIRST, Optional.empty())).isEmpty();
    assertThat(RetryPolicy.next(message(1), 9, FIRST, FIRST, Optional.empty())).isEmpty();
    Instant end = FIRST.plus(RetryPolicy.WINDOW);
    assertThat(RetryPolicy.next(message(1), 1, FIRST, end, Optional.empty())).isEmpty();
    assertThat(RetryPolicy.next(message(1), 1, FIRST, end.minusMillis(1), Optional.empty()))
        .contains(end);
  }

  private static List<Instant> schedule(
      MessageId message, Duration took, Optional<Duration> askedFor) {
    var attempts = new ArrayList<Instant>();
    Optional<Instant> next = Optional.of(FIRST);
    while (next.isPresent()) {
      attempts.add(next.get());
      next = RetryPolicy.next(message, attempts.size(), FIRST, next.get().plus(took), askedFor);
    }
    return attempts;
  }

  private static MessageId message(int i) {
    return new MessageId(Ksuid.of(FIRST, Digest.of("message " + i)));
  }
}
