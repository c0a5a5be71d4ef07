package dev.carillon.functions.api;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.message.Message;
import dev.carillon.message.MessageId;
import dev.carillon.message.Messages;
import dev.carillon.runtime.Log;
import dev.carillon.signal.TellEvents;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Records what a recipient did with a message, beside whoever else changes it at the time, and
 * tells it to the runs that wait for it before the call is answered: whoever got no answer calls
 * again.
 */
final class MarkMessage {
  /**
   * Each round somebody wins, so this many writers of one message at once can all succeed; delivery
   * and callbacks are two of them.
   */
  private static final int TRIES = 24;

  private final Messages messages;
  private final TellEvents tell;
  private final InstantSource clock;
  private final Log log;

  MarkMessage(Messages messages, TellEvents tell, InstantSource clock, Log log) {
    this.messages = messages;
    this.tell = tell;
    this.clock = clock;
    this.log = log;
  }

  sealed interface Marked {
    /** The message as it is now. */
    record Now(Message message) implements Marked {}

    record Missing() implements Marked {}

    /** Others kept changing it; nothing was recorded. */
    record Contended() implements Marked {}
  }

  /**
   * Applies the change and stores the message. A change that gives the very same message is none.
   */
  Marked mark(
      EnvironmentId environment, MessageId id, BiFunction<Message, Instant, Message> change) {
    for (int tries = 0; tries < TRIES; tries++) {
      Optional<Message> found = messages.find(environment, id);
      if (found.isEmpty()) {
        return new Marked.Missing();
      }
      var before = found.get();
      var after = change.apply(before, clock.instant());
      if (after == before) {
        tellAgain(before);
        return new Marked.Now(before);
      }
      if (messages.save(after)) {
        log.decision(
            "message.marked",
            "environment",
            environment.value(),
            "message",
            id,
            "event",
            after.events().getLast().type(),
            "tries",
            tries + 1);
        tell.ofChange(before, after);
        return new Marked.Now(after);
      }
    }
    log.decision("message.contended", "environment", environment.value(), "message", id);
    return new Marked.Contended();
  }

  /** A mark that was taken back leaves nothing to take back when the call is repeated. */
  private void tellAgain(Message message) {
    if (!message.events().isEmpty()) {
      String last = message.events().getLast().type();
      tell.ofMessage(message, last::equals);
    }
  }
}
