package dev.carillon.channel;

import java.util.Arrays;
import java.util.Optional;

/** The kinds of channel, by the name they bear in workflows and responses. */
public enum ChannelType {
  EMAIL("email"),
  IN_APP_FEED("in_app_feed"),
  HTTP("http"),
  /** No channel of this type can be configured yet, so its steps are skipped. */
  SMS("sms"),
  /** As with SMS. */
  PUSH("push"),
  /** As with SMS. */
  CHAT("chat");

  private final String wireName;

  ChannelType(String wireName) {
    this.wireName = wireName;
  }

  public String wireName() {
    return wireName;
  }

  /** Empty when no channel type bears this name. */
  public static Optional<ChannelType> named(String wireName) {
    return Arrays.stream(values()).filter(type -> type.wireName.equals(wireName)).findFirst();
  }
}
