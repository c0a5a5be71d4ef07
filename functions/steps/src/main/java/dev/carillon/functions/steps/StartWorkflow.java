package dev.carillon.functions.steps;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.functions.steps.StepResult.PendingEffect;
import dev.carillon.json.Json;
import dev.carillon.recipient.Identification;
import dev.carillon.run.HaltReason;
import dev.carillon.run.Run;
import dev.carillon.run.RunEvent;
import dev.carillon.run.SkipReason;
import dev.carillon.run.StepOutcome;
import dev.carillon.run.decision.Move;
import dev.carillon.schema.Schemas;
import dev.carillon.task.FanoutTask;
import dev.carillon.throttle.ThrottleId;
import dev.carillon.throttle.Throttles;
import dev.carillon.trigger.TraceContext;
import dev.carillon.trigger.Trigger;
import dev.carillon.trigger.TriggerId;
import dev.carillon.trigger.Triggers;
import dev.carillon.workflow.StepRef;
import dev.carillon.workflow.VersionId;
import dev.carillon.workflow.Workflows;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Triggers another workflow from a step. The trigger's id follows from run and step, so a step
 * taken again triggers nothing anew.
 */
final class StartWorkflow {
  /**
   * How many triggers steps may make one of the other. Knock names no limit; without one, a
   * workflow that triggers itself would send until somebody sees it.
   */
  private static final int MOST_IN_A_ROW = 10;

  /**
   * How many triggers steps may make that all go back to one run, beyond those that it makes
   * itself: two steps that trigger their own workflow would double in each row and still be ten in
   * a row.
   */
  private static final int MOST_IN_A_TREE = 100;

  /** What lies further apart is no loop that runs away, but a reminder. */
  private static final Duration ROW = Duration.ofHours(1);

  private final Workflows workflows;
  private final Triggers triggers;
  private final Throttles throttles;
  private final Schemas schemas;

  StartWorkflow(Workflows workflows, Triggers triggers, Throttles throttles, Schemas schemas) {
    this.workflows = workflows;
    this.triggers = triggers;
    this.throttles = throttles;
    this.schemas = schemas;
  }

  StepResult start(Move.StartWorkflow move, Run run, StepLog log) {
    Json.Obj which = Json.object().with("workflow", move.workflow().value());
    Optional<Workflows.Live> live = run.content().live(workflows, move.workflow());
    if (live.isEmpty()) {
      return log.skipped(run, SkipReason.WORKFLOW_MISSING, false, which);
    }
    if (live.get().archived()) {
      return log.skipped(run, SkipReason.WORKFLOW_ARCHIVED, false, which);
    }
    if (!live.get().active()) {
      return log.skipped(run, SkipReason.WORKFLOW_INACTIVE, true, which);
    }
    Trigger.Source.OfStep source = source(run, log.step().ref());
    if (source.inARow() > MOST_IN_A_ROW) {
      return log.skipped(run, SkipReason.TRIGGER_LOOP, false, which);
    }
    if (!hasRoom(run, source, log.now())) {
      return log.skipped(
          run, SkipReason.TRIGGER_TREE_FULL, false, which.with("root", source.root().toString()));
    }
    Optional<String> problem = problem(move, run, live.get().version());
    if (problem.isPresent()) {
      Run logged =
          log.note(run, RunEvent.STEP_FAILED, false, which.with("error", "data: " + problem.get()));
      return new StepResult.End(log.halted(logged, HaltReason.STEP_FAILED, Json.object()));
    }
    var id = TriggerId.of(run.effectiveAt(), "step " + run.id() + " " + log.step().ref().value());
    var trigger =
        new Trigger(
            run.environment(),
            id,
            move.workflow(),
            live.get().version(),
            move.recipients().stream().map(StartWorkflow::named).toList(),
            move.actor().map(StartWorkflow::named),
            move.tenant().map(tenant -> new Trigger.Tenant(tenant, Identification.NOTHING)),
            move.data(),
            move.cancellationKey(),
            move.settings(),
            source);
    triggers.accept(trigger, Optional.empty(), log.now());
    return new StepResult.Continue(
        log.note(
            run.with(log.step().ref(), new StepOutcome.Done()),
            RunEvent.WORKFLOW_TRIGGERED,
            true,
            which.with("workflow_run_id", id.toString())),
        List.of(
            new PendingEffect.SendTask(
                new FanoutTask.Start(run.environment(), id, trigger.tenantId(), 0))));
  }

  private static Trigger.Source.OfStep source(Run run, StepRef step) {
    boolean soon = Duration.between(run.trigger().time(), run.effectiveAt()).compareTo(ROW) < 0;
    Optional<EnvironmentId> branch = run.content().branch();
    Optional<TraceContext> trace = Optional.of(run.trace());
    return soon
            && run.carried().source()
                instanceof Trigger.Source.OfStep(_, _, var row, var root, _, _)
        ? new Trigger.Source.OfStep(run.id(), step, row + 1, root, branch, trace)
        : new Trigger.Source.OfStep(run.id(), step, 1, run.id(), branch, trace);
  }

  /** What the first run itself triggers is as much as its workflow has steps for, and not asked. */
  private boolean hasRoom(Run run, Trigger.Source.OfStep source, Instant now) {
    return source.inARow() == 1
        || throttles.pass(
                run.environment(),
                ThrottleId.ofTree(source.root()),
                run.id() + "#" + source.step().value(),
                MOST_IN_A_TREE,
                now.plus(ROW),
                now)
            instanceof Throttles.Passage.Passed;
  }

  /** What is wrong with the data by the schema of the workflow; the same again gives the same. */
  private Optional<String> problem(Move.StartWorkflow move, Run run, VersionId version) {
    return run.content()
        .version(workflows, move.workflow(), version)
        .flatMap(workflow -> schemas.problems(workflow, move.data()).stream().findFirst())
        .map(problem -> problem.path() + " " + problem.sentence());
  }

  private static Trigger.Named named(dev.carillon.recipient.RecipientId id) {
    return new Trigger.Named(id, Optional.empty(), Json.object());
  }
}
