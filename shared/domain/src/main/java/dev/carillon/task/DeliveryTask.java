package dev.carillon.task;

import dev.carillon.channel.ChannelId;
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
      case Deliver task when task.attempt() > 1 -> Task.groupOfRetries(task.environment());
      case Deliver task -> Task.group(task.environment(), task.tenant());
      case Poll task -> Task.group(task.environment(), task.tenant());
    };
  }

  /**
   * Hand the message to its provider.
   *
   * @param attempt which attempt this is to be, from 1
   * @param run the run's trigger and recipient when a cancellation can still stop it
   * @param minute under which minute its timer is listed; empty when it has none, because nothing
   *     holds the message back
   * @param slot when the rate of a channel lets it be sent; empty when nothing was taken for it
   */
  record Deliver(
      EnvironmentId environment,
      MessageId message,
      Optional<TenantId> tenant,
      int attempt,
      Optional<Cancellable> run,
      OptionalLong minute,
      Optional<Slot> slot)
      implements DeliveryTask {

    /** For which no slot was taken. */
    public Deliver(
        EnvironmentId environment,
        MessageId message,
        Optional<TenantId> tenant,
        int attempt,
        Optional<Cancellable> run,
        OptionalLong minute) {
      this(environment, message, tenant, attempt, run, minute, Optional.empty());
    }
  }

  /**
   * A slot of a channel that has a rate.
   *
   * @param second of the epoch, within which it may send
   * @param channel whose it is; empty for the message's own
   */
  record Slot(long second, Optional<ChannelId> channel) {}

  /**
   * Ask the provider that took the message what became of it.
   *
   * @param check which time this is, from 1
   */
  record Poll(EnvironmentId environment, MessageId message, Optional<TenantId> tenant, int check)
      implements DeliveryTask {}

  record Cancellable(TriggerId trigger, RecipientId recipient) {}
}
