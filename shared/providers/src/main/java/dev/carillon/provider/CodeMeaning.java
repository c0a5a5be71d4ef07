package dev.carillon.provider;

import java.time.Duration;
import java.util.Optional;

/** What a code of a provider's own says about the message: the second column of its table. */
public enum CodeMeaning {
  /** Not taken, and may be later. */
  LATER,
  /** This recipient is not to be reached. */
  BOUNCED,
  /** This recipient is not to be reached, since the address or token itself is dead. */
  DEAD,
  /** The channel is at fault. */
  CHANNEL,
  /** What the message says, or how, is wrong. */
  CONTENT;

  /**
   * @param response whose {@code Retry-After} holds for what may be taken later
   */
  public DeliveryResult result(ProviderResponse response, String reason) {
    return result(reason, RetryAfter.of(response));
  }

  /**
   * @param after how long to leave the provider alone, should the message be taken later
   */
  public DeliveryResult result(String reason, Optional<Duration> after) {
    return switch (this) {
      case LATER -> new DeliveryResult.Deferred(reason, after);
      case BOUNCED -> new DeliveryResult.Bounced(reason, false);
      case DEAD -> new DeliveryResult.Bounced(reason, true);
      case CHANNEL -> new DeliveryResult.Misconfigured(reason);
      case CONTENT -> new DeliveryResult.Rejected(reason);
    };
  }
}
