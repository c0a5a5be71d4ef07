package dev.carillon.channel;

/**
 * The two fields by which a channel's settings in its environment, and a step for its messages, say
 * what is tracked; and which channels have anything to track.
 */
public final class TrackingFields {
  /** Whether links lead through the tracker. */
  public static final String LINKS = "link_tracking";

  /** Whether a mail tells when it is opened. */
  public static final String OPENS = "open_tracking";

  public static final String NO_LINKS =
      "Links are tracked in mail, in-app, SMS and chat messages only.";
  public static final String NO_OPENS =
      "Only mail has an open pixel; in-app clients mark messages as read themselves.";

  private TrackingFields() {}

  public static boolean hasLinks(ChannelType type) {
    return switch (type) {
      case EMAIL, IN_APP_FEED, SMS, CHAT -> true;
      case PUSH, HTTP -> false;
    };
  }

  public static boolean hasOpens(ChannelType type) {
    return type == ChannelType.EMAIL;
  }
}
