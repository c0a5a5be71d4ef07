package dev.carillon.steps;

import dev.carillon.event.Event;
import dev.carillon.event.EventSources;
import dev.carillon.json.Json;
import dev.carillon.run.LogEntry;
import dev.carillon.run.Outcome;
import dev.carillon.run.Run;
import dev.carillon.run.Run.State;
import dev.carillon.run.Runs;
import dev.carillon.steps.AdvanceRun.Result;
import dev.carillon.steps.Gather.Known;
import dev.carillon.steps.Taken.Owed;
import dev.carillon.task.Tasks;
import dev.carillon.trigger.Triggers;
import dev.carillon.workflow.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Takes a run from step to step until it waits or ends.
 *
 * <p>The order of effects makes it safe to die between any two of them and to see every task twice:
 * what steps make first (its ids follow from the run, each thing is created once), then the tasks
 * they owe, then the run itself, stored only if nobody else stored it meanwhile, then the alarm of
 * its wait. Only then is the task acknowledged.
 */
final class Walk {
  /**
   * A run that goes on later than this after its trigger may outlive what the trigger is kept for,
   * whether by one long wait or by many short ones.
   */
  private static final Duration LATE = Duration.ofDays(7);

  private static final Duration KEPT_AFTER_WAIT = Duration.ofDays(30);

  private final Triggers triggers;
  private final Runs runs;
  private final TakeStep take;
  private final SendMessages send;
  private final Arm arm;
  private final TellEvents tell;
  private final Tasks tasks;

  Walk(
      Triggers triggers,
      Runs runs,
      TakeStep take,
      SendMessages send,
      Arm arm,
      TellEvents tell,
      Tasks tasks) {
    this.triggers = triggers;
    this.runs = runs;
    this.take = take;
    this.send = send;
    this.arm = arm;
    this.tell = tell;
    this.tasks = tasks;
  }

  /** Takes steps until one makes the run wait or end, or there are none left. */
  Result from(Run start, Known known, Optional<Step> first, int firstAttempt, Instant now) {
    Run run = start;
    Optional<Step> next = first;
    int attempt = firstAttempt;
    var owed = new ArrayList<Owed>();
    while (next.isPresent()) {
      if (cancelled(run)) {
        return cancel(run, known, owed, now);
      }
      Step step = next.get();
      if (isOverflowOfABudgetKept(step, run, known)) {
        break;
      }
      switch (take.take(step, run, known, attempt, now)) {
        case Taken.On(var moved, var more) -> {
          run = moved;
          owed.addAll(more);
          next = known.workflow().after(step.ref());
        }
        case Taken.Chosen(var moved, var chosen) -> {
          run = moved;
          next = chosen;
          if (next.isPresent()) {
            Run midway = run.in(new State.Midway(next.get().ref()), now);
            handOver(owed, now);
            owed.clear();
            if (!runs.save(midway)) {
              return new Result.Overtaken(run.id());
            }
            run = midway.stored().in(new State.Processing(), now);
          }
        }
        case Taken.Waits(var moved, var wait) -> {
          return rest(moved.in(new State.Waiting(wait), now), owed, now);
        }
        case Taken.Ends(var moved, var more) -> {
          owed.addAll(more);
          return rest(moved, owed, now);
        }
      }
      attempt = 1;
    }
    return rest(run, owed, now);
  }

  /**
   * Whether the step is the batch for what a throttle before it turned away, and this run was not
   * turned away: then it has what it came for, and the batch is not for it.
   */
  private static boolean isOverflowOfABudgetKept(Step step, Run run, Known known) {
    return step instanceof Step.Batch
        && known.workflow().allSteps().stream()
            .filter(Step.Throttle.class::isInstance)
            .map(Step.Throttle.class::cast)
            .filter(throttle -> throttle.onExceeded() == Step.OnExceeded.BATCH)
            .filter(
                throttle ->
                    known.workflow().overflowBatch(throttle.ref()).equals(Optional.of(step)))
            .anyMatch(throttle -> !turnedAway(run.outcomes().get(throttle.ref())));
  }

  private static boolean turnedAway(Outcome outcome) {
    return outcome instanceof Outcome.Skipped(var reason) && reason.equals(PassThrottle.REASON);
  }

  /** The run ends here, for a reason that is no step's. */
  Result halt(Run run, String reason, Instant now) {
    return rest(TakeStep.halted(run, reason, now), List.of(), now);
  }

  Result cancel(Run run, Known known, List<Owed> owed, Instant now) {
    Run ended =
        run.logged(LogEntry.ofRun(now, "run_cancelled", true, Json.object()))
            .in(new State.Cancelled(), now);
    var all = new ArrayList<>(owed);
    all.addAll(send.left(run, known));
    return rest(ended, all, now);
  }

  /** For a cancelled run: what was made for it all the same comes to its end. */
  void handOverLeft(Run run, Known known, Instant now) {
    handOver(send.left(run, known), now);
  }

  boolean cancelled(Run run) {
    return run.cancellationKey().isPresent()
        && triggers.cancelled(run.environment(), run.trigger(), run.recipient());
  }

  /** The rest of the order of effects: tasks, the run, the alarm. */
  Result rest(Run moved, List<Owed> owed, Instant now) {
    Run run =
        moved.state() instanceof State.Processing
            ? moved
                .logged(LogEntry.ofRun(now, "run_completed", true, Json.object()))
                .in(new State.Completed(), now)
            : moved;
    if (run.state() instanceof State.Waiting(var wait)) {
      if (wait.dueAt().isAfter(run.trigger().time().plus(LATE))) {
        triggers.keepUntil(run.environment(), run.trigger(), wait.dueAt().plus(KEPT_AFTER_WAIT));
      }
      arm.list(run, wait);
    }
    handOver(owed, now);
    if (run.state() instanceof State.Completed) {
      tell.tell(
          run.environment(),
          new Event(
              run.id() + " completed",
              run.recipient(),
              EventSources.workflow(run.workflow().value(), "completed"),
              Json.object().with("workflow_recipient_run_id", run.id().toString())));
    }
    if (!runs.save(run)) {
      return new Result.Overtaken(run.id());
    }
    if (run.state() instanceof State.Waiting(var wait)) {
      arm.arm(run, wait, now);
    }
    return new Result.Moved(run);
  }

  private void handOver(List<Owed> owed, Instant now) {
    owed.forEach(it -> it.held().ifPresent(held -> arm.hold(held, now)));
    List<Tasks.Sending> sendings =
        owed.stream()
            .filter(it -> it.held().isEmpty())
            .map(it -> new Tasks.Sending(it.task(), Duration.ZERO))
            .toList();
    if (!sendings.isEmpty()) {
      tasks.send(sendings);
    }
  }
}
