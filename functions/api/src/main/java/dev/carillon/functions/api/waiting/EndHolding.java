package dev.carillon.functions.api.waiting;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.functions.api.messages.MarkMessage;
import dev.carillon.functions.api.waiting.EndWaiting.Outcome;
import dev.carillon.json.Json;
import dev.carillon.message.DeliveryStatus;
import dev.carillon.message.Message;
import dev.carillon.message.Messages;
import dev.carillon.run.Run;
import dev.carillon.run.Runs;
import dev.carillon.task.DeliveryTask;
import dev.carillon.task.Tasks;
import dev.carillon.timer.Minutes;
import dev.carillon.timer.Timer;
import dev.carillon.timer.Timers;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Ends what send windows do to messages: lets one go now, or drops it. Which it is, is one
 * conditional write of the message; who delivers it at the same time comes before that or after.
 */
final class EndHolding {
  private final MarkMessage marking;
  private final Messages messages;
  private final Runs runs;
  private final Timers timers;
  private final Tasks tasks;
  private final InstantSource clock;

  EndHolding(
      MarkMessage marking,
      Messages messages,
      Runs runs,
      Timers timers,
      Tasks tasks,
      InstantSource clock) {
    this.marking = marking;
    this.messages = messages;
    this.runs = runs;
    this.timers = timers;
    this.tasks = tasks;
    this.clock = clock;
  }

  /** Drops the message: it is not sent. */
  Outcome cancel(EnvironmentId environment, WaitingId.OfMessage id) {
    Optional<Message> before = messages.find(environment, id.message());
    var marked =
        marking.mark(
            environment,
            id.message(),
            (message, now) ->
                message.held()
                    ? message.become(
                        DeliveryStatus.NOT_SENT, Json.object().with("reason", "cancelled"), now)
                    : message);
    return switch (marked) {
      case MarkMessage.Marked.Missing() -> Outcome.MISSING;
      case MarkMessage.Marked.Contended() -> Outcome.CONTENDED;
      case MarkMessage.Marked.Now(var message) -> {
        if (message.status() != DeliveryStatus.NOT_SENT) {
          yield Outcome.PAST;
        }
        before.ifPresent(it -> timers.remove(hint(it)));
        yield Outcome.DONE;
      }
    };
  }

  /** Lets the message go now. */
  Outcome sendNow(EnvironmentId environment, WaitingId.OfMessage id) {
    Optional<Message> before = messages.find(environment, id.message());
    if (before.isEmpty()) {
      return Outcome.MISSING;
    }
    Instant now = clock.instant();
    Message released = before.get().heldUntil(now, now);
    if (!released.held()) {
      return Outcome.PAST;
    }
    timers.put(hint(released));
    var marked =
        marking.mark(
            environment,
            id.message(),
            (message, _) ->
                message.scheduledAt().filter(now::isBefore).isPresent()
                    ? message.heldUntil(now, now)
                    : message);
    return switch (marked) {
      case MarkMessage.Marked.Missing() -> Outcome.MISSING;
      case MarkMessage.Marked.Contended() -> Outcome.CONTENDED;
      case MarkMessage.Marked.Now(var message) when message.held() -> {
        tasks.send(hint(message).task());
        if (Minutes.of(before.get().scheduledAt().orElseThrow()) != Minutes.of(now)) {
          timers.remove(hint(before.get()));
        }
        yield Outcome.DONE;
      }
      case MarkMessage.Marked.Now _ -> Outcome.PAST;
    };
  }

  private Timer hint(Message message) {
    Instant opens = message.scheduledAt().orElseThrow();
    return new Timer(
        message.environment(),
        new Timer.Subject.OfMessage(message.id(), message.tenant(), cancellable(message)),
        0,
        opens,
        Minutes.of(opens));
  }

  private Optional<DeliveryTask.Cancellable> cancellable(Message message) {
    return runs.find(message.environment(), message.source().run())
        .filter(run -> run.cancellationKey().isPresent())
        .map((Run run) -> new DeliveryTask.Cancellable(run.trigger(), run.recipient()));
  }
}
