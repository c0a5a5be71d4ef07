package dev.carillon.provider;

import dev.carillon.message.DeliveryStatus;
import java.time.Duration;
import java.util.Optional;

/**
 * What became of one attempt. Reasons are short: a code, or the provider's own words, without
 * content and without credentials. None is blank: an answer that says nothing has {@link
 * #UNEXPLAINED}.
 */
public sealed interface DeliveryResult {
  /** The reason where the answer gives none. */
  String UNEXPLAINED = "the answer says nothing of why";

  /**
   * The provider took the message.
   *
   * @param externalId what the provider calls it; empty when it does not say
   * @param reached sent, or delivered when taking it is delivering it
   */
  record Accepted(Optional<String> externalId, DeliveryStatus reached) implements DeliveryResult {}

  /**
   * Not taken, and it may be later.
   *
   * @param after how long the provider asked to be left alone
   */
  record Deferred(String reason, Optional<Duration> after) implements DeliveryResult {
    public Deferred {
      reason = explained(reason);
    }
  }

  /**
   * It will never reach this recipient: a bad number, a suppressed address, a token of an app that
   * was removed.
   *
   * @param deadTarget whether the address or token itself is dead, so that it may be forgotten
   */
  record Bounced(String reason, boolean deadTarget) implements DeliveryResult {
    public Bounced {
      reason = explained(reason);
    }
  }

  /** The channel is at fault, for all its messages: credentials, an unverified sender, a quota. */
  record Misconfigured(String reason) implements DeliveryResult {
    public Misconfigured {
      reason = explained(reason);
    }
  }

  /** The provider will never take this message: what it says, or how, is wrong. */
  record Rejected(String reason) implements DeliveryResult {
    public Rejected {
      reason = explained(reason);
    }
  }

  /** The request may have reached the provider, and what became of it is not known. */
  record Ambiguous(String reason) implements DeliveryResult {
    public Ambiguous {
      reason = explained(reason);
    }
  }

  private static String explained(String reason) {
    return reason.isBlank() ? UNEXPLAINED : reason;
  }
}
