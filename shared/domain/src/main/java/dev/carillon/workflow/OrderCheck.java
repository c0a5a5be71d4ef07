package dev.carillon.workflow;

import dev.carillon.condition.Conditions;
import dev.carillon.condition.Path;
import dev.carillon.workflow.Step.Batch;
import dev.carillon.workflow.Step.Branch;
import dev.carillon.workflow.Step.ChannelStep;
import dev.carillon.workflow.Step.OnExceeded;
import dev.carillon.workflow.Step.Throttle;
import dev.carillon.workflow.Step.WaitForEvent;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Finds what only the order of steps shows to make no sense. */
final class OrderCheck {
  private final WorkflowProblems problems;

  private OrderCheck(WorkflowProblems problems) {
    this.problems = problems;
  }

  static void of(List<Step> steps, WorkflowProblems problems) {
    new OrderCheck(problems).row(steps, new Before(Set.of(), Set.of(), Set.of()));
  }

  /**
   * What can have happened before a step.
   *
   * @param refs of the steps that can have run
   * @param channels those among them that make messages
   * @param waits those among them that wait for events
   */
  private record Before(Set<String> refs, Set<String> channels, Set<String> waits) {
    Before copy() {
      return new Before(new HashSet<>(refs), new HashSet<>(channels), new HashSet<>(waits));
    }

    /** The step and all that its ways hold. */
    void add(Step step) {
      refs.add(step.ref().value());
      if (step instanceof ChannelStep) {
        channels.add(step.ref().value());
      } else if (step instanceof WaitForEvent) {
        waits.add(step.ref().value());
      }
      step.ways().forEach(way -> way.steps().forEach(this::add));
    }
  }

  private void row(List<Step> row, Before outside) {
    Before before = outside.copy();
    for (int i = 0; i < row.size(); i++) {
      Step step = row.get(i);
      WorkflowProblems here = problems.of(step.ref());
      asked(step.conditions(), "conditions", before, here);
      switch (step) {
        case WaitForEvent wait -> asked(wait.match(), "settings.match_conditions", before, here);
        case Branch branch -> {
          for (int arm = 0; arm < branch.branches().size(); arm++) {
            Conditions conditions = branch.branches().get(arm).conditions();
            asked(conditions, "branches[" + arm + "].conditions", before, here);
          }
        }
        case Throttle throttle when throttle.onExceeded() == OnExceeded.BATCH -> {
          if (row.subList(i + 1, row.size()).stream().noneMatch(Batch.class::isInstance)) {
            here.add(
                "settings.on_exceeded",
                "There must be a batch step behind this one, in the same row of steps.");
          }
        }
        case ChannelStep _,
            Step.Delay _,
            Batch _,
            Throttle _,
            Step.RandomCohort _,
            Step.Fetch _,
            Step.TriggerWorkflow _,
            Step.UpdateData _,
            Step.UpdateRecipient _ -> {}
      }
      step.ways().forEach(way -> row(way.steps(), before));
      before.add(step);
    }
  }

  private static void asked(
      Conditions conditions, String field, Before before, WorkflowProblems problems) {
    for (String ref : conditions.refs()) {
      if (!before.refs().contains(ref)) {
        problems.add(field, "No earlier step has the ref " + ref + ".");
      } else if (!before.channels().contains(ref)) {
        problems.add(
            field, "The step " + ref + " makes no messages whose status could be asked about.");
      }
    }
    for (Path path : conditions.outputs()) {
      String ref = path.names().get(1);
      if (!before.waits().contains(ref)) {
        problems.add(
            field,
            "\""
                + path.text()
                + "\": no earlier step that waits for an event has the ref "
                + ref
                + ".");
      }
    }
  }
}
