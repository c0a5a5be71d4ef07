package dev.carillon.provider.slack;

import dev.carillon.json.Json;
import dev.carillon.provider.CodeMeaning;
import dev.carillon.provider.DeliveryResult;
import dev.carillon.provider.HttpAnswers;
import dev.carillon.provider.JsonBody;
import dev.carillon.provider.ProviderResponse;
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
  private static final Map<String, CodeMeaning> OF_A_METHOD =
      Map.ofEntries(
          Map.entry("channel_not_found", CodeMeaning.BOUNCED),
          Map.entry("not_in_channel", CodeMeaning.BOUNCED),
          Map.entry("is_archived", CodeMeaning.BOUNCED),
          Map.entry("user_not_found", CodeMeaning.BOUNCED),
          Map.entry("users_not_found", CodeMeaning.BOUNCED),
          Map.entry("user_disabled", CodeMeaning.BOUNCED),
          Map.entry("cannot_dm_bot", CodeMeaning.BOUNCED),
          Map.entry("messages_tab_disabled", CodeMeaning.BOUNCED),
          Map.entry("restricted_action", CodeMeaning.BOUNCED),
          Map.entry("restricted_action_read_only_channel", CodeMeaning.BOUNCED),
          Map.entry("restricted_action_thread_only_channel", CodeMeaning.BOUNCED),
          Map.entry("restricted_action_non_threadable_channel", CodeMeaning.BOUNCED),
          Map.entry("invalid_auth", CodeMeaning.CHANNEL),
          Map.entry("not_authed", CodeMeaning.CHANNEL),
          Map.entry("account_inactive", CodeMeaning.CHANNEL),
          Map.entry("token_revoked", CodeMeaning.CHANNEL),
          Map.entry("token_expired", CodeMeaning.CHANNEL),
          Map.entry("missing_scope", CodeMeaning.CHANNEL),
          Map.entry("no_permission", CodeMeaning.CHANNEL),
          Map.entry("org_login_required", CodeMeaning.CHANNEL),
          Map.entry("ekm_access_denied", CodeMeaning.CHANNEL),
          Map.entry("access_denied", CodeMeaning.CHANNEL),
          Map.entry("team_access_not_granted", CodeMeaning.CHANNEL),
          Map.entry("not_allowed_token_type", CodeMeaning.CHANNEL),
          Map.entry("enterprise_is_restricted", CodeMeaning.CHANNEL),
          Map.entry("two_factor_setup_required", CodeMeaning.CHANNEL),
          Map.entry("no_text", CodeMeaning.CONTENT),
          Map.entry("msg_too_long", CodeMeaning.CONTENT),
          Map.entry("msg_blocks_too_long", CodeMeaning.CONTENT),
          Map.entry("invalid_blocks", CodeMeaning.CONTENT),
          Map.entry("invalid_blocks_format", CodeMeaning.CONTENT),
          Map.entry("too_many_attachments", CodeMeaning.CONTENT),
          Map.entry("invalid_arguments", CodeMeaning.CONTENT),
          Map.entry("invalid_json", CodeMeaning.CONTENT),
          Map.entry("json_not_object", CodeMeaning.CONTENT),
          Map.entry("metadata_too_large", CodeMeaning.CONTENT),
          Map.entry("invalid_metadata_format", CodeMeaning.CONTENT),
          Map.entry("thread_not_found", CodeMeaning.CONTENT),
          Map.entry("cannot_reply_to_message", CodeMeaning.CONTENT),
          Map.entry("ratelimited", CodeMeaning.LATER),
          Map.entry("rate_limited", CodeMeaning.LATER),
          Map.entry("message_limit_exceeded", CodeMeaning.LATER),
          Map.entry("internal_error", CodeMeaning.LATER),
          Map.entry("fatal_error", CodeMeaning.LATER),
          Map.entry("service_unavailable", CodeMeaning.LATER),
          Map.entry("request_timeout", CodeMeaning.LATER),
          Map.entry("team_added_to_org", CodeMeaning.LATER));

  /** The text that an incoming webhook answers. */
  private static final Map<String, CodeMeaning> OF_A_WEBHOOK =
      Map.ofEntries(
          Map.entry("invalid_payload", CodeMeaning.CONTENT),
          Map.entry("no_text", CodeMeaning.CONTENT),
          Map.entry("too_many_attachments", CodeMeaning.CONTENT),
          Map.entry("invalid_blocks", CodeMeaning.CONTENT),
          Map.entry("action_prohibited", CodeMeaning.CHANNEL),
          Map.entry("invalid_token", CodeMeaning.CHANNEL),
          Map.entry("posting_to_general_channel_denied", CodeMeaning.CHANNEL),
          Map.entry("user_not_found", CodeMeaning.BOUNCED),
          Map.entry("no_service", CodeMeaning.BOUNCED),
          Map.entry("no_service_id", CodeMeaning.BOUNCED),
          Map.entry("no_team", CodeMeaning.BOUNCED),
          Map.entry("team_disabled", CodeMeaning.BOUNCED),
          Map.entry("channel_not_found", CodeMeaning.BOUNCED),
          Map.entry("channel_is_archived", CodeMeaning.BOUNCED),
          Map.entry("rollup_error", CodeMeaning.LATER));

  private SlackErrors() {}

  /** Of a method, when it does not say {@code "ok": true}. */
  static DeliveryResult ofMethod(ProviderResponse response) {
    Json.Obj answer = JsonBody.object(response);
    String error = answer.text("error").orElse("");
    CodeMeaning meaning = OF_A_METHOD.get(error);
    if (meaning != null) {
      return meaning.result(response, error);
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
    CodeMeaning meaning = OF_A_WEBHOOK.get(error);
    return meaning == null ? HttpAnswers.of(response) : meaning.result(response, error);
  }
}
