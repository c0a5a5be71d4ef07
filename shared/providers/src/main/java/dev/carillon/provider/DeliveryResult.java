package dev.carillon.provider;

import dev.carillon.message.DeliveryStatus;
import java.time.Duration;
import java.util.Optional;

/**
 * What became of one attempt. Reasons are short: a code, or the provider's own words, without
 * content and without credentials.
 */
public sealed interface DeliveryResult {

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
  record Deferred(String reason, Optional<Duration> after) implements DeliveryResult {}

  /**
   * It will never reach this recipient: a bad number, a suppressed address, a token of an app that
   * was removed.
   *
   * @param deadTarget whether the address or token itself is dead, so that it may be forgotten
   */
  record Bounced(String reason, boolean deadTarget) implements DeliveryResult {}

  /** The channel is at fault, for all its messages: credentials, an unverified sender, a quota. */
  record Misconfigured(String reason) implements DeliveryResult {}

  /** The provider will never take this message: what it says, or how, is wrong. */
  record Rejected(String reason) implements DeliveryResult {}

  /** The request may have reached the provider, and what became of it is not known. */
  record Ambiguous(String reason) implements DeliveryResult {}
}
