package dev.carillon.functions.callbacks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.message.DeliveryStatus;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Plays each payload in {@code events} that is for this function through its handler. */
class EventsTest {
  private static final Path EVENTS = Path.of("..", "..", "events");

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

  private final CallbacksFixture counter = new CallbacksFixture(DeliveryStatus.SENT);

  @ParameterizedTest
  @CsvSource(textBlock = EXPECTED)
  void does_as_expected(String event, String status, String failures) throws IOException {
    var out = new ByteArrayOutputStream();
    byte[] payload = Files.readAllBytes(EVENTS.resolve(event + ".json"));
    new CallbacksHandler(counter.ports).handleRequest(new ByteArrayInputStream(payload), out, null);
    assertThat(out.toString(StandardCharsets.UTF_8))
        .isEqualTo("{\"batchItemFailures\":[" + failures + "]}");
    assertThat(counter.message().status().wireName()).isEqualTo(status);
  }

  @Test
  void no_payload_is_left_out() throws IOException {
    try (var files = Files.newDirectoryStream(EVENTS, "queue-callbacks*.json")) {
      assertThat(files)
          .map(file -> file.getFileName().toString().replace(".json", ""))
          .containsExactlyInAnyOrderElementsOf(
              EXPECTED.lines().map(line -> line.substring(0, line.indexOf(','))).toList());
    }
  }
}
