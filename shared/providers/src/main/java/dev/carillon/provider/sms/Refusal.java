package dev.carillon.provider.sms;

import dev.carillon.provider.DeliveryResult;
import dev.carillon.provider.HttpAnswers;
import dev.carillon.provider.ProviderResponse;

/** What it means for a text message that its provider did not take it. */
public enum Refusal {
  /** It may be taken later. */
  LATER,
  /** It will never reach this number. The number itself stays: it is the recipient's to change. */
  RECIPIENT,
  /** Credentials, sender or account: all messages of the channel fail alike. */
  CHANNEL,
  /** What it says, or how. */
  MESSAGE;

  public DeliveryResult of(ProviderResponse response, String reason) {
    return switch (this) {
      case LATER -> HttpAnswers.deferred(response, reason);
      case RECIPIENT -> new DeliveryResult.Bounced(reason, false);
      case CHANNEL -> new DeliveryResult.Misconfigured(reason);
      case MESSAGE -> new DeliveryResult.Rejected(reason);
    };
  }
}
