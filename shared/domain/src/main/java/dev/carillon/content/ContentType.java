package dev.carillon.content;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The kinds of content that have versions. In the order in which they are committed: what comes
 * first may be used by what comes later.
 */
public enum ContentType {
  TRANSLATION,
  PARTIAL,
  EMAIL_LAYOUT,
  MESSAGE_TYPE,
  AUDIENCE,
  WORKFLOW;

  /** As the management API calls it: {@code email_layout}. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether branches have it of their own; they share the others with their environment. */
  public boolean isBranched() {
    return this != AUDIENCE;
  }

  /** Whether it has templates, whose language must be known. */
  public boolean hasTemplates() {
    return switch (this) {
      case WORKFLOW, EMAIL_LAYOUT, PARTIAL -> true;
      case TRANSLATION, MESSAGE_TYPE, AUDIENCE -> false;
    };
  }

  /** Empty for what is no kind of content of ours. */
  public static Optional<ContentType> named(String wireName) {
    return Arrays.stream(values()).filter(it -> it.wireName().equals(wireName)).findFirst();
  }
}
