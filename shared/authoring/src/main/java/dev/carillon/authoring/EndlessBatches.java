package dev.carillon.authoring;

import dev.carillon.workflow.Step;
import dev.carillon.workflow.WorkflowProblem;
import java.util.List;
import java.util.Optional;

/**
 * Sliding batches without a limit: who is written to every minute never hears of it. What serves
 * already is not held to this.
 */
final class EndlessBatches {
  private EndlessBatches() {}

  static List<WorkflowProblem> of(List<Step> steps) {
    return steps.stream()
        .filter(
            step ->
                step instanceof Step.Batch batch
                    && batch.sliding().filter(it -> it.extensionLimit().isEmpty()).isPresent())
        .map(
            step ->
                new WorkflowProblem(
                    Optional.of(step.ref()),
                    "settings.batch_window_extension_limit",
                    "A sliding batch needs a limit to how long it may be kept open."))
        .toList();
  }
}
