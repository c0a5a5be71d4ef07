package dev.carillon.functions.callbacks;

import dev.carillon.message.DeliveryStatus;
import dev.carillon.message.Message;
import dev.carillon.message.Messages;
import dev.carillon.signal.TellEvents;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Records what a provider says became of a message. Events come twice and in any order: a status is
 * entered only where it may follow the present one, so that the last word does not depend on the
 * order they came in. What was recorded is told to the runs that wait for it.
 */
final class RecordStatus {
  private static final int TRIES = 5;

  private final Messages messages;
  private final TellEvents tell;
  private final InstantSource clock;

  RecordStatus(Messages messages, TellEvents tell, InstantSource clock) {
    this.messages = messages;
    this.tell = tell;
    this.clock = clock;
  }

  /** What came of an event, for the log. */
  enum Result {
    RECORDED,
    /** The message stands there or past it already. */
    NOTHING_NEW,
    /** The event means no status. */
    NO_STATUS,
    UNKNOWN_MESSAGE
  }

  Result handle(SesEvent event) {
    Optional<DeliveryStatus> status = event.status();
    if (status.isEmpty()) {
      return Result.NO_STATUS;
    }
    for (int i = 0; i < TRIES; i++) {
      Optional<Message> found = messages.find(event.environment(), event.message());
      if (found.isEmpty()) {
        return Result.UNKNOWN_MESSAGE;
      }
      Message message = found.get();
      if (!message.status().mayBecome(status.get())) {
        // Whoever recorded it may have died before telling.
        tell.ofMessage(message, status.get().wireName()::equals);
        return Result.NOTHING_NEW;
      }
      Message changed = message.become(status.get(), event.details(), clock.instant());
      if (messages.save(changed)) {
        tell.ofChange(message, changed);
        return Result.RECORDED;
      }
    }
    throw new IllegalStateException("Message " + event.message() + " keeps changing");
  }
}
