package dev.carillon.provider.msteams;

import dev.carillon.provider.DeliveryResult;
import dev.carillon.provider.HttpAnswers;
import dev.carillon.provider.Meaning;
import dev.carillon.provider.ProviderResponse;
import dev.carillon.provider.format.JsonBody;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the answers mean that are no success, and of webhooks also those that look like one.
 *
 * <p>Sources:
 * https://learn.microsoft.com/en-us/microsoftteams/platform/bots/how-to/conversations/send-proactive-messages,
 * https://learn.microsoft.com/en-us/microsoftteams/platform/bots/how-to/rate-limit,
 * https://learn.microsoft.com/en-us/entra/identity-platform/reference-error-codes
 */
final class TeamsErrors {
  /** {@code error.code} of the connector. */
  private static final Map<String, Meaning> OF_THE_BOT =
      Map.ofEntries(
          Map.entry("BotNotInConversationRoster", Meaning.BOUNCED),
          Map.entry("BotNotInstalled", Meaning.BOUNCED),
          Map.entry("MessageWritesBlocked", Meaning.BOUNCED),
          Map.entry("ConversationNotFound", Meaning.BOUNCED),
          Map.entry("ConversationBlockedByUser", Meaning.BOUNCED),
          Map.entry("BotDisabledByAdmin", Meaning.MISCONFIGURED),
          Map.entry("BotDisabledByPolicy", Meaning.MISCONFIGURED),
          Map.entry("InvalidBotApiHost", Meaning.MISCONFIGURED),
          Map.entry("BadSyntax", Meaning.REJECTED),
          Map.entry("BadArgument", Meaning.REJECTED),
          Map.entry("MessageSizeTooBig", Meaning.REJECTED),
          Map.entry("ServiceError", Meaning.DEFERRED),
          Map.entry("PreconditionFailed", Meaning.DEFERRED));

  /** Statuses of the connector; Microsoft names the first four as those to try again. */
  private static final Map<Integer, Meaning> OF_THE_CONNECTOR =
      Map.of(
          412, Meaning.DEFERRED,
          429, Meaning.DEFERRED,
          502, Meaning.DEFERRED,
          504, Meaning.DEFERRED,
          404, Meaning.BOUNCED);

  /** Statuses of a webhook: its key is part of the URL, so that a wrong one is the URL's fault. */
  private static final Map<Integer, Meaning> OF_A_WEBHOOK =
      Map.of(
          401, Meaning.BOUNCED,
          403, Meaning.BOUNCED,
          404, Meaning.BOUNCED,
          410, Meaning.BOUNCED);

  /** {@code error} of the token endpoint. */
  private static final Set<String> OF_THE_ACCOUNT =
      Set.of("invalid_client", "unauthorized_client", "invalid_request", "invalid_scope");

  /** How a connector says in a 200 that Teams did not take the message. */
  private static final Pattern HIDDEN = Pattern.compile("HTTP error (?<status>[0-9]{3})");

  private TeamsErrors() {}

  static DeliveryResult ofTheBot(ProviderResponse response) {
    String code = JsonBody.object(response).object("error").text("code").orElse("");
    Meaning meaning = OF_THE_BOT.get(code);
    if (meaning != null) {
      return meaning.of(response, code);
    }
    return byStatus(OF_THE_CONNECTOR, response, response.status());
  }

  static DeliveryResult ofTheToken(ProviderResponse response) {
    String error = JsonBody.object(response).text("error").orElse("");
    return OF_THE_ACCOUNT.contains(error)
        ? new DeliveryResult.Misconfigured("token: " + error)
        : HttpAnswers.of(response, "token: status " + response.status());
  }

  static DeliveryResult ofAWebhook(ProviderResponse response) {
    if (!response.successful()) {
      return byStatus(OF_A_WEBHOOK, response, response.status());
    }
    Matcher hidden = HIDDEN.matcher(response.text());
    return hidden.find()
        ? byStatus(OF_A_WEBHOOK, response, Integer.parseInt(hidden.group("status")))
        : HttpAnswers.sent(Optional.empty());
  }

  private static DeliveryResult byStatus(
      Map<Integer, Meaning> table, ProviderResponse response, int status) {
    String reason = "status " + status;
    Meaning meaning = table.get(status);
    if (meaning != null) {
      return meaning.of(response, reason);
    }
    var answered =
        new ProviderResponse(status, response.headers(), response.body(), response.whole());
    return switch (HttpAnswers.of(answered, reason)) {
      // A failure that says a success hides in it says nothing.
      case DeliveryResult.Accepted _ -> new DeliveryResult.Ambiguous(reason);
      case DeliveryResult other -> other;
    };
  }
}
