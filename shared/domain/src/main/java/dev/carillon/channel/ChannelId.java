package dev.carillon.channel;

import java.util.UUID;

/** Names a channel; the same in every environment. */
public record ChannelId(UUID value) {

  @Override
  public String toString() {
    return value.toString();
  }
}
