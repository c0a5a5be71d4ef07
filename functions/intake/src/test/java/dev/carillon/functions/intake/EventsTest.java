package dev.carillon.functions.intake;

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
      intake-cancel, 204, ''
      intake-cancel-without-cancellation-key, 422, '"field":"cancellation_key"'
      intake-notify, 200, '"result_id"'
      intake-notify-cancel, 204, ''
      intake-notify-unknown-workflow, 404, '"field":"name"'
      intake-notify-without-name, 422, '"field":"name"'
      intake-source-segment, 204, ''
      intake-source-unknown, 404, '"code":"route_missing"'
      intake-source-without-type, 422, '"field":"body.event"'
      intake-trigger, 200, '"workflow_run_id"'
      intake-trigger-idempotent, 200, '"workflow_run_id"'
      intake-trigger-inline, 200, '"workflow_run_id"'
      intake-trigger-invalid-data, 422, '"field":"data.invoice"'
      intake-trigger-malformed, 400, '"code":"invalid_json"'
      intake-trigger-on-branch, 404, '"code":"branch_not_found"'
      intake-trigger-public-key, 403, '"code":"incorrect_token_type"'
      intake-trigger-unknown-actor, 422, '"code":"actor_missing"'
      intake-trigger-unknown-workflow, 404, '"code":"workflow_missing"'
      intake-trigger-valid-data, 200, '"workflow_run_id"'
      intake-trigger-without-key, 401, '"code":"api_key_missing"'
      intake-trigger-wrong-type, 422, '"field":"recipients[1].id"'
      """;

  private final IntakeFixture desk = new IntakeFixture();

  @ParameterizedTest
  @CsvSource(textBlock = EXPECTED)
  void is_answered_as_expected(String event, int status, String part) throws IOException {
    var answer = desk.play(EventPayloads.read(event));
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.body()).contains(part);
  }

  @Test
  void no_payload_is_left_out() throws IOException {
    EventPayloads.assertNoneLeftOut("intake-", EXPECTED);
  }
}
