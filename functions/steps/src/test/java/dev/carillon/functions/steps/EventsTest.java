package dev.carillon.functions.steps;

import static org.assertj.core.api.Assertions.assertThat;

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
    var out = new ByteArrayOutputStream();
    byte[] payload = Files.readAllBytes(EVENTS.resolve(event + ".json"));
    new StepsHandler(stage.ports, stage.outside)
        .handleRequest(new ByteArrayInputStream(payload), out, null);
    assertThat(out.toString(StandardCharsets.UTF_8))
        .isEqualTo("{\"batchItemFailures\":[" + failures + "]}");
    assertThat(stage.messages()).hasSize(messages);
    assertThat(stage.ports.runs().find(StepsFixture.LOCAL, StepsFixture.RUN).isPresent())
        .isEqualTo(messages > 0);
  }

  @Test
  void no_payload_is_left_out() throws IOException {
    try (var files = Files.newDirectoryStream(EVENTS, "queue-steps*.json")) {
      assertThat(files)
          .map(file -> file.getFileName().toString().replace(".json", ""))
          .containsExactlyInAnyOrderElementsOf(
              EXPECTED.lines().map(line -> line.substring(0, line.indexOf(','))).toList());
    }
  }
}
