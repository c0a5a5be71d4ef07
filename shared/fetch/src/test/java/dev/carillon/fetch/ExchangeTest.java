package dev.carillon.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.fetch.FetchExchange.Answer;
import dev.carillon.json.Json;
import dev.carillon.outbound.OutboundRequest;
import dev.carillon.outbound.OutboundResult;
import dev.carillon.outbound.OutboundResult.End;
import dev.carillon.outbound.OutboundResult.Obstacle;
import dev.carillon.outbound.OutboundResult.Reason;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ExchangeTest {
  private static final OutboundRequest REQUEST =
      new OutboundRequest("GET", "https://api.example/", Map.of(), new byte[0]);

  private static Answer to(OutboundResult outcome) {
    return new FetchExchange(REQUEST, outcome).answer();
  }

  private static OutboundResult answered(int status, byte[] body, End end) {
    return new OutboundResult.Answered(status, Map.of(), body, end);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void whatever_is_not_complete_in_time_is_a_timeout_and_may_be_tried_again() {
    for (OutboundResult late :
        List.of(
            new OutboundResult.TimedOut(),
            new OutboundResult.NotReached(Obstacle.TIME),
            answered(200, utf8("{\"a\": "), End.LATE),
            answered(201, new byte[0], End.LATE))) {
      assertThat(to(late)).isEqualTo(new Answer.TryAgain("timeout"));
    }
  }

  @ParameterizedTest
  @EnumSource(Reason.class)
  void what_may_not_be_asked_is_fatal(Reason reason) {
    assertThat(to(new OutboundResult.Refused(reason))).isInstanceOf(Answer.Fatal.class);
  }

  @Test
  void a_refused_connection_an_unknown_name_and_no_answer_are_fatal() {
    for (OutboundResult outcome :
        List.of(
            new OutboundResult.NotReached(Obstacle.CONNECTION),
            new OutboundResult.NotReached(Obstacle.NAME),
            new OutboundResult.Broken())) {
      assertThat(to(outcome)).isInstanceOf(Answer.Fatal.class);
    }
  }

  @Test
  void a_server_error_may_be_tried_again_however_its_body_ended() {
    for (End end : End.values()) {
      assertThat(to(answered(503, utf8("oops"), end))).isEqualTo(new Answer.TryAgain("status 503"));
    }
  }

  @ParameterizedTest
  @CsvSource({"TOO_LONG, {}", "BROKEN, {}", "BROKEN, ''"})
  void a_success_that_is_not_whole_is_fatal(End end, String body) {
    assertThat(to(answered(200, utf8(body), end))).isInstanceOf(Answer.Fatal.class);
  }

  @Test
  void with_204_nothing_that_comes_counts() {
    for (End end : End.values()) {
      assertThat(to(answered(204, utf8("<html>"), end))).isEqualTo(new Answer.NoContent());
    }
  }

  @Test
  void an_answer_in_another_encoding_than_utf_8_is_no_json() {
    byte[] latin = "{\"a\": \"\u00fc\"}".getBytes(StandardCharsets.ISO_8859_1);
    assertThat(to(answered(200, latin, End.WHOLE))).isInstanceOf(Answer.Fatal.class);
    assertThat(to(answered(200, utf8("{\"a\": \"\u00fc\"}"), End.WHOLE)))
        .isEqualTo(new Answer.Success(Json.object().with("a", "\u00fc")));
  }
}
