package dev.carillon.message;

import java.util.Locale;

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

  /**
   * Whether a message may go from this status to {@code next}. What a provider confirms can come
   * before our own record that it accepted, and in any order, so that of sent, delivered and
   * bounced the last one here wins whichever comes first: bounced says that a delivery was taken
   * back.
   */
  public boolean mayBecome(DeliveryStatus next) {
    return switch (this) {
      case QUEUED, DELIVERY_ATTEMPTED -> next != QUEUED;
      case SENT -> next == DELIVERED || next == BOUNCED || next == UNDELIVERED;
      case DELIVERED -> next == BOUNCED;
      case UNDELIVERED, BOUNCED, NOT_SENT -> false;
    };
  }
}
