package dev.carillon.local.outbox;

import java.util.Optional;

/** Where the outbox learns what a feed item says: the stack's own API. */
@FunctionalInterface
public interface FeedContents {

  /** What the item's blocks say, as HTML and as text. */
  record FeedContent(String recipient, String html, String text) {}

  /** The content of the feed message; empty when it cannot be had, or not yet. */
  Optional<FeedContent> read(String messageId);
}
