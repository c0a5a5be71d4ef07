package dev.carillon.storage.dynamo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.runtime.Overloaded;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Who always finds somebody else first gives up in a way that callers are told to come again. */
class OptimisticRetryTest {
  private final List<Duration> pauses = new ArrayList<>();
  private final OptimisticRetry retry = new OptimisticRetry(pauses::add);

  @Test
  void who_is_never_first_gives_up_as_overloaded_after_pauses_of_ten_seconds_at_most() {
    var asked = new ArrayList<Integer>();
    assertThatThrownBy(
            () ->
                retry.until(
                    "Ada",
                    () -> {
                      asked.add(1);
                      return Optional.empty();
                    }))
        .isInstanceOf(Overloaded.class)
        .hasMessageContaining("Ada");
    assertThat(asked).hasSize(20);
    assertThat(pauses).hasSize(19).allMatch(it -> it.compareTo(Duration.ofSeconds(1)) < 0);
  }

  @Test
  void who_is_first_the_third_time_is_told_so() {
    var left = new ArrayList<>(List.of(Optional.empty(), Optional.empty(), Optional.of("done")));
    assertThat(retry.until("Ada", left::removeFirst)).isEqualTo("done");
    assertThat(pauses).hasSize(2);
  }
}
