package dev.carillon.message;

import java.util.Locale;

/** What a recipient did with a message. It can have several, or none. */
public enum Engagement {
  SEEN,
  READ,
  INTERACTED,
  LINK_CLICKED,
  ARCHIVED;

  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
