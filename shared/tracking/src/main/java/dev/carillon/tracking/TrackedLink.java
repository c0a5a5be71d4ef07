package dev.carillon.tracking;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.message.MessageId;
import dev.carillon.tracking.link.LinkTarget;
import java.util.Arrays;
import java.util.Optional;

/**
 * A link in a message.
 *
 * @param index which of the message's links it is, from 0 in the order they were rewritten; 0 to
 *     {@value #GREATEST_INDEX}
 */
public record TrackedLink(
    EnvironmentId environment, MessageId message, Kind kind, int index, LinkTarget target)
    implements Tracked {
  public static final int GREATEST_INDEX = 0xFFFF;

  public TrackedLink {
    if (index < 0 || index > GREATEST_INDEX) {
      throw new IllegalArgumentException("Not the index of a link: " + index);
    }
  }

  /** What kind of link it is, by the name it bears where links are stored. */
  public enum Kind {
    /** One in the text. */
    LINK("link"),
    /** What an item of a feed, or a button of it, opens. */
    ACTION("action");

    private final String wireName;

    Kind(String wireName) {
      this.wireName = wireName;
    }

    public String wireName() {
      return wireName;
    }

    /** Empty when no kind bears this name. */
    public static Optional<Kind> named(String wireName) {
      return Arrays.stream(values()).filter(it -> it.wireName.equals(wireName)).findFirst();
    }
  }
}
