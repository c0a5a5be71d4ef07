package dev.carillon.suppression;

import dev.carillon.channel.ChannelId;
import dev.carillon.message.MessageId;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * An email address that gets no more mail: what was sent there came back for good, or its owner
 * complained. Somebody who goes on writing to such addresses is taken for a sender of spam, and the
 * mail of all others suffers.
 *
 * @param address as {@link #normal} spells it
 * @param channel whose mail it was
 * @param message which mail it was
 * @param details the provider's words, without content
 */
public record Suppression(
    String address,
    Reason reason,
    ChannelId channel,
    MessageId message,
    Optional<String> details,
    Instant at) {

  /** RFC 5321 allows 64 characters before the at sign and 255 behind it. */
  public static final int LONGEST_ADDRESS = 320;

  public Suppression {
    address = normal(address);
  }

  public enum Reason {
    /** It came back for good: there is no such mailbox. */
    BOUNCED,
    COMPLAINED;

    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** Empty when no reason bears this name. */
    public static Optional<Reason> named(String wireName) {
      return Arrays.stream(values()).filter(it -> it.wireName().equals(wireName)).findFirst();
    }
  }

  /**
   * The one spelling of an address: in lower case, without spaces around it. Almost no mailbox
   * tells capitals from small letters, and to write to one more is worse than to one less.
   */
  public static String normal(String address) {
    return address.strip().toLowerCase(Locale.ROOT);
  }
}
