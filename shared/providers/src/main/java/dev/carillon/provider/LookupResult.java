package dev.carillon.provider;

import java.time.Duration;

/** What came of a {@link Lookup}. */
public sealed interface LookupResult {

  /**
   * @param value what {@link DeliveryRequest#lookups()} will hold; may be a credential
   * @param keep how long it holds, at most what the lookup said
   */
  record Found(String value, Duration keep) implements LookupResult {}

  /** The message cannot be sent, or not now. */
  record Failed(DeliveryResult result) implements LookupResult {}
}
