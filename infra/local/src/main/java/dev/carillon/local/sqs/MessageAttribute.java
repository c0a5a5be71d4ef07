package dev.carillon.local.sqs;

/**
 * An attribute that a sender put on a message.
 *
 * @param type String, Number or Binary, perhaps with a suffix after a dot
 * @param value the text, or the bytes in Base64 when the type is Binary
 */
public record MessageAttribute(String type, String value) {
  boolean binary() {
    return type.equals("Binary") || type.startsWith("Binary.");
  }
}
