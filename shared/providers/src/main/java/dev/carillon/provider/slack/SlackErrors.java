package dev.carillon.provider.slack;

import dev.carillon.json.Json;
import dev.carillon.provider.DeliveryResult;
import dev.carillon.provider.HttpAnswers;
import dev.carillon.provider.Meaning;
import dev.carillon.provider.ProviderResponse;
import dev.carillon.provider.format.JsonBody;
import java.util.Map;
import java.util.Optional;

/**
 * What Slack's errors mean. Methods of its API answer 200 with {@code "ok": false}; incoming
 * webhooks answer with a status and the error as the text.
 *
 * <p>Sources: https://docs.slack.dev/reference/methods/chat.postMessage#errors,
 * https://docs.slack.dev/reference/methods/users.lookupByEmail#errors,
 * https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks#handling_errors
 */
final class SlackErrors {
  /** {@code error} of a method. */
  private static final Map<String, Meaning> OF_A_METHOD =
      Map.ofEntries(
          Map.entry("channel_not_found", Meaning.BOUNCED),
          Map.entry("not_in_channel", Meaning.BOUNCED),
          Map.entry("is_archived", Meaning.BOUNCED),
          Map.entry("user_not_found", Meaning.BOUNCED),
          Map.entry("users_not_found", Meaning.BOUNCED),
          Map.entry("user_disabled", Meaning.BOUNCED),
          Map.entry("cannot_dm_bot", Meaning.BOUNCED),
          Map.entry("messages_tab_disabled", Meaning.BOUNCED),
          Map.entry("restricted_action", Meaning.BOUNCED),
          Map.entry("restricted_action_read_only_channel", Meaning.BOUNCED),
          Map.entry("restricted_action_thread_only_channel", Meaning.BOUNCED),
          Map.entry("restricted_action_non_threadable_channel", Meaning.BOUNCED),
          Map.entry("invalid_auth", Meaning.MISCONFIGURED),
          Map.entry("not_authed", Meaning.MISCONFIGURED),
          Map.entry("account_inactive", Meaning.MISCONFIGURED),
          Map.entry("token_revoked", Meaning.MISCONFIGURED),
          Map.entry("token_expired", Meaning.MISCONFIGURED),
          Map.entry("missing_scope", Meaning.MISCONFIGURED),
          Map.entry("no_permission", Meaning.MISCONFIGURED),
          Map.entry("org_login_required", Meaning.MISCONFIGURED),
          Map.entry("ekm_access_denied", Meaning.MISCONFIGURED),
          Map.entry("access_denied", Meaning.MISCONFIGURED),
          Map.entry("team_access_not_granted", Meaning.MISCONFIGURED),
          Map.entry("not_allowed_token_type", Meaning.MISCONFIGURED),
          Map.entry("enterprise_is_restricted", Meaning.MISCONFIGURED),
          Map.entry("two_factor_setup_required", Meaning.MISCONFIGURED),
          Map.entry("no_text", Meaning.REJECTED),
          Map.entry("msg_too_long", Meaning.REJECTED),
          Map.entry("msg_blocks_too_long", Meaning.REJECTED),
          Map.entry("invalid_blocks", Meaning.REJECTED),
          Map.entry("invalid_blocks_format", Meaning.REJECTED),
          Map.entry("too_many_attachments", Meaning.REJECTED),
          Map.entry("invalid_arguments", Meaning.REJECTED),
          Map.entry("invalid_json", Meaning.REJECTED),
          Map.entry("json_not_object", Meaning.REJECTED),
          Map.entry("metadata_too_large", Meaning.REJECTED),
          Map.entry("invalid_metadata_format", Meaning.REJECTED),
          Map.entry("thread_not_found", Meaning.REJECTED),
          Map.entry("cannot_reply_to_message", Meaning.REJECTED),
          Map.entry("ratelimited", Meaning.DEFERRED),
          Map.entry("rate_limited", Meaning.DEFERRED),
          Map.entry("message_limit_exceeded", Meaning.DEFERRED),
          Map.entry("internal_error", Meaning.DEFERRED),
          Map.entry("fatal_error", Meaning.DEFERRED),
          Map.entry("service_unavailable", Meaning.DEFERRED),
          Map.entry("request_timeout", Meaning.DEFERRED),
          Map.entry("team_added_to_org", Meaning.DEFERRED));

  /** The text that an incoming webhook answers. */
  private static final Map<String, Meaning> OF_A_WEBHOOK =
      Map.ofEntries(
          Map.entry("invalid_payload", Meaning.REJECTED),
          Map.entry("no_text", Meaning.REJECTED),
          Map.entry("too_many_attachments", Meaning.REJECTED),
          Map.entry("invalid_blocks", Meaning.REJECTED),
          Map.entry("action_prohibited", Meaning.MISCONFIGURED),
          Map.entry("invalid_token", Meaning.MISCONFIGURED),
          Map.entry("posting_to_general_channel_denied", Meaning.MISCONFIGURED),
          Map.entry("user_not_found", Meaning.BOUNCED),
          Map.entry("no_service", Meaning.BOUNCED),
          Map.entry("no_service_id", Meaning.BOUNCED),
          Map.entry("no_team", Meaning.BOUNCED),
          Map.entry("team_disabled", Meaning.BOUNCED),
          Map.entry("channel_not_found", Meaning.BOUNCED),
          Map.entry("channel_is_archived", Meaning.BOUNCED),
          Map.entry("rollup_error", Meaning.DEFERRED));

  private SlackErrors() {}

  /** Of a method, when it does not say {@code "ok": true}. */
  static DeliveryResult ofMethod(ProviderResponse response) {
    Json.Obj answer = JsonBody.object(response);
    String error = answer.text("error").orElse("");
    Meaning meaning = OF_A_METHOD.get(error);
    if (meaning != null) {
      return meaning.of(response, error);
    }
    if (!response.successful()) {
      return HttpAnswers.of(response);
    }
    return Json.FALSE.equals(answer.fields().get("ok"))
        ? new DeliveryResult.Rejected("unknown error")
        : new DeliveryResult.Ambiguous("the answer cannot be read");
  }

  /** Of an incoming webhook; also of the success that is an {@code ok}. */
  static DeliveryResult ofWebhook(ProviderResponse response) {
    if (response.successful()) {
      return HttpAnswers.sent(Optional.empty());
    }
    String error = response.text().strip();
    Meaning meaning = OF_A_WEBHOOK.get(error);
    return meaning == null ? HttpAnswers.of(response) : meaning.of(response, error);
  }
}
