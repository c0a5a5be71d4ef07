package dev.carillon.functions.api;

import java.util.Optional;
import java.util.UUID;

/** UUIDs that clients send. */
final class Uuids {
  private Uuids() {}

  /** Strict where {@link UUID#fromString} is not: it takes {@code 1-1-1-1-1} too. */
  static Optional<UUID> parse(String text) {
    try {
      var uuid = UUID.fromString(text);
      return uuid.toString().equalsIgnoreCase(text) ? Optional.of(uuid) : Optional.empty();
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }
}
