package dev.carillon.storage.dynamo.message;

import dev.carillon.channel.ChannelId;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.id.Digest;
import dev.carillon.message.MessageId;
import dev.carillon.storage.dynamo.Key;
import dev.carillon.storage.dynamo.Keys;

/**
 * Where messages, what they say, what providers call them, and suppressed addresses lie. The whole
 * layout is in {@link Keys}.
 */
public final class MessageKeys {

  private MessageKeys() {}

  public static String feed(EnvironmentId environment, String userId, ChannelId channel) {
    return environment.value() + "#" + Keys.part(userId) + "#" + channel;
  }

  public static Key message(EnvironmentId environment, MessageId id) {
    return new Key(Keys.shard(environment, "MSG", Keys.hour(id.time()), id.shard()), id.value());
  }

  /** Behind all message ids, so that a list of messages does not read what they say. */
  public static Key content(EnvironmentId environment, MessageId id) {
    return new Key(message(environment, id).partition(), "~CONTENT#" + id.value());
  }

  /** The partitions of an environment's suppressed addresses: one hexadecimal digit. */
  public static final int SUPPRESSION_SHARDS = 16;

  /** What the sort keys of suppressed addresses begin with. */
  public static final String SUPPRESSED = "A#";

  public static String suppressions(EnvironmentId environment, int shard) {
    return environment.value() + "#SUP#" + Integer.toHexString(shard);
  }

  /**
   * @param address at most 320 characters
   */
  public static Key suppression(EnvironmentId environment, String address) {
    int shard = Character.digit(Digest.hex(Keys.unicode(address)).charAt(0), SUPPRESSION_SHARDS);
    return new Key(suppressions(environment, shard), SUPPRESSED + Keys.part(address));
  }

  /** Which message an external id leads to, in the partition of that. */
  static final String NAMED = "MESSAGE";

  /** What the sort keys of early reports begin with. */
  static final String EARLY = "REPORT#";

  /** The partition of what a provider calls a message of the channel. */
  static String externalId(EnvironmentId environment, ChannelId channel, String id) {
    return environment.value() + "#XID#" + Digest.of(channel.toString(), id).hex();
  }

  /** What contents are like, by a hash of it. */
  static Key dictionary(EnvironmentId environment, String id) {
    return new Key(environment.value() + "#DICT#" + id, "WHOLE");
  }
}
