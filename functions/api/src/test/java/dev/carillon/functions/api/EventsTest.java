package dev.carillon.functions.api;

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
      api-audience-members-add, 204, x, null
      api-audience-members-list-unknown, 404, code, resource_missing
      api-audience-members-remove-unknown, 404, code, resource_missing
      api-audit-environment, 200, page_info.__typename, PageInfo
      api-audit-public-key, 403, code, incorrect_token_type
      api-audit-trigger, 200, workflow_run_id, 019b8d62-7a80-847c-b392-78a87c1d1820
      api-audit-unknown-trigger, 404, code, resource_missing
      api-audit-without-since, 422, errors.0.field, since
      api-bulk-operation-get-unknown, 404, code, resource_missing
      api-census-sync-batch, 200, result.record_results.0.success, true
      api-channel-messages-bulk-seen, 200, name, messages.seen
      api-channel-messages-bulk-unknown-action, 422, errors.0.field, action
      api-default, 404, code, route_missing
      api-explain, 200, items.0.outcome, delivered
      api-explain-no-run, 200, reasons.0.code, recipient_unknown
      api-explain-without-recipient, 422, errors.0.field, recipient
      api-hightouch-list-modes, 200, result.modes.1.id, mirror
      api-message-activities, 200, items.0.actor.name, Dennis Nedry
      api-message-archived-delete, 200, __typename, Message
      api-message-archived-put, 200, archived_at, 2026-01-05T09:01:00Z
      api-message-content, 200, data.__typename, MessageEmailContent
      api-message-delivery-logs, 200, items.0.response.body.MessageId, m-1
      api-engagement, 200, total.sent, 0
      api-engagement-broadcast, 200, broadcast, new-year
      api-engagement-wrong-day, 422, errors.0.field, from
      api-email-events, 200, page_info.page_size, 50
      api-email-events-without-id, 422, errors.0.field, email_id
      api-message-events, 200, items.0.type, message.sent
      api-message-get, 200, status, sent
      api-message-get-elsewhere, 404, code, resource_missing
      api-message-interacted-put, 200, interacted_at, 2026-01-05T09:01:00Z
      api-message-interacted-put-nested, 422, errors.0.field, metadata.a
      api-message-read-delete, 200, __typename, Message
      api-message-read-put, 200, read_at, 2026-01-05T09:01:00Z
      api-message-retry-sent, 422, errors.0.field, id
      api-message-retry-unknown, 404, code, resource_missing
      api-message-seen-delete, 200, __typename, Message
      api-message-seen-put, 200, seen_at, 2026-01-05T09:01:00Z
      api-message-unarchived-delete, 200, __typename, Message
      api-message-unread-delete, 200, __typename, Message
      api-message-unseen-delete, 200, __typename, Message
      api-messages-batch-seen, 200, 0.seen_at, 2026-01-05T09:01:00Z
      api-messages-batch-content, 200, 1.data.__typename, MessageInAppFeedContent
      api-messages-list, 200, items.0.channel.key, email
      api-messages-list-by-ids, 200, items.1.recipient, jhammond
      api-messages-list-by-run, 200, items.2.recipient, jhammond
      api-messages-list-public-key, 403, code, incorrect_token_type
      api-messages-list-unknown-parameter, 422, errors.0.field, locale
      api-object-channel-data-put, 200, data.connections.0.channel_id, C1
      api-object-delete, 204, x, null
      api-object-get-unknown, 404, code, resource_missing
      api-object-messages, 200, page_info.__typename, PageInfo
      api-object-preferences-put, 200, categories.collab, false
      api-object-put, 200, properties.name, Rex
      api-object-schedules, 200, page_info.page_size, 50
      api-object-subscriptions-add, 200, 1.recipient.name, Ray Arnold
      api-object-subscriptions-add-nobody, 422, errors.0.field, recipients
      api-object-subscriptions-list, 200, page_info.page_size, 50
      api-object-subscriptions-remove, 200, 0, null
      api-objects-bulk-delete, 200, name, objects.delete
      api-objects-bulk-set, 200, name, objects.set
      api-objects-bulk-subscriptions-add, 200, estimated_total_rows, 1
      api-objects-bulk-subscriptions-delete, 200, status, queued
      api-objects-list, 200, page_info.page_size, 5
      api-openapi, 200, openapi, 3.1.0
      api-run-get, 200, events.1.status, error
      api-run-get-unknown, 404, code, resource_missing
      api-runs-list, 200, items.0.workflow, new-comment
      api-schedules-bulk-create, 200, name, schedules.create
      api-schedules-create, 200, 1.next_occurrence_at, 2026-01-05T16:30:00Z
      api-schedules-create-one-off, 200, 0.actor.name, Dennis Nedry
      api-schedules-create-public-key, 403, code, incorrect_token_type
      api-schedules-create-unknown-workflow, 404, code, workflow_missing
      api-schedules-create-without-time, 200, 0.__typename, Schedule
      api-schedules-create-wrong-rule, 422, errors.0.field, repeats[0].days
      api-schedules-delete, 200, 0.recipient.id, jhammond
      api-schedules-list, 200, entries.0.workflow, new-comment
      api-schedules-list-without-workflow, 422, errors.0.field, workflow
      api-schedules-update, 200, 0.data.foo, bar
      api-schedules-update-to-one-off, 200, 0.next_occurrence_at, 2026-12-22T17:45:00Z
      api-schedules-update-wrong-id, 422, errors.0.field, schedule_ids[0]
      api-suppression-delete-unknown, 404, code, resource_missing
      api-suppression-get-unknown, 404, code, resource_missing
      api-suppressions-list, 200, page_info.page_size, 10
      api-tenant-delete, 204, x, null
      api-tenant-get-unknown, 404, code, resource_missing
      api-tenant-put, 200, settings.preference_set.channel_types.email, false
      api-tenants-bulk-delete, 200, estimated_total_rows, 1
      api-tenants-bulk-set, 200, estimated_total_rows, 1
      api-tenants-list, 200, page_info.__typename, PageInfo
      api-user-channel-data-delete, 204, x, null
      api-user-channel-data-get-unset, 404, code, resource_missing
      api-user-channel-data-put, 200, data.devices.0.token, push_token_1
      api-user-delete, 204, x, null
      api-user-export, 200, __typename, UserExport
      api-user-export-unknown, 404, code, resource_missing
      api-user-get, 200, name, John Hammond
      api-user-get-unknown, 404, code, resource_missing
      api-user-get-without-key, 401, code, api_key_missing
      api-user-get-wrong-key, 401, code, authentication_required
      api-user-merge, 200, name, John Hammond
      api-user-messages, 200, items.0.channel.key, email
      api-user-preferences-delete, 204, x, null
      api-user-preferences-get, 200, id, default
      api-user-preferences-list, 200, 0.__typename, PreferenceSet
      api-user-preferences-put, 200, workflows.new-comment.channel_types.email, false
      api-user-preferences-put-workflow, 200, workflows.new-comment, false
      api-user-preferences-put-wrong, 422, errors.0.field, workflows.new-comment
      api-user-put, 200, plan.tier, gold
      api-user-put-base64, 200, name, John Hammond
      api-user-put-emoji, 200, id, 👩‍🚀 עברית é
      api-user-put-hash-in-id, 422, errors.0.field, id
      api-user-put-malformed, 400, code, invalid_json
      api-user-put-other-id, 422, errors.0.field, id
      api-user-put-public-key, 403, errors.0.field, X-Knock-User-Token
      api-user-schedules, 200, entries.0.repeats.0.frequency, daily
      api-user-subscriptions-list, 200, page_info.page_size, 50
      api-users-bulk-delete, 200, name, users.delete
      api-users-bulk-identify, 200, estimated_total_rows, 2
      api-users-bulk-identify-nobody, 422, errors.0.field, users
      api-users-bulk-preferences, 200, status, queued
      api-users-list, 200, entries.0.__typename, User
      api-waiting-cancel, 200, outcome, cancelled
      api-waiting-cancel-unknown, 404, code, resource_missing
      api-waiting-flush, 200, outcome, flushed
      api-waiting-flush-no-batch, 422, errors.0.field, id
      api-waiting-list, 200, items.0.workflow, new-comment
      api-waiting-list-unknown-type, 422, errors.0.field, type
      api-waiting-send-now, 200, outcome, sent_now
      api-webhook-delete, 204, x, null
      api-webhook-deliveries, 200, items.0.attempts.0.status, 500
      api-webhook-delivery-get-unknown, 404, code, resource_missing
      api-webhook-delivery-replay-unknown, 404, code, resource_missing
      api-webhook-get, 200, event_types.0, message.bounced
      api-webhook-get-unknown, 404, code, resource_missing
      api-webhook-put, 200, disabled_reason, by_hand
      api-webhook-replay, 202, status, queued
      api-webhook-rotate-secret, 200, previous_secret_until, 2026-01-07T09:01:00Z
      api-webhook-test, 200, payload.type, webhook.test
      api-webhooks-create, 200, event_types.1, message.delivered
      api-webhooks-create-plain-http, 422, errors.0.field, url
      api-webhooks-create-public-key, 403, code, incorrect_token_type
      api-webhooks-create-unknown-event, 422, errors.0.field, event_types[0]
      api-webhooks-list, 200, items.0.url, https://hooks.ingen.net/bounces
      """;

  @ParameterizedTest
  @CsvSource(textBlock = EXPECTED)
  void is_answered_as_expected(String event, int status, String field, String value)
      throws IOException {
    var reply = new ApiFixture().waiting().play(EventPayloads.read(event));
    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.text(field)).isEqualTo(value);
  }

  @Test
  void no_payload_is_left_out() throws IOException {
    EventPayloads.assertNoneLeftOut("api-", EXPECTED);
  }
}
