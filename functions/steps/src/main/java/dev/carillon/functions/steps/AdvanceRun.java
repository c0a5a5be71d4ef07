package dev.carillon.functions.steps;

import dev.carillon.functions.steps.waiting.WaitTimers;
import dev.carillon.run.Cancellation;
import dev.carillon.run.Run;
import dev.carillon.run.Run.State;
import dev.carillon.run.RunContext;
import dev.carillon.run.Runs;
import dev.carillon.run.Wait;
import dev.carillon.runtime.LoadRunContext;
import dev.carillon.task.StepsTask;
import dev.carillon.trigger.RunId;
import dev.carillon.trigger.Trigger;
import dev.carillon.trigger.Triggers;
import dev.carillon.workflow.Step;
import dev.carillon.workflow.StepRef;
import dev.carillon.workflow.Workflow;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
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
  private final Runs runs;
  private final PinnedVersions pinned;
  private final LoadRunContext load;
  private final StepLoop walk;
  private final StartRun start;
  private final StopRun stop;
  private final EndWait endWait;
  private final WaitTimers arm;
  private final InstantSource clock;

  AdvanceRun(
      Triggers triggers,
      Runs runs,
      PinnedVersions pinned,
      LoadRunContext load,
      StepLoop walk,
      StartRun start,
      StopRun stop,
      EndWait endWait,
      WaitTimers arm,
      InstantSource clock) {
    this.triggers = triggers;
    this.runs = runs;
    this.pinned = pinned;
    this.load = load;
    this.walk = walk;
    this.start = start;
    this.stop = stop;
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

  Result handle(StepsTask.Advance task) {
    return handle(task, false);
  }

  /**
   * @param first whether the queue delivers this task for the first time
   * @throws IllegalStateException when others store the run all the time: the queue tries again
   */
  Result handle(StepsTask.Advance task, boolean first) {
    RunId id = RunId.of(task.trigger(), task.recipient());
    if (task.wake().isEmpty()
        && (first && start.mayBeStartedAgain(task, clock.instant())
            || !runs.glimpsed(task.environment(), id))) {
      // Should a copy of the task have stored it just now, this one is overtaken.
      Result result = handle(task, first, id, Optional.empty());
      if (!(result instanceof Result.Overtaken)) {
        return result;
      }
    }
    for (int look = 0; look < LOOKS; look++) {
      Optional<Run> stored = runs.find(task.environment(), id);
      Result result = handle(task, first, id, stored);
      // The worker that stored the run may have done no more than write into its log.
      if (!(result instanceof Result.Overtaken) || !waitsAsBefore(task, id, stored)) {
        return result;
      }
    }
    throw new IllegalStateException("Always overtaken: " + id);
  }

  private boolean waitsAsBefore(StepsTask.Advance task, RunId id, Optional<Run> before) {
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

  private Result handle(StepsTask.Advance task, boolean first, RunId id, Optional<Run> stored) {
    Instant now = clock.instant();
    if (stored.isPresent() && !stored.get().recipient().equals(task.recipient())) {
      throw new IllegalStateException("Two recipients of one trigger share the run id " + id);
    }
    if (stored.isEmpty()) {
      return task.wake().isEmpty() ? start.start(task, id, now) : past(task, id);
    }
    Run run = stored.get();
    if (!first || run.state() instanceof State.Cancelled) {
      // A worker may have made something on a way that the run did not go, and died.
      handOverLeft(run);
    }
    return switch (run.state()) {
      case State.Processing() -> throw new IllegalStateException("Stored while moving: " + id);
      case State.Completed(), State.Cancelled() -> past(task, id);
      case State.AtStep midway -> {
        Result result = midway(run, midway, now);
        if (!(result instanceof Result.Overtaken)) {
          arm.unlistStale(task);
        }
        yield result;
      }
      case State.Waiting(var wait) -> wake(task, run, wait, now);
    };
  }

  /** What a trigger past its retention led to is past it as well. */
  private void handOverLeft(Run run) {
    triggers
        .find(run.environment(), run.trigger())
        .ifPresent(trigger -> walk.handOverLeft(run, context(run, trigger)));
  }

  private Result past(StepsTask.Advance task, RunId id) {
    arm.unlistStale(task);
    return new Result.Past(id);
  }

  private Result midway(Run run, State.AtStep at, Instant now) {
    RunContext context = context(run);
    Step next = step(context.workflow(), at.next(), run);
    return walk.from(
        run.in(new State.Processing(), now),
        context,
        Optional.of(at.open() ? StepLoop.open(next) : next),
        1,
        now);
  }

  private Result wake(StepsTask.Advance task, Run stored, Wait wait, Instant now) {
    Run run = endWait.leaving(stored, wait, now);
    boolean meant =
        task.wake()
            .map(wake -> wake.waitId().equals(wait.id()) && wake.generation() == wait.generation())
            .orElse(false);
    return switch (endWait.look(run, wait, meant, now)) {
      case EndWait.Look.Cancelled() -> {
        // Paced as if it had gone on, so that what a copy made when it did is found.
        RunContext context = context(run);
        Optional<Step> next = next(context.workflow(), wait);
        Run awake = run.effectiveAt(EndWait.pace(run, wait)).in(new State.Processing(), now);
        var by = Cancellation.at(wait, run);
        Result result = walk.cancel(next, awake, context, List.of(), by, now);
        yield unlisted(result, run, wait, task);
      }
      case EndWait.Look.NotYet() -> {
        if (run != stored && !runs.save(run.in(run.state(), now))) {
          yield new Result.Overtaken(run.id());
        }
        if (meant) {
          arm.arm(run, wait, now);
        } else {
          // The worker that stored the run may have died before it did this.
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
        Result result = over(run.effectiveAt(pace), wait, now);
        yield unlisted(result, run, wait, task);
      }
    };
  }

  /** Takes the wait off the list, unless the worker that moved the run may have died on its way. */
  private Result unlisted(Result result, Run run, Wait wait, StepsTask.Advance task) {
    if (!(result instanceof Result.Overtaken)) {
      arm.unlist(run, wait, task);
    }
    return result;
  }

  private Result over(Run run, Wait wait, Instant now) {
    RunContext context = context(run);
    Step step = step(context.workflow(), wait.step(), run);
    Run awake = run.in(new State.Processing(), now);
    return stop.stop(next(context.workflow(), wait), awake, context, now)
        .orElseGet(() -> endWait.over(awake, context, step, wait, now));
  }

  /** The step that a run takes once the wait is over. */
  private static Optional<Step> next(Workflow workflow, Wait wait) {
    return switch (wait.kind()) {
      case Wait.Kind.Retry _, Wait.Kind.Hold() -> workflow.step(wait.step());
      case Wait.Kind.Elapse(), Wait.Kind.Collect _, Wait.Kind.Listen _ ->
          workflow.after(wait.step());
    };
  }

  private RunContext context(Run run) {
    Trigger trigger =
        triggers
            .find(run.environment(), run.trigger())
            .orElseThrow(
                () -> new IllegalStateException("The trigger of " + run.id() + " is gone"));
    return context(run, trigger);
  }

  private RunContext context(Run run, Trigger trigger) {
    return load.load(trigger, pinned.of(trigger, run.version()), run);
  }

  private static Step step(Workflow workflow, StepRef ref, Run run) {
    return workflow
        .step(ref)
        .orElseThrow(() -> new IllegalStateException("No step " + ref + " in " + run.id()));
  }
}
