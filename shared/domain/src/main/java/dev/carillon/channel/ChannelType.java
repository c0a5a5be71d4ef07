package dev.carillon.channel;

import java.util.Arrays;
import java.util.Optional;

/** The kinds of channel, by the name they bear in workflows and responses. */
public enum ChannelType {
  EMAIL("email"),
  IN_APP_FEED("in_app_feed"),
  HTTP("http"),
  SMS("sms"),
  /** One message for each device. */
  PUSH("push"),
  /** One message for each connection. */
  CHAT("chat");

  private final String wireName;

  ChannelType(String wireName) {
    this.wireName = wireName;
  }

  public String wireName() {
    return wireName;
  }

  /** Whether one recipient may be reached at several places at once. */
  public boolean severalTargets() {
    return this == PUSH || this == CHAT;
  }

  /**
   * Whether another channel of the type can take a message over: it goes to an address of the
   * recipient, where devices, connections and URLs belong to their channel.
   */
  public boolean failsOver() {
    return this == EMAIL || this == SMS;
  }

  /** Empty when no channel type bears this name. */
  public static Optional<ChannelType> named(String wireName) {
    return Arrays.stream(values()).filter(type -> type.wireName.equals(wireName)).findFirst();
  }
}
