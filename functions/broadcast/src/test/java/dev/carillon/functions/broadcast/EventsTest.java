package dev.carillon.functions.broadcast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.memory.events.EventPayloads;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Plays each payload in {@code events} that is for this function through its handler. */
class EventsTest {
  /** How much is pushed to the one who watches. */
  private static final String EXPECTED =
      """
      queue-broadcast, 1, ''
      queue-broadcast-greet, 1, ''
      queue-broadcast-poison, 0, '{"itemIdentifier":"059f36b4-87a3-44ab-83d2-661975710000"}'
      queue-broadcast-unwatched, 0, ''
      """;

  @ParameterizedTest
  @CsvSource(textBlock = EXPECTED)
  void does_as_expected(String event, int pushes, String failures) throws IOException {
    var pier = new BroadcastFixture();
    pier.watch("Xk203eQhliACIhw=", "{'client_a':{}}");
    pier.item("t1");
    assertThat(
            EventPayloads.play(
                event, (in, out) -> new BroadcastHandler(pier.ports).handleRequest(in, out, null)))
        .isEqualTo(EventPayloads.batchAnswer(failures));
    assertThat(pier.ports.pushToConnection().sent()).hasSize(pushes);
  }

  @Test
  void no_payload_is_left_out() throws IOException {
    EventPayloads.assertNoneLeftOut("queue-broadcast", EXPECTED);
  }
}
