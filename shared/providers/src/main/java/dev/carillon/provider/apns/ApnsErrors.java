package dev.carillon.provider.apns;

import dev.carillon.provider.CodeMeaning;
import dev.carillon.provider.DeliveryRequest;
import dev.carillon.provider.DeliveryResult;
import dev.carillon.provider.HttpAnswers;
import dev.carillon.provider.JsonBody;
import dev.carillon.provider.ProviderResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * What Apple's reasons mean.
 *
 * <p>Source:
 * https://developer.apple.com/documentation/usernotifications/handling-notification-responses-from-apns
 */
final class ApnsErrors {
  private static final String EXPIRED_TOKEN_OF_OURS = "ExpiredProviderToken";
  private static final String TOO_MANY_TOKENS = "TooManyProviderTokenUpdates";

  /** By {@code reason}. */
  private static final Map<String, CodeMeaning> REASONS =
      Map.ofEntries(
          Map.entry("BadDeviceToken", CodeMeaning.DEAD),
          Map.entry("DeviceTokenNotForTopic", CodeMeaning.DEAD),
          Map.entry("Unregistered", CodeMeaning.DEAD),
          Map.entry("ExpiredToken", CodeMeaning.DEAD),
          Map.entry("MissingDeviceToken", CodeMeaning.DEAD),
          Map.entry("MissingTopic", CodeMeaning.CHANNEL),
          Map.entry("BadTopic", CodeMeaning.CHANNEL),
          Map.entry("TopicDisallowed", CodeMeaning.CHANNEL),
          Map.entry("BadCertificate", CodeMeaning.CHANNEL),
          Map.entry("BadCertificateEnvironment", CodeMeaning.CHANNEL),
          Map.entry(EXPIRED_TOKEN_OF_OURS, CodeMeaning.CHANNEL),
          Map.entry("InvalidProviderToken", CodeMeaning.CHANNEL),
          Map.entry("MissingProviderToken", CodeMeaning.CHANNEL),
          Map.entry("UnrelatedKeyIdInToken", CodeMeaning.CHANNEL),
          Map.entry("BadEnvironmentKeyIdInToken", CodeMeaning.CHANNEL),
          Map.entry("Forbidden", CodeMeaning.CHANNEL),
          Map.entry("PayloadEmpty", CodeMeaning.CONTENT),
          Map.entry("PayloadTooLarge", CodeMeaning.CONTENT),
          Map.entry("BadCollapseId", CodeMeaning.CONTENT),
          Map.entry("BadExpirationDate", CodeMeaning.CONTENT),
          Map.entry("BadMessageId", CodeMeaning.CONTENT),
          Map.entry("BadPriority", CodeMeaning.CONTENT),
          Map.entry("InvalidPushType", CodeMeaning.CONTENT),
          Map.entry("DuplicateHeaders", CodeMeaning.CONTENT),
          Map.entry("BadPath", CodeMeaning.CONTENT),
          Map.entry("MethodNotAllowed", CodeMeaning.CONTENT),
          Map.entry("IdleTimeout", CodeMeaning.LATER),
          Map.entry("TooManyRequests", CodeMeaning.LATER),
          Map.entry(TOO_MANY_TOKENS, CodeMeaning.LATER),
          Map.entry("InternalServerError", CodeMeaning.LATER),
          Map.entry("ServiceUnavailable", CodeMeaning.LATER),
          Map.entry("Shutdown", CodeMeaning.LATER));

  /** How long Apple wants a token kept. */
  private static final Duration TOKEN_WAIT = Duration.ofMinutes(20);

  private ApnsErrors() {}

  static DeliveryResult of(DeliveryRequest<?> request, ProviderResponse response) {
    String reason = JsonBody.object(response).text("reason").orElse("");
    CodeMeaning meaning = REASONS.get(reason);
    if (meaning == null) {
      return HttpAnswers.of(response);
    }
    if (reason.equals(EXPIRED_TOKEN_OF_OURS) && request.message().attempt() == 1) {
      // The next attempt may fall into the next period, and has a new token then.
      return new DeliveryResult.Deferred(reason, Optional.empty());
    }
    return reason.equals(TOO_MANY_TOKENS)
        ? meaning.result(reason, Optional.of(TOKEN_WAIT))
        : meaning.result(response, reason);
  }
}
