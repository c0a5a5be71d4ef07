package dev.carillon.functions.intake;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.recipient.RecipientId;
import dev.carillon.task.FanoutTask;
import dev.carillon.task.Tasks;
import dev.carillon.trigger.Triggers;
import dev.carillon.workflow.WorkflowKey;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Cancels what was triggered with a cancellation key. When it returns the cancellation holds: no
 * run takes another step. The tasks it sends only let runs that wait notice at once; what they cost
 * goes by how many wait, not by how often the key was used.
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
   */
  void handle(
      EnvironmentId environment,
      WorkflowKey workflow,
      String cancellationKey,
      List<RecipientId> recipients) {
    triggers.cancelUnder(environment, workflow, cancellationKey, recipients);
    List<Optional<RecipientId>> whose =
        recipients.isEmpty()
            ? List.of(Optional.empty())
            : recipients.stream().map(Optional::of).toList();
    tasks.send(
        whose.stream()
            .map(
                one ->
                    new Tasks.Sending(
                        new FanoutTask.CancelUnder(
                            environment, workflow, cancellationKey, one, Optional.empty()),
                        Duration.ZERO))
            .toList());
  }
}
