package dev.carillon.task;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.message.MessageId;
import dev.carillon.recipient.RecipientId;
import dev.carillon.recipient.TenantId;
import dev.carillon.trigger.TriggerId;
import java.util.Optional;
import java.util.OptionalLong;

/** What {@code delivery} does. */
public sealed interface DeliveryTask extends Task {

  @Override
  default TaskQueue queue() {
    return TaskQueue.DELIVERY;
  }

  @Override
  default String group() {
    return switch (this) {
      case Deliver task -> Task.group(task.environment(), task.tenant());
    };
  }

  /**
   * Hand the message to its provider.
   *
   * @param attempt which attempt this is to be, from 1
   * @param run the run's trigger and recipient when a cancellation can still stop it
   * @param minute under which minute its timer is listed; empty when it has none, because nothing
   *     holds the message back
   * @param slot the second of the epoch within which its channel's rate lets it be sent; empty when
   *     none was taken for it
   */
  record Deliver(
      EnvironmentId environment,
      MessageId message,
      Optional<TenantId> tenant,
      int attempt,
      Optional<Cancellable> run,
      OptionalLong minute,
      OptionalLong slot)
      implements DeliveryTask {

    /** For which no slot was taken. */
    public Deliver(
        EnvironmentId environment,
        MessageId message,
        Optional<TenantId> tenant,
        int attempt,
        Optional<Cancellable> run,
        OptionalLong minute) {
      this(environment, message, tenant, attempt, run, minute, OptionalLong.empty());
    }
  }

  record Cancellable(TriggerId trigger, RecipientId recipient) {}
}
