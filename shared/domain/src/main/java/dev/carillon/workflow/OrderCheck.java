package dev.carillon.workflow;

import dev.carillon.condition.Conditions;
import dev.carillon.workflow.Step.Arm;
import dev.carillon.workflow.Step.Batch;
import dev.carillon.workflow.Step.Branch;
import dev.carillon.workflow.Step.OnExceeded;
import dev.carillon.workflow.Step.Throttle;
import dev.carillon.workflow.Step.WaitForEvent;
import dev.carillon.workflow.Step.Way;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Finds what only the order of steps shows to make no sense. */
final class OrderCheck {
  private final Problems problems;

  private OrderCheck(Problems problems) {
    this.problems = problems;
  }

  static void of(List<Step> steps, Problems problems) {
    new OrderCheck(problems).row(steps, Set.of());
  }

  /**
   * @param earlier the refs of the steps that can have run before the row
   */
  private void row(List<Step> row, Set<String> earlier) {
    Set<String> run = new HashSet<>(earlier);
    for (int i = 0; i < row.size(); i++) {
      Step step = row.get(i);
      Problems here = problems.of(step.ref());
      asked(step.conditions(), "conditions", run, here);
      if (step instanceof WaitForEvent wait) {
        asked(wait.match(), "settings.match_conditions", run, here);
      }
      if (step instanceof Branch branch) {
        for (int arm = 0; arm < branch.branches().size(); arm++) {
          Arm way = branch.branches().get(arm);
          asked(way.conditions(), "branches[" + arm + "].conditions", run, here);
        }
      }
      if (step instanceof Throttle throttle && throttle.onExceeded() == OnExceeded.BATCH) {
        if (row.subList(i + 1, row.size()).stream().noneMatch(Batch.class::isInstance)) {
          here.add(
              "settings.on_exceeded",
              "There must be a batch step behind this one, in the same row of steps.");
        }
      }
      for (Way way : step.ways()) {
        row(way.steps(), run);
      }
      within(step).forEach(ref -> run.add(ref.value()));
    }
  }

  private static void asked(
      Conditions conditions, String field, Set<String> run, Problems problems) {
    for (String ref : conditions.refs()) {
      if (!run.contains(ref)) {
        problems.add(field, "No step that runs before this one has the ref " + ref + ".");
      }
    }
  }

  /** The step and all that its ways hold. */
  private static Stream<StepRef> within(Step step) {
    return Stream.concat(
        Stream.of(step.ref()),
        step.ways().stream().flatMap(way -> way.steps().stream()).flatMap(OrderCheck::within));
  }
}
