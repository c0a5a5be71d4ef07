package dev.carillon.functions.steps;

import dev.carillon.functions.steps.AdvanceRun.Result;
import dev.carillon.json.Json;
import dev.carillon.run.HaltReason;
import dev.carillon.run.LogEntry;
import dev.carillon.run.Run;
import dev.carillon.run.RunContext;
import dev.carillon.run.RunEvent;
import dev.carillon.run.Runs;
import dev.carillon.workflow.Step;
import dev.carillon.workflow.Workflows;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Ends a run that may not go on: its recipient is gone, or its workflow is switched off. */
final class StopRun {
  private final Workflows workflows;
  private final Runs runs;
  private final StepLoop walk;

  StopRun(Workflows workflows, Runs runs, StepLoop walk) {
    this.workflows = workflows;
    this.runs = runs;
    this.walk = walk;
  }

  /**
   * @param next the step that it would take
   * @return empty when it may go on
   */
  Optional<Result> stop(Optional<Step> next, Run run, RunContext context, Instant now) {
    boolean missing = context.participants().recipient().isEmpty();
    if (!missing && serves(run.content().glimpse(workflows, run.workflow()))) {
      return Optional.empty();
    }
    var live = run.content().live(workflows, run.workflow()).filter(it -> !it.archived());
    boolean goesOn = !missing && serves(live);
    if (!goesOn && run.revision() == 0 && runs.find(run.environment(), run.id()).isPresent()) {
      // A copy of the task took it to its end before this was so; nothing else is to be told of it.
      return Optional.of(new Result.Overtaken(run.id()));
    }
    if (missing) {
      // Nobody identified them, or they were deleted since.
      Run ended = run.logged(LogEntry.ofRun(now, RunEvent.RECIPIENT_MISSING, false, Json.object()));
      return Optional.of(walk.end(ended, next, run, context, List.of(), now));
    }
    if (live.isEmpty()) {
      return Optional.of(walk.halt(run, HaltReason.WORKFLOW_ARCHIVED, next, context, now));
    }
    return live.get().active()
        ? Optional.empty()
        : Optional.of(walk.halt(run, HaltReason.WORKFLOW_INACTIVE, next, context, now));
  }

  private static boolean serves(Optional<Workflows.Live> live) {
    return live.filter(it -> it.active() && !it.archived()).isPresent();
  }
}
