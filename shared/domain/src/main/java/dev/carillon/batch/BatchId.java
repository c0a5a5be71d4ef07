package dev.carillon.batch;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.id.Digest;
import dev.carillon.recipient.RecipientId;
import dev.carillon.workflow.StepRef;
import dev.carillon.workflow.VersionId;
import dev.carillon.workflow.WorkflowKey;
import java.util.Optional;

/**
 * Names what is batched together, however often: a hash of the recipient and of what the batch step
 * says. Of one id at most one batch is open; its batches are counted by generation.
 *
 * @param value 64 hexadecimal digits
 */
public record BatchId(String value) {

  /** Of one step, whatever the version of the workflow. */
  public static BatchId latest(
      RecipientId recipient, WorkflowKey workflow, StepRef step, Optional<String> key) {
    return of("latest", recipient, workflow.value(), step.value(), key);
  }

  /**
   * Of one version of a workflow, whichever of its steps. A batch step that comes after another is
   * not reached until that one's batch is closed, so the two share nothing.
   *
   * @param before how many batch steps the run has been through
   */
  public static BatchId pinned(
      RecipientId recipient,
      WorkflowKey workflow,
      VersionId version,
      Optional<String> key,
      int before) {
    return of("pinned", recipient, workflow.value(), version + " " + before, key);
  }

  /** The same on a branch, whose runs share no batch with those of the environment. */
  public BatchId on(EnvironmentId branch) {
    return new BatchId(Digest.of("branch", branch.value(), value).hex());
  }

  private static BatchId of(
      String kind, RecipientId recipient, String workflow, String part, Optional<String> key) {
    return new BatchId(
        Digest.of(
                "batch",
                kind,
                recipient.collection(),
                recipient.id(),
                workflow,
                part,
                key.map(it -> "=" + it).orElse(""))
            .hex());
  }
}
