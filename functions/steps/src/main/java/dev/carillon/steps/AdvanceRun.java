package dev.carillon.steps;

import dev.carillon.condition.Facts;
import dev.carillon.condition.Verdict;
import dev.carillon.json.Json;
import dev.carillon.run.Cancellation;
import dev.carillon.run.Carried;
import dev.carillon.run.Firsts;
import dev.carillon.run.LogEntry;
import dev.carillon.run.Run;
import dev.carillon.run.Run.State;
import dev.carillon.run.Runs;
import dev.carillon.run.Wait;
import dev.carillon.steps.Gather.Known;
import dev.carillon.task.Task;
import dev.carillon.trigger.RunId;
import dev.carillon.trigger.Trigger;
import dev.carillon.trigger.Triggers;
import dev.carillon.workflow.Step;
import dev.carillon.workflow.StepRef;
import dev.carillon.workflow.VersionId;
import dev.carillon.workflow.Workflow;
import dev.carillon.workflow.Workflows;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Moves a run on: from its start, from where its way was chosen, or from the wait that is over, to
 * its next wait or its end. A task that finds the run past it does nothing; one that finds it
 * waiting sets its alarm again.
 */
final class AdvanceRun {
  /** How often a run is looked at anew that somebody else stored meanwhile, waiting as before. */
  private static final int LOOKS = 4;

  private final Triggers triggers;
  private final Workflows workflows;
  private final Runs runs;
  private final Firsts firsts;
  private final Gather gather;
  private final Walk walk;
  private final EndWait endWait;
  private final Arm arm;
  private final InstantSource clock;

  AdvanceRun(
      Triggers triggers,
      Workflows workflows,
      Runs runs,
      Firsts firsts,
      Gather gather,
      Walk walk,
      EndWait endWait,
      Arm arm,
      InstantSource clock) {
    this.triggers = triggers;
    this.workflows = workflows;
    this.runs = runs;
    this.firsts = firsts;
    this.gather = gather;
    this.walk = walk;
    this.endWait = endWait;
    this.arm = arm;
    this.clock = clock;
  }

  /** What came of a task, for the log. */
  sealed interface Result {
    /** The run moved and rests now as stored. */
    record Moved(Run run) implements Result {}

    /** The run waits for something else or for later; its alarm was set again. */
    record ArmedAgain(RunId run) implements Result {}

    /** The run is past what the task is about. */
    record Past(RunId run) implements Result {}

    /** Another copy of the task moved the run first. */
    record Overtaken(RunId run) implements Result {}

    /** The trigger is past its retention. */
    record TriggerMissing(RunId run) implements Result {}
  }

  /**
   * @throws IllegalStateException when others store the run all the time: the queue tries again
   */
  Result handle(Task.Advance task) {
    RunId id = RunId.of(task.trigger(), task.recipient());
    for (int look = 0; look < LOOKS; look++) {
      Optional<Run> stored = runs.find(task.environment(), id);
      Result result = handle(task, id, stored);
      // Whoever stored the run may have done no more than write into its log.
      if (!(result instanceof Result.Overtaken) || !waitsAsBefore(task, id, stored)) {
        return result;
      }
    }
    throw new IllegalStateException("Always overtaken: " + id);
  }

  private boolean waitsAsBefore(Task.Advance task, RunId id, Optional<Run> before) {
    return before.isPresent()
        && before.get().state() instanceof State.Waiting(var wait)
        && runs.find(task.environment(), id)
            .filter(
                now ->
                    now.state() instanceof State.Waiting(var still)
                        && still.id().equals(wait.id())
                        && still.generation() == wait.generation())
            .isPresent();
  }

  private Result handle(Task.Advance task, RunId id, Optional<Run> stored) {
    Instant now = clock.instant();
    if (stored.isPresent() && !stored.get().recipient().equals(task.recipient())) {
      throw new IllegalStateException("Two recipients of one trigger share the run id " + id);
    }
    if (stored.isEmpty()) {
      return task.wake().isEmpty() ? start(task, id, now) : past(task, id);
    }
    Run run = stored.get();
    return switch (run.state()) {
      case State.Processing() -> throw new IllegalStateException("Stored while moving: " + id);
      case State.Completed() -> past(task, id);
      case State.Cancelled() -> {
        // A copy of the task that was taking steps meanwhile may have made something and died.
        walk.handOverLeft(run, known(run));
        yield past(task, id);
      }
      case State.Midway midway -> {
        Result result = midway(run, midway, now);
        if (!(result instanceof Result.Overtaken)) {
          arm.unlistStale(task);
        }
        yield result;
      }
      case State.Waiting(var wait) -> wake(task, run, wait, now);
    };
  }

  private Result past(Task.Advance task, RunId id) {
    arm.unlistStale(task);
    return new Result.Past(id);
  }

  private Result start(Task.Advance task, RunId id, Instant now) {
    Optional<Trigger> found = triggers.find(task.environment(), task.trigger());
    if (found.isEmpty()) {
      return new Result.TriggerMissing(id);
    }
    Trigger trigger = found.get();
    Workflow workflow = version(trigger, trigger.version());
    Run run = fresh(trigger, task, id, now);
    Known known = gather.known(trigger, workflow, run);
    Optional<Step> first = workflow.steps().stream().findFirst();
    if (known.recipient().isEmpty()) {
      return missing(first, run, known, now);
    }
    Optional<Result> stopped = stopped(first, run, known, now);
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
      return walk.rest(TakeStep.halted(run, "not_the_first", now), List.of(), now);
    }
    return walk.begin(run, known, now);
  }

  /** Nobody identified the recipient, or it was deleted since. */
  private Result missing(Optional<Step> next, Run run, Known known, Instant now) {
    Run ended = run.logged(LogEntry.ofRun(now, "recipient_missing", false, Json.object()));
    return walk.end(ended, next, run, known, List.of(), now);
  }

  private static Run fresh(Trigger trigger, Task.Advance task, RunId id, Instant now) {
    Carried carried = Carried.NOTHING.from(trigger.source());
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
          firsts.isFirst(
              run.environment(), run.workflow(), run.recipient(), Optional.empty(), run.id());
      case ONCE_PER_RECIPIENT_PER_TENANT ->
          firsts.isFirst(
              run.environment(), run.workflow(), run.recipient(), run.tenant(), run.id());
    };
  }

  private Result midway(Run run, State.Midway at, Instant now) {
    Trigger trigger = trigger(run);
    Workflow workflow = version(trigger, run.version());
    Run moving = run.in(new State.Processing(), now);
    Step next = step(workflow, at.next(), run);
    return walk.from(
        moving,
        gather.known(trigger, workflow, run),
        Optional.of(at.open() ? Walk.open(next) : next),
        1,
        now);
  }

  private Result wake(Task.Advance task, Run stored, Wait wait, Instant now) {
    Run run = endWait.leaving(stored, wait, now);
    boolean meant =
        task.wake()
            .map(wake -> wake.waitId().equals(wait.id()) && wake.generation() == wait.generation())
            .orElse(false);
    return switch (endWait.look(run, wait, meant, now)) {
      case EndWait.Look.Cancelled() -> {
        // Paced as if it had gone on, so that what a copy made when it did is found.
        Known known = known(run);
        Optional<Step> next = next(known.workflow(), wait);
        Run awake = run.pacedAt(EndWait.pace(run, wait)).in(new State.Processing(), now);
        var by = Cancellation.at(wait, run);
        Result result = walk.cancel(next, awake, known, List.of(), by, now);
        yield unlisted(result, run, wait, task);
      }
      case EndWait.Look.NotYet() -> {
        if (run != stored && !runs.save(run.in(run.state(), now))) {
          yield new Result.Overtaken(run.id());
        }
        if (meant) {
          arm.arm(run, wait, now);
        } else {
          // Whoever stored the run may have died before it did this.
          arm.list(run, wait, now);
          arm.unlistStale(task);
        }
        yield new Result.ArmedAgain(run.id());
      }
      case EndWait.Look.Moved(var moved) -> {
        Result result = walk.rest(run.in(new State.Waiting(moved), now), List.of(), now);
        yield unlisted(result, run, wait, task);
      }
      case EndWait.Look.Over(var pace) -> {
        Result result = over(run.pacedAt(pace), wait, now);
        yield unlisted(result, run, wait, task);
      }
    };
  }

  /** Takes the wait off the list, unless whoever moved the run may have died on its way. */
  private Result unlisted(Result result, Run run, Wait wait, Task.Advance task) {
    if (!(result instanceof Result.Overtaken)) {
      arm.unlist(run, wait, task);
    }
    return result;
  }

  private Result over(Run run, Wait wait, Instant now) {
    Trigger trigger = trigger(run);
    Workflow workflow = version(trigger, run.version());
    Run awake = run.in(new State.Processing(), now);
    Step step = step(workflow, wait.step(), run);
    Known known = gather.known(trigger, workflow, run);
    Optional<Step> next = next(workflow, wait);
    Optional<Result> stopped = stopped(next, awake, known, now);
    if (stopped.isPresent()) {
      return stopped.get();
    }
    return known.recipient().isEmpty()
        ? missing(next, awake, known, now)
        : endWait.over(awake, known, step, wait, now);
  }

  /** The step that a run takes once the wait is over. */
  private static Optional<Step> next(Workflow workflow, Wait wait) {
    return switch (wait.kind()) {
      case Wait.Kind.Retry _, Wait.Kind.Hold() -> workflow.step(wait.step());
      case Wait.Kind.Elapse(), Wait.Kind.Collect _, Wait.Kind.Listen _ ->
          workflow.after(wait.step());
    };
  }

  /** Ends a run whose workflow is switched off, or archived; empty when it may go on. */
  private Optional<Result> stopped(Optional<Step> next, Run run, Known known, Instant now) {
    var live = workflows.live(run.environment(), run.workflow()).filter(it -> !it.archived());
    if (live.isEmpty()) {
      return Optional.of(walk.halt(run, "workflow_archived", next, known, now));
    }
    return live.get().active()
        ? Optional.empty()
        : Optional.of(walk.halt(run, "workflow_inactive", next, known, now));
  }

  private Known known(Run run) {
    Trigger trigger = trigger(run);
    return gather.known(trigger, version(trigger, run.version()), run);
  }

  private Trigger trigger(Run run) {
    return triggers
        .find(run.environment(), run.trigger())
        .orElseThrow(() -> new IllegalStateException("The trigger of " + run.id() + " is gone"));
  }

  private static Step step(Workflow workflow, StepRef ref, Run run) {
    return workflow
        .step(ref)
        .orElseThrow(() -> new IllegalStateException("No step " + ref + " in " + run.id()));
  }

  private Workflow version(Trigger trigger, VersionId version) {
    return workflows
        .version(trigger.environment(), trigger.workflow(), version)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "No version " + version + " of " + trigger.workflow().value()));
  }
}
