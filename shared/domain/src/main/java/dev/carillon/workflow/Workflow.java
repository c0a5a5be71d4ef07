package dev.carillon.workflow;

import dev.carillon.condition.Conditions;
import dev.carillon.json.Json;
import java.util.List;
import java.util.Optional;

/**
 * One version of a workflow; immutable, so it may be cached by its version for ever.
 *
 * @param source the {@code workflow.json} this was read from, its files read in
 */
public record Workflow(
    WorkflowKey key,
    VersionId version,
    String name,
    List<String> categories,
    Conditions conditions,
    List<Step> steps,
    Json.Obj source) {

  public Workflow {
    categories = List.copyOf(categories);
    steps = List.copyOf(steps);
  }

  /** The step that follows {@code ref}; empty after the last one. */
  public Optional<Step> after(StepRef ref) {
    for (int i = 0; i < steps.size() - 1; i++) {
      if (steps.get(i).ref().equals(ref)) {
        return Optional.of(steps.get(i + 1));
      }
    }
    return Optional.empty();
  }

  /** The step of that name; empty when this version has none. */
  public Optional<Step> step(StepRef ref) {
    return steps.stream().filter(step -> step.ref().equals(ref)).findFirst();
  }

  public Optional<Step> into(StepRef branch, int arm) {
    throw new UnsupportedOperationException("stub " + branch + arm);
  }

  public Optional<Step> overflowBatch(StepRef throttle) {
    throw new UnsupportedOperationException("stub " + throttle);
  }

  public enum Frequency {
    EVERY_TRIGGER,
    ONCE_PER_RECIPIENT,
    ONCE_PER_RECIPIENT_PER_TENANT
  }

  public Frequency frequency() {
    return Frequency.EVERY_TRIGGER;
  }

  public java.util.List<Step> allSteps() {
    return steps;
  }
}
