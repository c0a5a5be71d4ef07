package dev.carillon.functions.api.messages;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.event.ChangeMessage;
import dev.carillon.message.Message;
import dev.carillon.message.MessageId;
import dev.carillon.runtime.Log;
import dev.carillon.runtime.Ports;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.BiFunction;

/**
 * Records what a recipient did with a message, beside others who change it at the time, and tells
 * it to the runs that wait for it before the call is answered: a caller who got no answer calls
 * again.
 */
public final class MarkMessage {
  private final ChangeMessage changes;
  private final InstantSource clock;
  private final Log log;

  MarkMessage(ChangeMessage changes, InstantSource clock, Log log) {
    this.changes = changes;
    this.clock = clock;
    this.log = log;
  }

  /** On these ports. */
  public static MarkMessage on(Ports ports) {
    return new MarkMessage(
        new ChangeMessage(ports.messages(), Ports.events(ports)), ports.clock(), ports.log());
  }

  public sealed interface Marked {
    /** The message as it is now. */
    record Now(Message message) implements Marked {}

    record Missing() implements Marked {}

    /** Others kept changing it; nothing was recorded. */
    record Contended() implements Marked {}
  }

  /**
   * Applies the change and stores the message. A change that gives the very same message is none.
   */
  public Marked mark(
      EnvironmentId environment, MessageId id, BiFunction<Message, Instant, Message> change) {
    return switch (changes.change(environment, id, it -> change.apply(it, clock.instant()))) {
      case ChangeMessage.Result.Saved(var message, int tries) -> {
        log.decision(
            "message.marked",
            "environment",
            environment.value(),
            "message",
            id,
            "trace_id",
            message.trace().id(),
            "event",
            message.events().getLast().type(),
            "tries",
            tries);
        yield new Marked.Now(message);
      }
      case ChangeMessage.Result.Unchanged(var message) -> {
        publishAgain(message);
        yield new Marked.Now(message);
      }
      case ChangeMessage.Result.Missing() -> new Marked.Missing();
      case ChangeMessage.Result.Contended() -> {
        log.decision("message.contended", "environment", environment.value(), "message", id);
        yield new Marked.Contended();
      }
    };
  }

  /**
   * A mark that was taken back leaves nothing to take back when the call is repeated. A call may
   * have left two: an interaction is a read, too.
   */
  private void publishAgain(Message message) {
    if (!message.events().isEmpty()) {
      Message.Event last = message.events().getLast();
      changes.publishEventsAgain(
          message, it -> it.type().equals(last.type()) || it.at().equals(last.at()));
    }
  }
}
