package dev.carillon.functions.steps;

import dev.carillon.event.Events;
import dev.carillon.functions.steps.StepResult.PendingEffect;
import dev.carillon.message.DeliveryStatus;
import dev.carillon.message.Message;
import dev.carillon.message.MessageId;
import dev.carillon.run.Run;
import dev.carillon.task.DeliveryTask;
import dev.carillon.timer.Minutes;
import dev.carillon.timer.Timer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A message that exists.
 *
 * @param scheduledAt until when a send window holds it back
 * @param owed what is still to be done for it: its delivery, unless that has begun, and telling of
 *     it. Each may be done twice.
 */
record MadeMessage(MessageId id, Optional<Instant> scheduledAt, List<PendingEffect> owed) {
  /** What a message may be from the beginning. */
  private static final Set<String> BORN = Set.of("created", "queued", "delivered", "not_sent");

  static MadeMessage of(Message message, Run run) {
    var owed = new ArrayList<PendingEffect>();
    if (message.status() == DeliveryStatus.QUEUED && message.attempts().isEmpty()) {
      owed.add(delivery(message, run));
    }
    owed.add(new PendingEffect.Publish(Events.ofMessage(message, BORN::contains)));
    return new MadeMessage(message.id(), message.scheduledAt(), owed);
  }

  private static PendingEffect delivery(Message message, Run run) {
    var cancellable =
        run.cancellationKey()
            .map(_ -> new DeliveryTask.Cancellable(run.trigger(), run.recipient()));
    return message
        .scheduledAt()
        .<PendingEffect>map(
            opens ->
                new PendingEffect.SetTimer(
                    new Timer(
                        message.environment(),
                        new Timer.Subject.OfMessage(message.id(), message.tenant(), cancellable),
                        0,
                        opens,
                        Minutes.of(opens))))
        .orElseGet(
            () ->
                new PendingEffect.SendTask(
                    new DeliveryTask.Deliver(
                        message.environment(),
                        message.id(),
                        message.tenant(),
                        1,
                        cancellable,
                        OptionalLong.empty())));
  }
}
