package dev.carillon.functions.delivery;

import dev.carillon.functions.delivery.DeliverMessage.Outcome;
import dev.carillon.message.Message;
import dev.carillon.message.Messages;
import dev.carillon.task.DeliveryTask;
import dev.carillon.task.Tasks;
import dev.carillon.timer.Minutes;
import dev.carillon.timer.Timer;
import dev.carillon.timer.Timers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * Delivers messages that a send window held back. One that comes early goes back to the queue; the
 * others go the way of all messages. They stay listed among what is due until their first attempt
 * is on record or there is none to make, so that whatever is lost until then is found by the
 * sweeper; from then on the task at hand is what is owed, as for all messages.
 */
final class DeliverHeld {
  private final Messages messages;
  private final Timers dues;
  private final Tasks tasks;
  private final DeliverMessage deliver;
  private final InstantSource clock;

  DeliverHeld(
      Messages messages, Timers dues, Tasks tasks, DeliverMessage deliver, InstantSource clock) {
    this.messages = messages;
    this.dues = dues;
    this.tasks = tasks;
    this.deliver = deliver;
    this.clock = clock;
  }

  Outcome handle(DeliveryTask.Deliver task) {
    if (task.minute().isEmpty()) {
      return deliver.handle(task);
    }
    Optional<Message> message = messages.find(task.environment(), task.message());
    Optional<Duration> early = message.flatMap(it -> early(it, clock.instant()));
    if (early.isPresent()) {
      // By the schedule of its minute or by the sweeper it comes once more in any case.
      Duration delay = Tasks.Sending.clamped(early.get());
      tasks.send(task, delay);
      return new Outcome.Later(delay);
    }
    Outcome outcome = deliver.handle(task);
    unlist(task, message);
    return outcome;
  }

  /** How long until the window opens; empty when it has, or the message is past it already. */
  private static Optional<Duration> early(Message message, Instant now) {
    return message
        .scheduledAt()
        .filter(opens -> now.isBefore(opens) && DeliverMessage.isUntouched(message))
        .map(opens -> Duration.between(now, opens));
  }

  /** From where it was listed first, and from where the sweeper may have moved it. */
  private void unlist(DeliveryTask.Deliver task, Optional<Message> message) {
    LongStream.concat(
            task.minute().stream(),
            message.flatMap(Message::scheduledAt).stream().mapToLong(Minutes::of))
        .distinct()
        .forEach(
            minute ->
                dues.remove(
                    new Timer(
                        task.environment(),
                        new Timer.Subject.OfMessage(task.message(), task.tenant(), task.run()),
                        0,
                        Minutes.start(minute),
                        minute)));
  }
}
