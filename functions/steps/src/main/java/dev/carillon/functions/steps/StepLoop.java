package dev.carillon.functions.steps;

import dev.carillon.event.Events;
import dev.carillon.event.Happening;
import dev.carillon.event.PublishEvents;
import dev.carillon.functions.steps.AdvanceRun.Result;
import dev.carillon.functions.steps.StepResult.PendingEffect;
import dev.carillon.functions.steps.waiting.WaitTimers;
import dev.carillon.json.Json;
import dev.carillon.run.Cancellation;
import dev.carillon.run.HaltReason;
import dev.carillon.run.LogEntry;
import dev.carillon.run.Run;
import dev.carillon.run.Run.State;
import dev.carillon.run.RunContext;
import dev.carillon.run.RunEvent;
import dev.carillon.run.Runs;
import dev.carillon.run.SkipReason;
import dev.carillon.run.StepOutcome;
import dev.carillon.task.Tasks;
import dev.carillon.task.WebhooksTask.RunChange;
import dev.carillon.trigger.Triggers;
import dev.carillon.workflow.Step;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Takes a run from step to step until it waits or ends.
 *
 * <p>The order of effects makes it safe to die between any two of them and to see every task twice:
 * what steps make first (its ids follow from the run, each thing is created once), then the tasks
 * they owe, then the run itself, stored only if nobody else stored it meanwhile, then the hint and
 * the alarm of its wait. Only then is the task acknowledged.
 */
final class StepLoop {
  private final Triggers triggers;
  private final KeepTrigger keep;
  private final Runs runs;
  private final ExecuteStep take;
  private final SendMessages send;
  private final WaitTimers arm;
  private final PublishEvents tell;
  private final Tasks tasks;
  private final InstantSource clock;

  StepLoop(
      Triggers triggers,
      Runs runs,
      ExecuteStep take,
      SendMessages send,
      WaitTimers arm,
      PublishEvents tell,
      Tasks tasks,
      InstantSource clock) {
    this.triggers = triggers;
    this.keep = new KeepTrigger(triggers);
    this.runs = runs;
    this.take = take;
    this.send = send;
    this.arm = arm;
    this.tell = tell;
    this.tasks = tasks;
    this.clock = clock;
  }

  /** The run's first steps. */
  Result begin(Run run, RunContext context, Instant now) {
    PendingEffect started =
        new PendingEffect.Publish(List.of(Events.ofRun(run, RunChange.STARTED)));
    var owed = new ArrayList<>(List.of(started));
    return from(run, context, context.workflow().steps().stream().findFirst(), 1, now, owed, false);
  }

  /** Takes steps until one makes the run wait or end, or there are none left. */
  Result from(Run start, RunContext initial, Optional<Step> first, int firstAttempt, Instant then) {
    return from(start, initial, first, firstAttempt, then, new ArrayList<>(), false);
  }

  /**
   * @param owed what is owed already
   * @param holds whether a batch is ahead that it holds: others may be in there, so it goes on to
   *     its close whatever became of it
   */
  private Result from(
      Run start,
      RunContext initial,
      Optional<Step> first,
      int firstAttempt,
      Instant then,
      List<PendingEffect> owed,
      boolean holds) {
    Run run = start;
    RunContext context = initial;
    Optional<Step> next = first;
    int attempt = firstAttempt;
    Instant now = then;
    while (next.isPresent()) {
      Step step = next.get();
      if (!holds && cancelled(run)) {
        return cancel(next, run, context, owed, Cancellation.CANCELLATION_KEY, now);
      }
      if (isOverflowOfABudgetKept(step, run, context)) {
        Json.Obj why = LogEntry.because(SkipReason.WITHIN_BUDGET);
        run = run.logged(LogEntry.ofStep(step, now, RunEvent.STEP_SKIPPED, true, 1, why));
        break;
      }
      if (!(step instanceof Step.ChannelStep channel) || channel.holdsRun()) {
        // It may take its time, and what it waits for must not have happened before; and the run
        // may be stored in the midst of it.
        handOver(run, owed);
        owed.clear();
      }
      int tries = 1;
      switch (take.take(step, run, context, attempt, now)) {
        case StepResult.Continue(var moved, var more) -> {
          run = moved;
          owed.addAll(more);
          context = take.contextAfter(step, run, context);
          next = context.workflow().after(step.ref());
        }
        case StepResult.GoTo(var moved, var chosen) -> {
          run = moved;
          next = chosen;
          if (next.isPresent()) {
            // The step itself, when all that was decided is that it may send now.
            boolean open = next.get().ref().equals(step.ref());
            tries = open ? attempt : 1;
            Run midway = run.in(new State.AtStep(next.get().ref(), open), now);
            if (!runs.save(midway)) {
              return new Result.Overtaken(run.id());
            }
            run = midway.stored().in(new State.Processing(), now);
          }
        }
        case StepResult.Pause(var moved, var wait) -> {
          return rest(moved.in(new State.Waiting(wait), now), owed, now);
        }
        case StepResult.End(var moved, var more) -> {
          owed.addAll(more);
          return rest(moved, owed, now);
        }
      }
      attempt = tries;
      // A step may have taken its time: one that asks a service, for instance.
      now = clock.instant();
    }
    return rest(run, owed, now);
  }

  /** The step as it is taken once it is settled that it may send now. */
  static Step open(Step step) {
    return step instanceof Step.ChannelStep channel ? channel.atAnyTime() : step;
  }

  /**
   * Whether the step is the batch for what throttles before it turn away, and none turned this run
   * away: then it has what it came for, and the batch is not for it.
   */
  private static boolean isOverflowOfABudgetKept(Step step, Run run, RunContext context) {
    if (!(step instanceof Step.Batch)) {
      return false;
    }
    List<Step> throttles =
        context.workflow().allSteps().stream()
            .filter(it -> context.workflow().overflowBatch(it.ref()).equals(Optional.of(step)))
            .toList();
    return !throttles.isEmpty()
        && throttles.stream().noneMatch(throttle -> turnedAway(run.outcomes().get(throttle.ref())));
  }

  private static boolean turnedAway(StepOutcome outcome) {
    return outcome instanceof StepOutcome.Skipped(var reason) && reason == SkipReason.THROTTLED;
  }

  /** The run ends here for a reason that is no step's, as in {@link #end}. */
  Result halt(Run run, HaltReason reason, Optional<Step> next, RunContext context, Instant now) {
    return end(ExecuteStep.halted(run, reason, now), next, run, context, List.of(), now);
  }

  Result cancel(
      Optional<Step> next,
      Run run,
      RunContext context,
      List<PendingEffect> owed,
      Cancellation by,
      Instant now) {
    Run ended = run.logged(by.ends(now)).in(new State.Cancelled(), now);
    return end(ended, next, run, context, owed, now);
  }

  /**
   * The run ends before its time, unless a copy of the task made it the holder of a batch ahead:
   * then it goes on to its close. What was made for it comes to its end all the same.
   *
   * @param ended the run as it ends
   * @param next the step that it would have taken
   */
  Result end(
      Run ended,
      Optional<Step> next,
      Run run,
      RunContext context,
      List<PendingEffect> owed,
      Instant now) {
    var all = new ArrayList<>(owed);
    for (StepResult came : take.cameAhead(next, run, context, now)) {
      switch (came) {
        case StepResult.Pause _ -> {
          return from(run, context, next, 1, now, new ArrayList<>(owed), true);
        }
        case StepResult.End(_, var more) -> all.addAll(more);
        case StepResult.Continue _, StepResult.GoTo _ -> {}
      }
    }
    all.addAll(send.left(run, context));
    return rest(ended, all, now);
  }

  /** What was made for steps that the run did not take comes to an end of its own all the same. */
  void handOverLeft(Run run, RunContext context) {
    handOver(run, send.left(run, context));
  }

  boolean cancelled(Run run) {
    return run.cancellationKey().isPresent()
        && triggers.cancelled(run.environment(), run.trigger(), run.recipient());
  }

  /** The rest of the order of effects: tasks, the run, the hint and the alarm of its wait. */
  Result rest(Run moved, List<PendingEffect> owed, Instant now) {
    Run run =
        moved.state() instanceof State.Processing
            ? moved
                .logged(LogEntry.ofRun(now, RunEvent.RUN_COMPLETED, true, Json.object()))
                .in(new State.Completed(), now)
            : moved;
    if (run.state() instanceof State.Waiting(var wait)) {
      keep.until(run, wait.dueAt());
    }
    var all = new ArrayList<>(owed);
    all.add(new PendingEffect.Publish(ended(run)));
    handOver(run, all);
    if (!runs.save(run)) {
      return new Result.Overtaken(run.id());
    }
    if (run.state() instanceof State.Waiting(var wait)) {
      arm.list(run, wait, clock.instant());
    }
    return new Result.Moved(run);
  }

  /** What is to be told of a run that ended; nothing of one that goes on. */
  private static List<Happening> ended(Run run) {
    var news = new ArrayList<Happening>();
    if (run.state() instanceof State.Completed) {
      news.add(Events.ofRun(run, RunChange.COMPLETED));
    }
    boolean over = run.state() instanceof State.Completed || run.state() instanceof State.Cancelled;
    if (over && run.errors() > 0) {
      news.add(Events.ofRun(run, RunChange.ERROR));
    }
    return news;
  }

  private void handOver(Run run, List<PendingEffect> owed) {
    var sendings = new ArrayList<Tasks.Sending>();
    var news = new ArrayList<Happening>();
    for (PendingEffect it : owed) {
      switch (it) {
        case PendingEffect.SendTask(var task) ->
            sendings.add(new Tasks.Sending(task, Duration.ZERO));
        case PendingEffect.SetTimer(var item) -> arm.hold(item, clock.instant());
        case PendingEffect.Publish(var happenings) -> news.addAll(happenings);
      }
    }
    sendings.addAll(tell.tasksFor(run.environment(), run.recipient(), news));
    if (!sendings.isEmpty()) {
      tasks.send(sendings);
    }
  }
}
