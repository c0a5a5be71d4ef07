package dev.carillon.channel;

import dev.carillon.id.Digest;
import java.util.UUID;

/** Names a channel; the same in every environment. */
public record ChannelId(UUID value) {

  /** That of a channel of this key, where nothing else was said. */
  public static ChannelId ofKey(String key) {
    return new ChannelId(Digest.of("channel", key).uuid());
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
