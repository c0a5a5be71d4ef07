package dev.carillon.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The batch guide's examples, with its numbers; times count from when the batch was opened. */
class SlidingWindowTest {
  private static final Instant OPENED = Instant.parse("2026-03-10T12:00:00Z");

  @Test
  void a_window_of_a_minute_slides_to_one_minute_and_thirty_seconds() {
    Instant close =
        SlidingWindow.close(OPENED.plusSeconds(30), Duration.ofMinutes(1), Optional.empty());
    assertThat(Duration.between(OPENED, close)).isEqualTo(Duration.ofSeconds(90));
  }

  /** Activities after 6, 13 and 16 hours of a window of 12 hours that is capped at 24. */
  @ParameterizedTest
  @CsvSource({"6, 18", "13, 24", "16, 24", "24, 24"})
  void a_window_of_12_hours_slides_to_24_hours_and_no_further(int after, int closes) {
    assertThat(hours(after, 12, 24)).isEqualTo(closes);
  }

  @Test
  void a_window_of_24_hours_with_a_limit_of_12_closes_at_once_after_23() {
    assertThat(hours(23, 24, 12)).isEqualTo(23);
  }

  /** "Subsequent batched triggers will shorten the overall window." */
  @Test
  void a_limit_shorter_than_the_window_brings_its_close_forward() {
    assertThat(hours(5, 24, 12)).isEqualTo(12);
  }

  /** The guide's way to close a batch early: a limit of one second. */
  @Test
  void a_limit_of_a_second_closes_with_the_next_activity() {
    Optional<Instant> latest =
        SlidingWindow.latest(OPENED, Optional.of(new Period(1, TimeUnit.SECONDS)));
    Instant now = OPENED.plusSeconds(60);
    assertThat(SlidingWindow.close(now, Duration.ofHours(1), latest)).isEqualTo(now);
  }

  @Test
  void the_ends_of_time_are_no_trouble() {
    var aeons = new Period(1_000_000_000, TimeUnit.MONTHS);
    var eternity = new Period(1_000_000_000_000L, TimeUnit.MONTHS);
    assertThat(SlidingWindow.latest(OPENED, Optional.of(aeons))).isPresent();
    assertThat(SlidingWindow.latest(OPENED, Optional.of(eternity))).isEmpty();
    assertThat(SlidingWindow.latest(OPENED, Optional.empty())).isEmpty();
    assertThat(
            SlidingWindow.close(
                OPENED, Duration.ofSeconds(Long.MAX_VALUE), Optional.of(OPENED.plusSeconds(5))))
        .isEqualTo(OPENED.plusSeconds(5));
  }

  private static long hours(int after, int window, int limit) {
    Instant now = OPENED.plus(Duration.ofHours(after));
    Optional<Instant> latest =
        SlidingWindow.latest(OPENED, Optional.of(new Period(limit, TimeUnit.HOURS)));
    Instant close = SlidingWindow.close(now, Duration.ofHours(window), latest);
    return Duration.between(OPENED, close).toHours();
  }
}
