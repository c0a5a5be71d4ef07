package dev.carillon.provider.msteams;

import dev.carillon.provider.CodeMeaning;
import dev.carillon.provider.DeliveryResult;
import dev.carillon.provider.HttpAnswers;
import dev.carillon.provider.JsonBody;
import dev.carillon.provider.ProviderResponse;
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
  private static final Map<String, CodeMeaning> OF_THE_BOT =
      Map.ofEntries(
          Map.entry("BotNotInConversationRoster", CodeMeaning.BOUNCED),
          Map.entry("BotNotInstalled", CodeMeaning.BOUNCED),
          Map.entry("MessageWritesBlocked", CodeMeaning.BOUNCED),
          Map.entry("ConversationNotFound", CodeMeaning.BOUNCED),
          Map.entry("ConversationBlockedByUser", CodeMeaning.BOUNCED),
          Map.entry("BotDisabledByAdmin", CodeMeaning.CHANNEL),
          Map.entry("BotDisabledByPolicy", CodeMeaning.CHANNEL),
          Map.entry("InvalidBotApiHost", CodeMeaning.CHANNEL),
          Map.entry("BadSyntax", CodeMeaning.CONTENT),
          Map.entry("BadArgument", CodeMeaning.CONTENT),
          Map.entry("MessageSizeTooBig", CodeMeaning.CONTENT),
          Map.entry("ServiceError", CodeMeaning.LATER),
          Map.entry("PreconditionFailed", CodeMeaning.LATER));

  /** Statuses of the connector; Microsoft names the first four as those to try again. */
  private static final Map<Integer, CodeMeaning> OF_THE_CONNECTOR =
      Map.of(
          412, CodeMeaning.LATER,
          429, CodeMeaning.LATER,
          502, CodeMeaning.LATER,
          504, CodeMeaning.LATER,
          404, CodeMeaning.BOUNCED);

  /** Statuses of a webhook: its key is part of the URL, so that a wrong one is the URL's fault. */
  private static final Map<Integer, CodeMeaning> OF_A_WEBHOOK =
      Map.of(
          401, CodeMeaning.BOUNCED,
          403, CodeMeaning.BOUNCED,
          404, CodeMeaning.BOUNCED,
          410, CodeMeaning.BOUNCED);

  /** {@code error} of the token endpoint. */
  private static final Set<String> OF_THE_ACCOUNT =
      Set.of("invalid_client", "unauthorized_client", "invalid_request", "invalid_scope");

  /** How a connector says in a 200 that Teams did not take the message. */
  private static final Pattern HIDDEN = Pattern.compile("HTTP error (?<status>[0-9]{3})");

  private TeamsErrors() {}

  static DeliveryResult ofTheBot(ProviderResponse response) {
    String code = JsonBody.object(response).object("error").text("code").orElse("");
    CodeMeaning meaning = OF_THE_BOT.get(code);
    if (meaning != null) {
      return meaning.result(response, code);
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
      Map<Integer, CodeMeaning> table, ProviderResponse response, int status) {
    String reason = "status " + status;
    CodeMeaning meaning = table.get(status);
    if (meaning != null) {
      return meaning.result(response, reason);
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
