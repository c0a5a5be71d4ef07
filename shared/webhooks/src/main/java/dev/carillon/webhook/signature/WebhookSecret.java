package dev.carillon.webhook.signature;

import java.util.Base64;

/**
 * What calls to an endpoint are signed with: {@code whsec_} and 24 to 64 bytes in base 64 (Standard
 * Webhooks). Its text form never shows it.
 */
public final class WebhookSecret {
  public static final int LEAST_BYTES = 24;
  public static final int MOST_BYTES = 64;
  private static final String PREFIX = "whsec_";

  private final String value;

  private WebhookSecret(String value) {
    this.value = value;
  }

  /**
   * @param random 24 to 64 bytes
   */
  public static WebhookSecret of(byte[] random) {
    if (random.length < LEAST_BYTES || random.length > MOST_BYTES) {
      throw new IllegalArgumentException("A webhook secret of " + random.length + " bytes");
    }
    return new WebhookSecret(PREFIX + Base64.getEncoder().encodeToString(random));
  }

  /**
   * @throws IllegalArgumentException when this is no such text; the message does not quote it
   */
  public static WebhookSecret parse(String text) {
    if (!text.startsWith(PREFIX)) {
      throw new IllegalArgumentException("Not a webhook secret: it begins with " + PREFIX);
    }
    try {
      return of(Base64.getDecoder().decode(text.substring(PREFIX.length())));
    } catch (IllegalArgumentException _) {
      throw new IllegalArgumentException("Not a webhook secret: 24 to 64 bytes in base 64");
    }
  }

  /** The whole text, for the receiver and for the store of secrets. Never to be logged. */
  public String reveal() {
    return value;
  }

  byte[] key() {
    return Base64.getDecoder().decode(value.substring(PREFIX.length()));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof WebhookSecret that && value.equals(that.value);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  @Override
  public String toString() {
    return PREFIX + "…";
  }
}
