package dev.carillon.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CircuitTest {
  private static final Instant NOW = Instant.parse("2026-01-05T09:00:00Z");

  @Test
  void five_failures_within_a_minute_open_it_for_half_a_minute() {
    Circuit circuit = failed(Circuit.CLOSED, 0, 10, 20, 30);
    assertThat(circuit.isOpen()).isFalse();
    circuit = failed(circuit, 40);
    assertThat(circuit.openAt(later(69))).contains(later(70));
    assertThat(circuit.openAt(later(70))).isEmpty();
    assertThat(circuit.isOpen()).as("until somebody tried").isTrue();
  }

  @Test
  void failures_that_are_further_apart_do_not_count_together() {
    assertThat(failed(Circuit.CLOSED, 0, 15, 30, 45, 60, 75, 90, 105).isOpen()).isFalse();
  }

  @Test
  void a_success_in_between_makes_a_new_beginning() {
    assertThat(failed(failed(Circuit.CLOSED, 0, 1, 2, 3).closed(), 4, 5, 6, 7).isOpen()).isFalse();
  }

  @Test
  void a_failure_while_it_is_open_changes_nothing() {
    Circuit open = failed(Circuit.CLOSED, 0, 0, 0, 0, 0);
    assertThat(open.failed(later(5))).isEqualTo(open);
  }

  @Test
  void who_tries_has_a_minute_and_the_others_wait() {
    Circuit tried = failed(Circuit.CLOSED, 0, 0, 0, 0, 0).tried(later(31));
    assertThat(tried.openAt(later(32))).contains(later(91));
    assertThat(tried.closed().isClear()).isTrue();
  }

  @Test
  void it_stays_open_twice_as_long_each_time_and_ten_minutes_at_most() {
    List<Long> open = new ArrayList<>();
    Circuit circuit = failed(Circuit.CLOSED, 0, 0, 0, 0, 0);
    Instant now = NOW;
    for (int i = 0; i < 7; i++) {
      Instant until = circuit.openUntil().orElseThrow();
      open.add(Duration.between(now, until).toSeconds());
      now = until;
      circuit = circuit.tried(now).stillDown(now);
    }
    assertThat(open).containsExactly(30L, 60L, 120L, 240L, 480L, 600L, 600L);
  }

  private static Circuit failed(Circuit circuit, long... seconds) {
    Circuit after = circuit;
    for (long second : seconds) {
      after = after.failed(later(second));
    }
    return after;
  }

  private static Instant later(long seconds) {
    return NOW.plusSeconds(seconds);
  }
}
