package dev.carillon.message;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * How far a message got on its way to the recipient. A message has one at a time. The order of the
 * constants is that in which conditions compare them (Knock's published precedence), which is not
 * the order in which they follow one another.
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
   * Whether a message may go from this status to {@code next}: only to one that says more about
   * what became of it, to another failed attempt, or from one back into the queue for the next.
   * That last way is ours alone: no provider reports it.
   *
   * <p>What a provider reports can come before our own record that it accepted, twice and in any
   * order. As statuses are ranked in one row here, the last word is the same whatever comes first:
   * a delivery outweighs that we gave up or withheld the message (an attempt of unknown outcome did
   * arrive), and a bounce takes a delivery back.
   */
  public boolean mayBecome(DeliveryStatus next) {
    return next.certainty() > certainty()
        || (this == DELIVERY_ATTEMPTED && (next == DELIVERY_ATTEMPTED || next == QUEUED));
  }

  private int certainty() {
    return switch (this) {
      case QUEUED -> 0;
      case DELIVERY_ATTEMPTED -> 1;
      case NOT_SENT -> 2;
      case SENT -> 3;
      case UNDELIVERED -> 4;
      case DELIVERED -> 5;
      case BOUNCED -> 6;
    };
  }
}
