package dev.carillon.functions.steps;

import dev.carillon.due.DueItem;
import dev.carillon.event.Event;
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

  /** What is to be handed over before the run is next stored. */
  sealed interface Owed {
    /** A task is to be in its queue. */
    record Now(Task task) implements Owed {}

    /** Something is to be listed, and its alarm set. */
    record Later(DueItem item) implements Owed {}

    /** Something happened to the run's recipient: the runs that wait for it are to be told. */
    record News(List<Event> events) implements Owed {}
  }
}
