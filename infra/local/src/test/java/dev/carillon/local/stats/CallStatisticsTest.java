package dev.carillon.local.stats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.json.Json;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CallStatisticsTest {
  private final CallStatistics stats = new CallStatistics(Optional.empty());

  @Test
  void each_begun_millisecond_of_an_invocation_is_billed() {
    stats.invoked("steps", false, Duration.ofNanos(1));
    stats.invoked("steps", true, Duration.ofMillis(2));

    assertThat(stats.json().object("steps").fields())
        .containsEntry("invocations", Json.of(2))
        .containsEntry("errors", Json.of(1))
        .containsEntry("billed_ms", new Json.Num(BigDecimal.valueOf(3)));
  }

  @Test
  void what_the_poller_asks_of_the_queue_counts_for_the_function() {
    stats.called("steps", "sqs:ReceiveMessage");
    stats.called("steps", "sqs:ReceiveMessage");

    assertThat(stats.json().object("steps").object("calls").get("sqs:ReceiveMessage"))
        .contains(Json.of(2));
  }
}
