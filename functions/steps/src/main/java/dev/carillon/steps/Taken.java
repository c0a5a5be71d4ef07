package dev.carillon.steps;

import dev.carillon.due.DueItem;
import dev.carillon.run.Run;
import dev.carillon.run.Wait;
import dev.carillon.task.Task;
import dev.carillon.workflow.Step;
import java.util.List;
import java.util.Optional;

/** What became of a run at a step. */
sealed interface Taken {

  /**
   * The step is done or skipped: the one that follows it is next.
   *
   * @param owed what is to be handed over before the run is next stored
   */
  record On(Run run, List<Owed> owed) implements Taken {
    On(Run run) {
      this(run, List.of());
    }
  }

  /**
   * The run goes on here, and is to be stored first: whoever takes over after a crash must find
   * this way chosen, not choose again.
   *
   * @param next empty at the end of the workflow
   */
  record Chosen(Run run, Optional<Step> next) implements Taken {}

  /** The run waits at this step. */
  record Waits(Run run, Wait on) implements Taken {}

  /**
   * The run ends here.
   *
   * @param owed as in {@link On}
   */
  record Ends(Run run, List<Owed> owed) implements Taken {
    Ends(Run run) {
      this(run, List.of());
    }
  }

  /**
   * A task that is to be in its queue before the run is stored.
   *
   * @param held when it is to be done only then, and how it is listed until then
   */
  record Owed(Task task, Optional<DueItem> held) {
    Owed(Task task) {
      this(task, Optional.empty());
    }
  }
}
