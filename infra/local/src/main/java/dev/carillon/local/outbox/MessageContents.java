package dev.carillon.local.outbox;

import java.util.Optional;

/** Where the outbox learns what a message says: the stack's own API. */
@FunctionalInterface
public interface MessageContents {

  /**
   * What a message says.
   *
   * @param to the address, number, device or conversation, or who the recipient is
   * @param subject of an email, or the title of a push notification
   * @param html of what is shown as HTML
   */
  record Said(
      String to,
      Optional<String> from,
      Optional<String> subject,
      Optional<String> html,
      String text) {}

  /** The content of the message; empty when it cannot be had, or not yet. */
  Optional<Said> read(String messageId);
}
