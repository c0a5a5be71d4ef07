package dev.carillon.provider.webhook;

import dev.carillon.message.DeliveryStatus;
import dev.carillon.provider.DeliveryResult;
import dev.carillon.provider.Meaning;
import dev.carillon.provider.ProviderResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * What a customer's endpoint means by a status. Nobody documents it for each, so that it is what
 * HTTP says (RFC 9110, 15), and what may have been worked on is not taken for turned away.
 */
final class WebhookAnswers {
  /** Other 4xx are rejected; the rest, redirects among it, may be mended by then. */
  private static final Map<Integer, Meaning> STATUSES =
      Map.of(
          408, Meaning.DEFERRED,
          425, Meaning.DEFERRED,
          429, Meaning.DEFERRED,
          503, Meaning.DEFERRED,
          502, Meaning.AMBIGUOUS,
          504, Meaning.AMBIGUOUS);

  private WebhookAnswers() {}

  static DeliveryResult read(ProviderResponse response) {
    if (response.successful()) {
      return new DeliveryResult.Accepted(Optional.empty(), DeliveryStatus.DELIVERED);
    }
    String reason = "status " + response.status();
    Meaning meaning =
        STATUSES.getOrDefault(
            response.status(), response.status() / 100 == 4 ? Meaning.REJECTED : Meaning.DEFERRED);
    return meaning == Meaning.DEFERRED
        ? new DeliveryResult.Deferred(reason, retryAfter(response))
        : meaning.of(response, reason);
  }

  /** Whole seconds only; a date would depend on the receiver's clock. */
  private static Optional<Duration> retryAfter(ProviderResponse response) {
    return response
        .header("retry-after")
        .map(String::strip)
        .filter(text -> text.matches("[0-9]{1,9}"))
        .map(text -> Duration.ofSeconds(Long.parseLong(text)));
  }
}
