package dev.carillon.message;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Where a message stands with its recipient, as lists are filtered by it. */
public enum EngagementStatus {
  SEEN(Engagement.SEEN, true),
  UNSEEN(Engagement.SEEN, false),
  READ(Engagement.READ, true),
  UNREAD(Engagement.READ, false),
  ARCHIVED(Engagement.ARCHIVED, true),
  UNARCHIVED(Engagement.ARCHIVED, false),
  LINK_CLICKED(Engagement.LINK_CLICKED, true),
  INTERACTED(Engagement.INTERACTED, true);

  private final Engagement what;
  private final boolean did;

  EngagementStatus(Engagement what, boolean did) {
    this.what = what;
    this.did = did;
  }

  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Empty when none bears this name. */
  public static Optional<EngagementStatus> named(String wireName) {
    return Arrays.stream(values()).filter(it -> it.wireName().equals(wireName)).findFirst();
  }

  public boolean holds(Message message) {
    return message.engagement().containsKey(what) == did;
  }
}
