package dev.carillon.trigger;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.recipient.RecipientId;
import dev.carillon.workflow.WorkflowKey;
import java.time.Instant;
import java.util.Optional;

/**
 * A wait of a run whose trigger has a cancellation key, as it is listed under that key.
 *
 * @param waitId names the wait among those of its run
 * @param generation of several entries of one wait the one with the highest counts
 * @param until when the wait is to end
 */
public record CancellableWait(
    EnvironmentId environment,
    WorkflowKey workflow,
    String cancellationKey,
    TriggerId trigger,
    RecipientId recipient,
    String waitId,
    int generation,
    Instant until) {

  /** Of a run that ended in a batch which another run holds: its activity can still leave. */
  public static final String IN_A_BATCH = "in-a-batch";

  /**
   * What is found under a key: the run of a recipient, or, where an earlier build listed it, a
   * whole trigger.
   *
   * @param recipient empty for all of the trigger's
   * @param listed the wait; empty for a whole trigger
   */
  public record Found(
      TriggerId trigger, Optional<RecipientId> recipient, Optional<CancellableWait> listed) {

    /** A whole trigger. */
    public static Found whole(TriggerId trigger) {
      return new Found(trigger, Optional.empty(), Optional.empty());
    }

    public static Found of(CancellableWait wait) {
      return new Found(wait.trigger(), Optional.of(wait.recipient()), Optional.of(wait));
    }
  }
}
