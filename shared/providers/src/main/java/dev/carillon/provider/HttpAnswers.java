package dev.carillon.provider;

import dev.carillon.message.DeliveryStatus;
import java.util.Optional;

/**
 * What an HTTP status means where a provider's own table does not say otherwise.
 *
 * <pre>
 *   2xx                                    accepted, without an id
 *   408 425 429 500 503, other 5xx         deferred: turned away before, or while, it was worked on
 *   502 504 520 524                        ambiguous: a gateway gave up, the service behind it may have it
 *   401 402 403                            misconfigured
 *   3xx                                    misconfigured: redirects are not followed
 *   400 404 405 409 413 415 422, other 4xx rejected
 *   anything else                          ambiguous
 * </pre>
 *
 * RFC 9110; 520 to 524 are Cloudflare's
 * (https://developers.cloudflare.com/support/troubleshooting/http-status-codes/cloudflare-5xx-errors/).
 */
public final class HttpAnswers {
  private HttpAnswers() {}

  /** The reason is the status alone. */
  public static DeliveryResult of(ProviderResponse response) {
    return of(response, "status " + response.status());
  }

  /**
   * @param reason short, as {@link ProviderWords} makes it
   */
  public static DeliveryResult of(ProviderResponse response, String reason) {
    int status = response.status();
    return switch (status) {
      case 401, 402, 403 -> new DeliveryResult.Misconfigured(reason);
      case 408, 425, 429 -> deferred(response, reason);
      case 502, 504, 520, 524 -> new DeliveryResult.Ambiguous(reason);
      default ->
          switch (status / 100) {
            case 2 -> new DeliveryResult.Accepted(Optional.empty(), DeliveryStatus.SENT);
            case 3 -> new DeliveryResult.Misconfigured(reason);
            case 4 -> new DeliveryResult.Rejected(reason);
            case 5 -> deferred(response, reason);
            default -> new DeliveryResult.Ambiguous(reason);
          };
    };
  }

  /** Deferred for as long as the answer's {@code Retry-After} asks. */
  public static DeliveryResult deferred(ProviderResponse response, String reason) {
    return new DeliveryResult.Deferred(reason, RetryAfter.of(response));
  }

  /** Accepted, and sent: what became of it is told later, if at all. */
  public static DeliveryResult sent(Optional<String> externalId) {
    return new DeliveryResult.Accepted(externalId, DeliveryStatus.SENT);
  }
}
