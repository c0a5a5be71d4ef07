package dev.carillon.functions.delivery;

import dev.carillon.message.DeliveryStatus;
import dev.carillon.message.Message;
import dev.carillon.message.Messages;
import dev.carillon.signal.TellEvents;
import java.util.Arrays;
import java.util.function.UnaryOperator;

/** Stores what became of a message, and then tells it to the runs that wait for that. */
final class RecordMessage {
  /** How often a write is tried anew when somebody else changed the message meanwhile. */
  static final int TRIES = 5;

  private final Messages messages;
  private final TellEvents tell;

  RecordMessage(Messages messages, TellEvents tell) {
    this.messages = messages;
    this.tell = tell;
  }

  /**
   * @param after with the revision of {@code before}
   * @return false when somebody else changed the message first; nothing is stored or told then
   */
  boolean save(Message before, Message after) {
    if (!messages.save(after)) {
      return false;
    }
    tell.ofChange(before, after);
    return true;
  }

  /** Applies the change to the message, or to what others have made of it meanwhile. */
  Message save(Message message, UnaryOperator<Message> change) {
    Message current = message;
    for (int i = 0; i < TRIES; i++) {
      Message changed = change.apply(current);
      if (save(current, changed)) {
        return changed;
      }
      current =
          messages
              .find(message.environment(), message.id())
              .orElseThrow(() -> new IllegalStateException("Message " + message.id() + " is gone"));
    }
    throw new IllegalStateException("Message " + message.id() + " keeps changing");
  }

  /** Whoever stored the message may have died before telling. */
  void again(Message message) {
    tell.ofMessage(message, RecordMessage::isOfDelivery);
  }

  private static boolean isOfDelivery(String type) {
    return Arrays.stream(DeliveryStatus.values())
        .filter(status -> status != DeliveryStatus.QUEUED)
        .anyMatch(status -> status.wireName().equals(type));
  }
}
