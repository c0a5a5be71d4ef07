package dev.carillon.message;

import dev.carillon.channel.ChannelType;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * How far a message got on its way to the recipient. A message has one at a time. Two relations
 * hold among them: precedence, the order of the constants, by which conditions compare them (as
 * Knock publishes it), and {@linkplain #mayBecome which may follow which}.
 */
public enum DeliveryStatus {
  UNDELIVERED,
  BOUNCED,
  DELIVERY_ATTEMPTED,
  QUEUED,
  NOT_SENT,
  SENT,
  DELIVERED;

  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Empty when none bears this name. */
  public static Optional<DeliveryStatus> named(String wireName) {
    return Arrays.stream(values()).filter(it -> it.wireName().equals(wireName)).findFirst();
  }

  /**
   * Whether a message on a channel of that type may go from this status to {@code next}: only to
   * one that says more about what became of it, to another failed attempt, or from one back into
   * the queue for the next. That last way is ours alone: no provider reports it.
   *
   * <p>What a provider reports can come before our own record that it accepted, twice and in any
   * order. As statuses are ranked in one row here, the last word is the same whatever comes first.
   * Of reports that contradict each other one must therefore give way, whichever came first: a
   * failure gives way to the word that the message arrived (also where we had given up or withheld
   * it: an attempt of unknown outcome did arrive). Only a mail may come back after it arrived. Push
   * and chat never get further than sent. So {@code delivered} is final, and of a mail, and where
   * no delivery is ever confirmed, {@code bounced}: nothing that is heard leads out of it.
   */
  public boolean mayBecome(DeliveryStatus next, ChannelType on) {
    return next.isKnownOn(on) && next.certainty(on) > certainty(on)
        || (this == DELIVERY_ATTEMPTED && (next == DELIVERY_ATTEMPTED || next == QUEUED));
  }

  private boolean isKnownOn(ChannelType on) {
    return switch (on) {
      case PUSH, CHAT -> this != DELIVERED;
      case EMAIL, SMS, HTTP, IN_APP_FEED -> true;
    };
  }

  private int certainty(ChannelType on) {
    return switch (this) {
      case QUEUED -> 0;
      case DELIVERY_ATTEMPTED -> 1;
      case NOT_SENT -> 2;
      case SENT -> 3;
      case UNDELIVERED -> 4;
      case BOUNCED -> on == ChannelType.EMAIL ? 7 : 5;
      case DELIVERED -> 6;
    };
  }
}
