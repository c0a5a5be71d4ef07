package dev.carillon.functions.api.recipients;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.recipient.RecipientId;
import dev.carillon.recipient.Recipients;
import dev.carillon.runtime.Ports;
import dev.carillon.task.ErasedPart;
import dev.carillon.task.FanoutTask;
import dev.carillon.task.Tasks;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Deletes users, objects and tenants, known or not: what is known of them at once, what is kept
 * beside them (subscriptions, schedules, messages, feed items) by a task, as there is no bound to
 * it. The task is sent first, so that nothing is left behind by a call that died in between.
 */
public final class DeleteRecipient {
  private final Recipients recipients;
  private final Tasks tasks;
  private final InstantSource clock;

  private DeleteRecipient(Recipients recipients, Tasks tasks, InstantSource clock) {
    this.recipients = recipients;
    this.tasks = tasks;
    this.clock = clock;
  }

  /** On these ports. */
  public static DeleteRecipient on(Ports ports) {
    return new DeleteRecipient(ports.recipients(), ports.tasks(), ports.clock());
  }

  /** Safe to repeat. */
  public void delete(EnvironmentId environment, RecipientId id) {
    tasks.send(
        new FanoutTask.Erase(
            environment, id, clock.instant(), ErasedPart.SUBSCRIBERS, Optional.empty()));
    recipients.delete(environment, id);
  }
}
