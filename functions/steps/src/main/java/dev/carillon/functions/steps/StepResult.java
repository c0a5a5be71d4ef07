package dev.carillon.functions.steps;

import dev.carillon.event.Happening;
import dev.carillon.run.Run;
import dev.carillon.run.Wait;
import dev.carillon.task.Task;
import dev.carillon.timer.Timer;
import dev.carillon.workflow.Step;
import java.util.List;
import java.util.Optional;

/** What became of a run at a step. */
public sealed interface StepResult {

  /**
   * The step is done or skipped: the one that follows it is next.
   *
   * @param owed what is to be handed over before the run is next stored
   */
  record Continue(Run run, List<PendingEffect> owed) implements StepResult {
    public Continue(Run run) {
      this(run, List.of());
    }
  }

  /**
   * The run goes on here, and is to be stored first: the worker that takes over after a crash must
   * find this way chosen, not choose again.
   *
   * @param next empty at the end of the workflow
   */
  record GoTo(Run run, Optional<Step> next) implements StepResult {}

  /** The run waits at this step. */
  record Pause(Run run, Wait on) implements StepResult {}

  /**
   * The run ends here.
   *
   * @param owed as in {@link Continue}
   */
  record End(Run run, List<PendingEffect> owed) implements StepResult {
    End(Run run) {
      this(run, List.of());
    }
  }

  /** What is to be handed over before the run is next stored. */
  sealed interface PendingEffect {
    /** A task is to be in its queue. */
    record SendTask(Task task) implements PendingEffect {}

    /** Something is to be listed, and its alarm set. */
    record SetTimer(Timer item) implements PendingEffect {}

    /** Something happened to the run's recipient: the runs that wait for it are to be told. */
    record Publish(List<Happening> happenings) implements PendingEffect {}
  }
}
