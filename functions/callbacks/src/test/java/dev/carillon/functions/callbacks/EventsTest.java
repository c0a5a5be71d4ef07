package dev.carillon.functions.callbacks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.json.Json;
import dev.carillon.memory.events.EventPayloads;
import dev.carillon.message.DeliveryStatus;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Plays each payload in {@code events} that is for this function through its handler. */
class EventsTest {
  private static final String EXPECTED =
      """
      queue-callbacks-bounce, bounced, ''
      queue-callbacks-bounce-after-delivery, bounced, ''
      queue-callbacks-complaint, sent, ''
      queue-callbacks-delivery, delivered, ''
      queue-callbacks-foreign, sent, ''
      queue-callbacks-unknown-message, sent, ''
      queue-callbacks-validation, delivered, ''
      """;

  private static final String POSTED =
      """
      callbacks-nobody, 404, sent
      callbacks-postmark-delivery, 200, delivered
      callbacks-postmark-forged, 401, sent
      callbacks-postmark-unknown-message, 200, sent
      """;

  private final CallbacksFixture counter = new CallbacksFixture(DeliveryStatus.SENT);

  @ParameterizedTest
  @CsvSource(textBlock = EXPECTED)
  void does_as_expected(String event, String status, String failures) throws IOException {
    assertThat(
            EventPayloads.play(
                event,
                (in, out) -> new CallbacksHandler(counter.ports, "").handleRequest(in, out, null)))
        .isEqualTo(EventPayloads.batchAnswer(failures));
    assertThat(counter.message().status().wireName()).isEqualTo(status);
  }

  @ParameterizedTest
  @CsvSource(textBlock = POSTED)
  void answers_as_expected(String event, String answered, String status) throws IOException {
    counter.reportedBy(
        "email_postmark", Json.object().with("webhook_secret", "a-secret-of-reports"));
    assertThat(
            EventPayloads.play(
                event,
                (in, out) ->
                    new CallbacksHandler(counter.ports, "https://api.example")
                        .handleRequest(in, out, null)))
        .contains("\"statusCode\":" + answered);
    assertThat(counter.message().status().wireName()).isEqualTo(status);
  }

  @Test
  void no_payload_is_left_out() throws IOException {
    EventPayloads.assertNoneLeftOut("callbacks-", POSTED);
    EventPayloads.assertNoneLeftOut("queue-callbacks", EXPECTED);
  }
}
