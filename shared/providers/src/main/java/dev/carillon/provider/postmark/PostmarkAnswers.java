package dev.carillon.provider.postmark;

import dev.carillon.json.Json;
import dev.carillon.message.Content;
import dev.carillon.provider.DeliveryRequest;
import dev.carillon.provider.DeliveryResult;
import dev.carillon.provider.HttpAnswers;
import dev.carillon.provider.Meaning;
import dev.carillon.provider.ProviderResponse;
import dev.carillon.provider.ProviderWords;
import dev.carillon.provider.email.EmailParts;
import dev.carillon.provider.format.JsonBody;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What Postmark's error codes mean. They are numbers of its own: 401, 403 or 429 in the body is not
 * the status of that number.
 *
 * <p>https://postmarkapp.com/developer/api/overview#error-codes
 */
final class PostmarkAnswers {
  private static final String INVALID_REQUEST = "300";
  private static final String INACTIVE = "inactive";

  private static final Map<String, Meaning> BY_CODE =
      Map.ofEntries(
          Map.entry("10", Meaning.MISCONFIGURED), // bad or missing token
          Map.entry("100", Meaning.DEFERRED), // maintenance
          Map.entry(INVALID_REQUEST, Meaning.REJECTED), // invalid email request
          Map.entry("400", Meaning.MISCONFIGURED), // sender signature not found
          Map.entry("401", Meaning.MISCONFIGURED), // sender signature not confirmed
          Map.entry("402", Meaning.REJECTED), // invalid JSON
          Map.entry("403", Meaning.REJECTED), // invalid request fields
          Map.entry("405", Meaning.MISCONFIGURED), // out of credits
          Map.entry("406", Meaning.BOUNCED), // inactive recipient
          Map.entry("409", Meaning.REJECTED), // JSON required
          Map.entry("411", Meaning.REJECTED), // forbidden attachment type
          Map.entry("412", Meaning.MISCONFIGURED), // account pending approval
          Map.entry("413", Meaning.MISCONFIGURED), // account may not send
          Map.entry("414", Meaning.MISCONFIGURED), // account suspended
          Map.entry("429", Meaning.DEFERRED)); // too many requests

  private PostmarkAnswers() {}

  static DeliveryResult read(DeliveryRequest<Content.Email> request, ProviderResponse response) {
    Json.Obj body = JsonBody.object(response);
    String code = JsonBody.scalar(body, "ErrorCode").orElse("");
    String message = body.text("Message").orElse("");
    String reason =
        ProviderWords.of(
            request.settings(),
            "status " + response.status(),
            code.isEmpty() ? "" : "code " + code,
            message);
    if (response.successful() && (code.isEmpty() || code.equals("0"))) {
      return accepted(request, body, message, reason);
    }
    if (code.equals(INVALID_REQUEST) && aboutRecipient(message)) {
      return Meaning.DEAD.of(response, reason);
    }
    Meaning otherwise = response.successful() ? Meaning.REJECTED : null;
    return Meaning.of(Optional.ofNullable(BY_CODE.getOrDefault(code, otherwise)), response, reason);
  }

  /** A mail to several is taken though some of them are suppressed, which the message names. */
  private static DeliveryResult accepted(
      DeliveryRequest<Content.Email> request, Json.Obj body, String message, String reason) {
    String lower = message.toLowerCase(Locale.ROOT);
    boolean suppressed =
        lower.contains(INACTIVE)
            && EmailParts.primary(request.content())
                .filter(address -> lower.contains(address.toLowerCase(Locale.ROOT)))
                .isPresent();
    return suppressed
        ? new DeliveryResult.Bounced(reason, false)
        : HttpAnswers.sent(body.text("MessageID"));
  }

  private static boolean aboutRecipient(String message) {
    return message.startsWith("Invalid 'To'") || message.startsWith("Error parsing 'To'");
  }
}
