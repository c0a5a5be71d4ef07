package dev.carillon.provider.apns;

import dev.carillon.provider.DeliveryRequest;
import dev.carillon.provider.DeliveryResult;
import dev.carillon.provider.HttpAnswers;
import dev.carillon.provider.Meaning;
import dev.carillon.provider.ProviderResponse;
import dev.carillon.provider.format.JsonBody;
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
  private static final Map<String, Meaning> REASONS =
      Map.ofEntries(
          Map.entry("BadDeviceToken", Meaning.DEAD),
          Map.entry("DeviceTokenNotForTopic", Meaning.DEAD),
          Map.entry("Unregistered", Meaning.DEAD),
          Map.entry("ExpiredToken", Meaning.DEAD),
          Map.entry("MissingDeviceToken", Meaning.DEAD),
          Map.entry("MissingTopic", Meaning.MISCONFIGURED),
          Map.entry("BadTopic", Meaning.MISCONFIGURED),
          Map.entry("TopicDisallowed", Meaning.MISCONFIGURED),
          Map.entry("BadCertificate", Meaning.MISCONFIGURED),
          Map.entry("BadCertificateEnvironment", Meaning.MISCONFIGURED),
          Map.entry(EXPIRED_TOKEN_OF_OURS, Meaning.MISCONFIGURED),
          Map.entry("InvalidProviderToken", Meaning.MISCONFIGURED),
          Map.entry("MissingProviderToken", Meaning.MISCONFIGURED),
          Map.entry("UnrelatedKeyIdInToken", Meaning.MISCONFIGURED),
          Map.entry("BadEnvironmentKeyIdInToken", Meaning.MISCONFIGURED),
          Map.entry("Forbidden", Meaning.MISCONFIGURED),
          Map.entry("PayloadEmpty", Meaning.REJECTED),
          Map.entry("PayloadTooLarge", Meaning.REJECTED),
          Map.entry("BadCollapseId", Meaning.REJECTED),
          Map.entry("BadExpirationDate", Meaning.REJECTED),
          Map.entry("BadMessageId", Meaning.REJECTED),
          Map.entry("BadPriority", Meaning.REJECTED),
          Map.entry("InvalidPushType", Meaning.REJECTED),
          Map.entry("DuplicateHeaders", Meaning.REJECTED),
          Map.entry("BadPath", Meaning.REJECTED),
          Map.entry("MethodNotAllowed", Meaning.REJECTED),
          Map.entry("IdleTimeout", Meaning.DEFERRED),
          Map.entry("TooManyRequests", Meaning.DEFERRED),
          Map.entry(TOO_MANY_TOKENS, Meaning.DEFERRED),
          Map.entry("InternalServerError", Meaning.DEFERRED),
          Map.entry("ServiceUnavailable", Meaning.DEFERRED),
          Map.entry("Shutdown", Meaning.DEFERRED));

  /** How long Apple wants a token kept. */
  private static final Duration TOKEN_WAIT = Duration.ofMinutes(20);

  private ApnsErrors() {}

  static DeliveryResult of(DeliveryRequest<?> request, ProviderResponse response) {
    String reason = JsonBody.object(response).text("reason").orElse("");
    Meaning meaning = REASONS.get(reason);
    if (meaning == null) {
      return HttpAnswers.of(response);
    }
    if (reason.equals(EXPIRED_TOKEN_OF_OURS) && request.message().attempt() == 1) {
      // The next attempt may fall into the next period, and has a new token then.
      return new DeliveryResult.Deferred(reason, Optional.empty());
    }
    return reason.equals(TOO_MANY_TOKENS)
        ? new DeliveryResult.Deferred(reason, Optional.of(TOKEN_WAIT))
        : meaning.of(response, reason);
  }
}
