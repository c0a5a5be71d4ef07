package dev.carillon.edge.access;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/** What a grant of a user token can allow to be done with a resource. */
public enum Ability {
  USER_READ("user/read"),
  USER_WRITE("user/write"),
  FEED_READ("user/feed_read", "user_feed/read", "feed/read"),
  FEED_WRITE("user/feed_write", "user_feed/write", "feed/write"),
  GUIDE_READ("user/guide_read"),
  GUIDE_WRITE("user/guide_write"),
  PREFERENCES_READ("preferences/read"),
  PREFERENCES_WRITE("preferences/write"),
  CHANNEL_DATA_READ("channel_data/read"),
  CHANNEL_DATA_WRITE("channel_data/write"),
  SLACK_CHANNELS_READ("slack/channels_read"),
  MS_TEAMS_CHANNELS_READ("ms_teams/channels_read");

  /** Tokens spell some of them in more than one way. */
  private final Set<String> wireNames;

  Ability(String... wireNames) {
    this.wireNames = Set.of(wireNames);
  }

  /** Empty for what no grant of ours is called. */
  public static Optional<Ability> named(String wireName) {
    return Arrays.stream(values()).filter(it -> it.wireNames.contains(wireName)).findFirst();
  }
}
