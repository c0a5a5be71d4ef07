package dev.carillon.provider;

import java.util.Optional;

/** What a code of a provider's means, for tables of codes: a correction is one line. */
public enum Meaning {
  /** Try again later. */
  DEFERRED,
  /** Not this message to this recipient; the address itself may be good. */
  BOUNCED,
  /** The address or token itself is dead. */
  DEAD,
  MISCONFIGURED,
  REJECTED,
  /** It may have been sent. */
  AMBIGUOUS;

  /**
   * @param response whose {@code Retry-After} counts where it is deferred
   * @param reason as {@link ProviderWords} makes it
   */
  public DeliveryResult of(ProviderResponse response, String reason) {
    return switch (this) {
      case DEFERRED -> HttpAnswers.deferred(response, reason);
      case BOUNCED -> new DeliveryResult.Bounced(reason, false);
      case DEAD -> new DeliveryResult.Bounced(reason, true);
      case MISCONFIGURED -> new DeliveryResult.Misconfigured(reason);
      case REJECTED -> new DeliveryResult.Rejected(reason);
      case AMBIGUOUS -> new DeliveryResult.Ambiguous(reason);
    };
  }

  /** The meaning of a code, or that of the status where the code has none. */
  public static DeliveryResult of(
      Optional<Meaning> code, ProviderResponse response, String reason) {
    return code.map(meaning -> meaning.of(response, reason))
        .orElseGet(() -> HttpAnswers.of(response, reason));
  }
}
