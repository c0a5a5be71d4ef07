package dev.carillon.functions.steps;

import dev.carillon.functions.steps.AdvanceRun.Result;
import dev.carillon.json.Json;
import dev.carillon.run.HaltReason;
import dev.carillon.run.LogEntry;
import dev.carillon.run.Run;
import dev.carillon.run.RunContext;
import dev.carillon.run.RunEvent;
import dev.carillon.workflow.Step;
import dev.carillon.workflow.Workflows;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Ends a run that may not go on: its recipient is gone, or its workflow is switched off. */
final class StopRun {
  private final Workflows workflows;
  private final StepLoop walk;

  StopRun(Workflows workflows, StepLoop walk) {
    this.workflows = workflows;
    this.walk = walk;
  }

  /**
   * @param next the step that it would take
   * @return empty when it may go on
   */
  Optional<Result> stop(Optional<Step> next, Run run, RunContext context, Instant now) {
    if (context.participants().recipient().isEmpty()) {
      // Nobody identified them, or they were deleted since.
      Run ended = run.logged(LogEntry.ofRun(now, RunEvent.RECIPIENT_MISSING, false, Json.object()));
      return Optional.of(walk.end(ended, next, run, context, List.of(), now));
    }
    var live = workflows.live(run.environment(), run.workflow()).filter(it -> !it.archived());
    if (live.isEmpty()) {
      return Optional.of(walk.halt(run, HaltReason.WORKFLOW_ARCHIVED, next, context, now));
    }
    return live.get().active()
        ? Optional.empty()
        : Optional.of(walk.halt(run, HaltReason.WORKFLOW_INACTIVE, next, context, now));
  }
}
