package dev.carillon.functions.steps;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.memory.events.EventPayloads;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Plays each payload in {@code events} that is for this function through its handler. */
class EventsTest {
  private static final String EXPECTED =
      """
      queue-steps, 1, ''
      queue-steps-poison, 1, '{"itemIdentifier":"059f36b4-87a3-44ab-83d2-661975710001"},{"itemIdentifier":"059f36b4-87a3-44ab-83d2-661975710002"}'
      queue-steps-twice, 1, ''
      queue-steps-unknown-trigger, 0, ''
      queue-steps-wake, 0, ''
      """;

  private final StepsFixture stage = new StepsFixture().given(StepsFixture.FEED);

  @ParameterizedTest
  @CsvSource(textBlock = EXPECTED)
  void does_as_expected(String event, int messages, String failures) throws IOException {
    assertThat(
            EventPayloads.play(
                event,
                (in, out) ->
                    new StepsHandler(stage.ports, stage.outside).handleRequest(in, out, null)))
        .isEqualTo(EventPayloads.batchAnswer(failures));
    assertThat(stage.messages()).hasSize(messages);
    assertThat(stage.ports.runs().find(StepsFixture.LOCAL, StepsFixture.RUN).isPresent())
        .isEqualTo(messages > 0);
  }

  @Test
  void no_payload_is_left_out() throws IOException {
    EventPayloads.assertNoneLeftOut("queue-steps", EXPECTED);
  }
}
