package dev.carillon.functions.wake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.memory.events.EventPayloads;
import dev.carillon.task.WakeTask;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Plays each payload in {@code events} that is for this function through its handler. */
class EventsTest {
  /** How many drains and wakes follow. */
  private static final String EXPECTED =
      """
      queue-wake-drain, 0, 1, ''
      queue-wake-poison, 0, 0, '{"itemIdentifier":"059f36b4-87a3-44ab-83d2-661975710000"}'
      queue-wake-schedule, 16, 0, ''
      queue-wake-sweep, 0, 1, ''
      """;

  private final Belfry belfry = new Belfry();

  @ParameterizedTest
  @CsvSource(textBlock = EXPECTED)
  void does_as_expected(String event, int drains, int wakes, String failures) throws IOException {
    // The first user whose run is in the shard that the payload names.
    for (int i = 0; belfry.ports.timers().all().isEmpty(); i++) {
      var item = Belfry.wait("user-" + i, Belfry.NOW);
      if (item.shard() == 3) {
        belfry.given(item);
      }
    }
    if (event.endsWith("sweep")) {
      belfry.clock.advance(Duration.ofMinutes(3));
    }
    assertThat(
            EventPayloads.play(
                event, (in, out) -> new WakeHandler(belfry.ports).handleRequest(in, out, null)))
        .isEqualTo(EventPayloads.batchAnswer(failures));
    assertThat(belfry.ports.tasks().queued().stream().filter(WakeTask.Drain.class::isInstance))
        .hasSize(drains);
    assertThat(belfry.wakes()).hasSize(wakes);
  }

  @Test
  void no_payload_is_left_out() throws IOException {
    EventPayloads.assertNoneLeftOut("queue-wake", EXPECTED);
  }
}
