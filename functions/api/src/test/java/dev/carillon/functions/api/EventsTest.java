package dev.carillon.functions.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
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
      api-audit-environment, 200, page_info.__typename, PageInfo
      api-audit-public-key, 403, code, incorrect_token_type
      api-audit-trigger, 200, workflow_run_id, 019b8d62-7a80-847c-b392-78a87c1d1820
      api-audit-unknown-trigger, 404, code, resource_missing
      api-audit-without-since, 422, errors.0.field, since
      api-default, 404, code, route_missing
      api-explain, 200, items.0.outcome, delivered
      api-explain-no-run, 200, reasons.0.code, recipient_unknown
      api-explain-without-recipient, 422, errors.0.field, recipient
      api-message-activities, 200, items.0.actor.name, Dennis Nedry
      api-message-archived-delete, 200, __typename, Message
      api-message-archived-put, 200, archived_at, 2026-01-05T09:01:00Z
      api-message-content, 200, data.__typename, MessageEmailContent
      api-message-delivery-logs, 200, items.0.response.body.MessageId, m-1
      api-message-events, 200, items.0.type, message.sent
      api-message-get, 200, status, sent
      api-message-get-elsewhere, 404, code, resource_missing
      api-message-interacted-put, 200, read_at, 2026-01-05T09:01:00Z
      api-message-interacted-put-nested, 422, errors.0.field, metadata.a
      api-message-read-delete, 200, __typename, Message
      api-message-read-put, 200, read_at, 2026-01-05T09:01:00Z
      api-message-seen-delete, 200, __typename, Message
      api-message-seen-put, 200, seen_at, 2026-01-05T09:01:00Z
      api-messages-batch-seen, 200, 0.seen_at, 2026-01-05T09:01:00Z
      api-messages-batch-content, 200, 1.data.__typename, MessageInAppFeedContent
      api-messages-list, 200, items.0.channel.key, email
      api-messages-list-by-ids, 200, items.1.recipient, jhammond
      api-messages-list-by-run, 200, items.2.recipient, jhammond
      api-messages-list-public-key, 403, code, incorrect_token_type
      api-messages-list-unknown-parameter, 422, errors.0.field, locale
      api-object-schedules, 200, page_info.page_size, 50
      api-run-get, 200, events.1.status, error
      api-run-get-unknown, 404, code, resource_missing
      api-runs-list, 200, items.0.workflow, new-comment
      api-schedules-create, 200, 1.next_occurrence_at, 2026-01-05T16:30:00Z
      api-schedules-create-one-off, 200, 0.actor.name, Dennis Nedry
      api-schedules-create-public-key, 403, code, incorrect_token_type
      api-schedules-create-unknown-workflow, 404, code, workflow_missing
      api-schedules-create-without-time, 422, errors.0.field, repeats
      api-schedules-create-wrong-rule, 422, errors.0.field, repeats[0].days
      api-schedules-delete, 200, 0.recipient.id, jhammond
      api-schedules-list, 200, entries.0.workflow, new-comment
      api-schedules-list-without-workflow, 422, errors.0.field, workflow
      api-schedules-update, 200, 0.data.foo, bar
      api-schedules-update-to-one-off, 200, 0.next_occurrence_at, 2026-12-22T17:45:00Z
      api-schedules-update-wrong-id, 422, errors.0.field, schedule_ids[0]
      api-user-get, 200, name, John Hammond
      api-user-get-unknown, 404, code, resource_missing
      api-user-get-without-key, 401, code, api_key_missing
      api-user-get-wrong-key, 401, code, authentication_required
      api-user-put, 200, plan.tier, gold
      api-user-put-base64, 200, name, John Hammond
      api-user-put-emoji, 200, id, 👩‍🚀 עברית é
      api-user-put-hash-in-id, 422, errors.0.field, id
      api-user-put-malformed, 400, code, invalid_json
      api-user-put-other-id, 422, errors.0.field, id
      api-user-put-public-key, 403, errors.0.field, X-Knock-User-Token
      api-user-schedules, 200, entries.0.repeats.0.frequency, daily
      api-waiting-cancel, 200, outcome, cancelled
      api-waiting-cancel-unknown, 404, code, resource_missing
      api-waiting-flush, 200, outcome, flushed
      api-waiting-flush-no-batch, 422, errors.0.field, id
      api-waiting-list, 200, items.0.workflow, new-comment
      api-waiting-list-unknown-type, 422, errors.0.field, type
      api-waiting-send-now, 200, outcome, sent_now
      api-workflow-activate, 200, workflow.key, new-comment
      api-workflow-activate-elsewhere, 422, errors.0.field, environment
      api-workflow-activate-unknown, 404, code, workflow_missing
      """;

  @ParameterizedTest
  @CsvSource(textBlock = EXPECTED)
  void is_answered_as_expected(String event, int status, String field, String value)
      throws IOException {
    var reply =
        new ApiFixture().waiting().play(Files.readAllBytes(EVENTS.resolve(event + ".json")));
    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.text(field)).isEqualTo(value);
  }

  @Test
  void no_payload_is_left_out() throws IOException {
    try (var files = Files.newDirectoryStream(EVENTS, "api-*.json")) {
      assertThat(files)
          .map(file -> file.getFileName().toString().replace(".json", ""))
          .containsExactlyInAnyOrderElementsOf(
              EXPECTED.lines().map(line -> line.substring(0, line.indexOf(','))).toList());
    }
  }
}
