package dev.carillon.message;

import dev.carillon.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What clients say of messages: that the recipient did something with them, or takes it back. */
public enum Mark {
  SEEN(Engagement.SEEN, true),
  UNSEEN(Engagement.SEEN, false),
  READ(Engagement.READ, true),
  UNREAD(Engagement.READ, false),
  ARCHIVED(Engagement.ARCHIVED, true),
  UNARCHIVED(Engagement.ARCHIVED, false),
  INTERACTED(Engagement.INTERACTED, true);

  /** Within what a mark that comes again is the same. */
  private static final Duration WITHIN = Duration.ofSeconds(1);

  private final Engagement what;
  private final boolean did;

  Mark(Engagement what, boolean did) {
    this.what = what;
    this.did = did;
  }

  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<Mark> named(String wireName) {
    return Arrays.stream(values()).filter(it -> it.wireName().equals(wireName)).findFirst();
  }

  /**
   * The message so marked; the very same when a mark that is taken back is not there.
   *
   * @param details of what was done; of no meaning when it is taken back
   */
  public Message on(Message message, Json.Obj details, Instant now) {
    if (this == INTERACTED) {
      return message.interacted(details, now);
    }
    return did ? message.engaged(what, details, now) : message.disengaged(what, now);
  }

  /**
   * Whether the last that happened to the message is this very mark, less than a second ago. Done
   * again it would say nothing new.
   */
  public boolean repeats(Message message, Json.Obj details, Instant now) {
    return !message.events().isEmpty()
        && message.events().getLast().type().equals(wireName())
        && message.events().getLast().data().equals(details)
        && Duration.between(message.events().getLast().at(), now).compareTo(WITHIN) < 0;
  }

  /** Whether events of that type come of this mark. */
  public boolean tells(String type) {
    return type.equals(wireName()) || this == INTERACTED && type.equals(READ.wireName());
  }

  /** Whether the message stands so already. */
  public boolean holds(Message message) {
    return message.engagement().containsKey(what) == did;
  }
}
