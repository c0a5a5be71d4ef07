package dev.carillon.workflow;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Gathers what is wrong with a workflow. Each of these notes problems of one step, or of the
 * workflow itself, below one of its fields; all of one reading share their list.
 */
final class WorkflowProblems {
  private final List<WorkflowProblem> found;
  private final Optional<StepRef> step;
  private final String path;

  private WorkflowProblems(List<WorkflowProblem> found, Optional<StepRef> step, String path) {
    this.found = found;
    this.step = step;
    this.path = path;
  }

  /** Of a workflow; none so far. */
  static WorkflowProblems none() {
    return new WorkflowProblems(new ArrayList<>(), Optional.empty(), "");
  }

  WorkflowProblems of(StepRef ref) {
    return new WorkflowProblems(found, Optional.of(ref), "");
  }

  WorkflowProblems below(String field) {
    return new WorkflowProblems(found, step, join(field));
  }

  /**
   * @param field a path below; empty for the whole
   * @param reason one sentence
   */
  void add(String field, String reason) {
    found.add(new WorkflowProblem(step, join(field), reason));
  }

  /** Notes a problem unless one of that very field is noted, which it would only follow from. */
  void once(String field, String reason) {
    String place = join(field);
    if (found.stream().noneMatch(it -> it.step().equals(step) && it.field().equals(place))) {
      add(field, reason);
    }
  }

  /** All of the reading, in the order they were found. */
  List<WorkflowProblem> all() {
    return List.copyOf(found);
  }

  int count() {
    return found.size();
  }

  private String join(String field) {
    if (path.isEmpty() || field.isEmpty()) {
      return path + field;
    }
    return field.startsWith("[") ? path + field : path + "." + field;
  }
}
