package dev.carillon.functions.sockets;

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
      socket-connect| {"statusCode":200}
      socket-connect-junk-token| {"statusCode":403}
      socket-connect-without-key| {"statusCode":401}
      socket-connect-wrong-key| {"statusCode":401}
      socket-disconnect| {"statusCode":200}
      socket-message-heartbeat| {"statusCode":200,"body":"[null,\\"9\\",\\"phoenix\\",\\"phx_reply\\",{\\"status\\":\\"ok\\",\\"response\\":{}}]"}
      socket-message-join| {"statusCode":200,"body":"[\\"7\\",\\"7\\",\\"feeds:8f14e45f-ceea-467f-a0e6-000000000002:jhammond\\",\\"phx_reply\\",{\\"status\\":\\"ok\\",\\"response\\":{}}]"}
      socket-message-join-guides| {"statusCode":200,"body":"[\\"11\\",\\"11\\",\\"guides:8f14e45f-ceea-467f-a0e6-000000000009\\",\\"phx_reply\\",{\\"status\\":\\"ok\\",\\"response\\":{}}]"}
      socket-message-join-unknown-channel| {"statusCode":200,"body":"[\\"7\\",\\"7\\",\\"feeds:8f14e45f-ceea-467f-a0e6-00000000000f:jhammond\\",\\"phx_reply\\",{\\"status\\":\\"error\\",\\"response\\":{\\"reason\\":\\"channel_invalid\\",\\"fields\\":[\\"channel_id is not an in-app feed channel\\"]}}]"}
      socket-message-leave| {"statusCode":200,"body":"[\\"7\\",\\"12\\",\\"feeds:8f14e45f-ceea-467f-a0e6-000000000002:jhammond\\",\\"phx_reply\\",{\\"status\\":\\"ok\\",\\"response\\":{}}]"}
      socket-message-malformed| {"statusCode":200,"body":"[null,null,\\"phoenix\\",\\"phx_reply\\",{\\"status\\":\\"error\\",\\"response\\":{\\"reason\\":\\"malformed\\"}}]"}
      """;

  @ParameterizedTest
  @CsvSource(textBlock = EXPECTED, delimiter = '|', quoteCharacter = '\0')
  void is_answered_as_expected(String event, String answer) throws IOException {
    var pier = new SocketsFixture();
    if (!event.startsWith("socket-connect")) {
      pier.connect();
    }
    assertThat(EventPayloads.play(event, (in, out) -> pier.handler.handleRequest(in, out, null)))
        .isEqualTo(answer);
  }

  @Test
  void no_payload_is_left_out() throws IOException {
    EventPayloads.assertNoneLeftOut("socket-", EXPECTED.replace('|', ','));
  }
}
