package dev.carillon.functions.steps;

import dev.carillon.condition.Facts;
import dev.carillon.condition.Verdict;
import dev.carillon.functions.steps.AdvanceRun.Result;
import dev.carillon.functions.steps.LoadRunContext.RunContext;
import dev.carillon.json.Json;
import dev.carillon.run.LogEntry;
import dev.carillon.run.OnceClaims;
import dev.carillon.run.Run;
import dev.carillon.run.Run.State;
import dev.carillon.run.RunState;
import dev.carillon.task.Task;
import dev.carillon.trigger.RunId;
import dev.carillon.trigger.Trigger;
import dev.carillon.trigger.Triggers;
import dev.carillon.workflow.Step;
import dev.carillon.workflow.Workflow;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Starts the run of a trigger for one of its recipients, or ends it before its first step. */
final class StartRun {
  private final Triggers triggers;
  private final PinnedVersions pinned;
  private final OnceClaims firsts;
  private final LoadRunContext gather;
  private final StopRun stop;
  private final StepLoop walk;

  StartRun(
      Triggers triggers,
      PinnedVersions pinned,
      OnceClaims firsts,
      LoadRunContext gather,
      StopRun stop,
      StepLoop walk) {
    this.triggers = triggers;
    this.pinned = pinned;
    this.firsts = firsts;
    this.gather = gather;
    this.stop = stop;
    this.walk = walk;
  }

  Result start(Task.Advance task, RunId id, Instant now) {
    Optional<Trigger> found = triggers.find(task.environment(), task.trigger());
    if (found.isEmpty()) {
      return new Result.TriggerMissing(id);
    }
    Trigger trigger = found.get();
    Workflow workflow = pinned.of(trigger, trigger.version());
    Run run = fresh(trigger, task, id, now);
    RunContext known = gather.known(trigger, workflow, run);
    Optional<Step> first = workflow.steps().stream().findFirst();
    Optional<Result> stopped = stop.stop(first, run, known, now);
    if (stopped.isPresent()) {
      return stopped.get();
    }
    Facts facts =
        gather.inAudiences(workflow.conditions(), known.facts(run, now), known.recipient(), run);
    Verdict verdict = Verdict.of(workflow.conditions(), facts);
    if (!verdict.holds()) {
      Json.Obj why =
          Json.object().with("reason", "trigger_conditions").with("conditions", verdict.json());
      Json.Obj shown = known.secrets().masked(why);
      return walk.rest(run.logged(LogEntry.ofRun(now, "run_halted", true, shown)), List.of(), now);
    }
    if (!isFirst(run, workflow)) {
      return walk.rest(ExecuteStep.halted(run, "not_the_first", now), List.of(), now);
    }
    return walk.begin(run, known, now);
  }

  private static Run fresh(Trigger trigger, Task.Advance task, RunId id, Instant now) {
    RunState carried = RunState.NOTHING.from(trigger.source());
    return new Run(
        trigger.environment(),
        id,
        trigger.id(),
        trigger.workflow(),
        trigger.version(),
        task.recipient(),
        trigger.actor().map(Trigger.Named::id),
        trigger.tenantId(),
        trigger.cancellationKey(),
        new State.Processing(),
        0,
        trigger.id().time(),
        task.via().map(carried::withVia).orElse(carried),
        Map.of(),
        List.of(),
        0,
        now,
        now);
  }

  /** A run that its trigger's conditions stopped has not used up the recipient's one. */
  private boolean isFirst(Run run, Workflow workflow) {
    return switch (workflow.frequency()) {
      case EVERY_TRIGGER -> true;
      case ONCE_PER_RECIPIENT ->
          firsts.claim(
              run.environment(), run.workflow(), run.recipient(), Optional.empty(), run.id());
      case ONCE_PER_RECIPIENT_PER_TENANT ->
          firsts.claim(run.environment(), run.workflow(), run.recipient(), run.tenant(), run.id());
    };
  }
}
