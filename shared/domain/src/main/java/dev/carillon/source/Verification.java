package dev.carillon.source;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * How what comes in is known to be the sender's. {@code intake} checks it.
 *
 * @param header in lower case: which bears the signature
 */
public record Verification(Scheme scheme, String header) {
  /** How senders sign. */
  public enum Scheme {
    /** The header is the HMAC-SHA256 of the body in hexadecimal digits, {@code sha256=} or not. */
    HMAC_SHA256_HEX("x-signature-256"),
    HMAC_SHA256_BASE64("x-signature"),
    /** As Segment does. */
    HMAC_SHA1_HEX("x-signature"),
    /** {@code <prefix>-id}, {@code -timestamp} and {@code -signature}; as Svix and Clerk do. */
    STANDARD_WEBHOOKS("webhook-signature"),
    /** {@code t=seconds,v1=hex}. */
    STRIPE("stripe-signature"),
    /** The header is the secret itself. */
    SHARED_SECRET("x-webhook-secret");

    private final String usualHeader;

    Scheme(String usualHeader) {
      this.usualHeader = usualHeader;
    }

    public String usualHeader() {
      return usualHeader;
    }

    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Scheme> named(String wireName) {
      return Arrays.stream(values()).filter(it -> it.wireName().equals(wireName)).findFirst();
    }
  }
}
