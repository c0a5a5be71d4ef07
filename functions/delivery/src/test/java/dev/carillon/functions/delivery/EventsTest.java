package dev.carillon.functions.delivery;

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
      queue-delivery, 1, sent, ''
      queue-delivery-cancelled, 0, not_sent, ''
      queue-delivery-held, 1, sent, ''
      queue-delivery-poison, 1, sent, '{"itemIdentifier":"059f36b4-87a3-44ab-83d2-661975710001"}'
      queue-delivery-retry, 1, sent, ''
      """;

  private final DeliveryFixture dispatch = new DeliveryFixture();

  @ParameterizedTest
  @CsvSource(textBlock = EXPECTED)
  void does_as_expected(String event, int offers, String status, String failures)
      throws IOException {
    if (event.endsWith("cancelled")) {
      dispatch
          .ports
          .triggers()
          .cancel(DeliveryFixture.LOCAL, DeliveryFixture.TRIGGER, DeliveryFixture.ELLIE);
    }
    var handler = new DeliveryHandler(dispatch.ports, dispatch.provider);
    assertThat(EventPayloads.play(event, (in, out) -> handler.handleRequest(in, out, null)))
        .isEqualTo(EventPayloads.batchAnswer(failures));
    assertThat(dispatch.provider.offered()).hasSize(offers);
    assertThat(dispatch.message().status().wireName()).isEqualTo(status);
  }

  @Test
  void no_payload_is_left_out() throws IOException {
    EventPayloads.assertNoneLeftOut("queue-delivery", EXPECTED);
  }
}
