package dev.carillon.functions.intake;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.recipient.RecipientId;
import dev.carillon.task.FanoutTask;
import dev.carillon.task.Tasks;
import dev.carillon.trigger.TriggerId;
import dev.carillon.trigger.Triggers;
import dev.carillon.workflow.WorkflowKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Cancels what was triggered with a cancellation key. When it returns the cancellation holds: no
 * run takes another step. The tasks it sends only let runs that wait notice at once.
 */
final class CancelRuns {
  private final Triggers triggers;
  private final Tasks tasks;

  CancelRuns(Triggers triggers, Tasks tasks) {
    this.triggers = triggers;
    this.tasks = tasks;
  }

  /**
   * Safe to repeat; harmless when the key is unknown.
   *
   * @param recipients only these; empty for everybody
   * @return how many triggers the key belongs to
   */
  int handle(
      EnvironmentId environment,
      WorkflowKey workflow,
      String cancellationKey,
      List<RecipientId> recipients) {
    int count = 0;
    Optional<String> cursor = Optional.empty();
    do {
      var page = triggers.withCancellationKey(environment, workflow, cancellationKey, cursor);
      for (TriggerId trigger : page.items()) {
        cancel(environment, trigger, recipients);
      }
      count += page.items().size();
      cursor = page.next();
    } while (cursor.isPresent());
    return count;
  }

  private void cancel(EnvironmentId environment, TriggerId trigger, List<RecipientId> recipients) {
    var sendings = new ArrayList<Tasks.Sending>();
    if (recipients.isEmpty()) {
      triggers.cancel(environment, trigger, Optional.empty());
      sendings.add(sending(environment, trigger, Optional.empty()));
    }
    for (RecipientId recipient : recipients) {
      triggers.cancel(environment, trigger, Optional.of(recipient));
      sendings.add(sending(environment, trigger, Optional.of(recipient)));
    }
    tasks.send(sendings);
  }

  private static Tasks.Sending sending(
      EnvironmentId environment, TriggerId trigger, Optional<RecipientId> recipient) {
    return new Tasks.Sending(
        new FanoutTask.Cancel(environment, trigger, recipient, Optional.empty()), Duration.ZERO);
  }
}
