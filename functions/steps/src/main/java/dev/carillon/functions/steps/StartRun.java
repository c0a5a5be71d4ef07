package dev.carillon.functions.steps;

import dev.carillon.condition.Facts;
import dev.carillon.condition.Verdict;
import dev.carillon.functions.steps.AdvanceRun.Result;
import dev.carillon.json.Json;
import dev.carillon.run.HaltReason;
import dev.carillon.run.LogEntry;
import dev.carillon.run.OnceClaims;
import dev.carillon.run.Run;
import dev.carillon.run.RunContext;
import dev.carillon.run.RunEvent;
import dev.carillon.runtime.LoadRunContext;
import dev.carillon.task.StepsTask;
import dev.carillon.trigger.RunId;
import dev.carillon.trigger.Trigger;
import dev.carillon.trigger.Triggers;
import dev.carillon.workflow.Step;
import dev.carillon.workflow.Workflow;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Starts the run of a trigger for one of its recipients, or ends it before its first step. */
final class StartRun {
  private final Triggers triggers;
  private final PinnedVersions pinned;
  private final OnceClaims firsts;
  private final LoadRunContext load;
  private final AnswerConditions answer;
  private final StopRun stop;
  private final StepLoop walk;

  StartRun(
      Triggers triggers,
      PinnedVersions pinned,
      OnceClaims firsts,
      LoadRunContext load,
      AnswerConditions answer,
      StopRun stop,
      StepLoop walk) {
    this.triggers = triggers;
    this.pinned = pinned;
    this.firsts = firsts;
    this.load = load;
    this.answer = answer;
    this.stop = stop;
    this.walk = walk;
  }

  Result start(StepsTask.Advance task, RunId id, Instant now) {
    Optional<Trigger> found = triggers.find(task.environment(), task.trigger());
    if (found.isEmpty()) {
      return new Result.TriggerMissing(id);
    }
    Trigger trigger = found.get();
    Workflow workflow = pinned.of(trigger, trigger.version());
    Run run = Run.start(trigger, task.recipient(), task.via(), now);
    RunContext context = load.load(trigger, workflow, run);
    Optional<Step> first = workflow.steps().stream().findFirst();
    Optional<Result> stopped = stop.stop(first, run, context, now);
    if (stopped.isPresent()) {
      return stopped.get();
    }
    Facts facts =
        answer.inAudiences(
            workflow.conditions(),
            context.facts(run, now),
            context.participants().recipient(),
            run);
    Verdict verdict = Verdict.of(workflow.conditions(), facts);
    if (!verdict.holds()) {
      Json.Obj why =
          LogEntry.because(HaltReason.TRIGGER_CONDITIONS).with("conditions", verdict.json());
      Json.Obj shown = context.secrets().masked(why);
      return walk.rest(
          run.logged(LogEntry.ofRun(now, RunEvent.RUN_HALTED, true, shown)), List.of(), now);
    }
    if (!isFirst(run, workflow)) {
      return walk.rest(ExecuteStep.halted(run, HaltReason.NOT_THE_FIRST, now), List.of(), now);
    }
    return walk.begin(run, context, now);
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
