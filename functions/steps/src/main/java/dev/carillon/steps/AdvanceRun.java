package dev.carillon.steps;

import dev.carillon.condition.Facts;
import dev.carillon.condition.Verdict;
import dev.carillon.json.Json;
import dev.carillon.run.Carried;
import dev.carillon.run.LogEntry;
import dev.carillon.run.Outcome;
import dev.carillon.run.Run;
import dev.carillon.run.Run.State;
import dev.carillon.run.Runs;
import dev.carillon.run.Wait;
import dev.carillon.steps.Gather.Known;
import dev.carillon.steps.TakeStep.Taken;
import dev.carillon.task.Task;
import dev.carillon.task.Tasks;
import dev.carillon.trigger.RunId;
import dev.carillon.trigger.Trigger;
import dev.carillon.trigger.Triggers;
import dev.carillon.workflow.Step;
import dev.carillon.workflow.Workflow;
import dev.carillon.workflow.Workflows;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Moves a run on: from its start, or from the wait that is over, to its next wait or its end.
 *
 * <p>The order of effects makes it safe to die between any two of them and to see every task twice:
 * messages first (their ids follow from the run, each is created once), then the tasks that deliver
 * them, then the run itself, stored only if nobody else stored it meanwhile, then the alarm of its
 * wait. Only then is the task acknowledged. A task that finds the run past it does nothing; one
 * that finds it waiting sets its alarm again.
 */
final class AdvanceRun {
  /**
   * A run that goes on later than this after its trigger may outlive what the trigger is kept for,
   * whether by one long wait or by many short ones.
   */
  private static final Duration LATE = Duration.ofDays(7);

  private static final Duration KEPT_AFTER_WAIT = Duration.ofDays(30);

  private final Triggers triggers;
  private final Workflows workflows;
  private final Runs runs;
  private final Gather gather;
  private final TakeStep take;
  private final Arm arm;
  private final Tasks tasks;
  private final InstantSource clock;

  AdvanceRun(
      Triggers triggers,
      Workflows workflows,
      Runs runs,
      Gather gather,
      TakeStep take,
      Arm arm,
      Tasks tasks,
      InstantSource clock) {
    this.triggers = triggers;
    this.workflows = workflows;
    this.runs = runs;
    this.gather = gather;
    this.take = take;
    this.arm = arm;
    this.tasks = tasks;
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

  Result handle(Task.Advance task) {
    Instant now = clock.instant();
    RunId id = RunId.of(task.trigger(), task.recipient());
    Optional<Run> stored = runs.find(task.environment(), id);
    if (stored.isPresent() && !stored.get().recipient().equals(task.recipient())) {
      throw new IllegalStateException("Two recipients of one trigger share the run id " + id);
    }
    if (stored.isEmpty()) {
      return task.wake().isEmpty() ? start(task, id, now) : past(task, id);
    }
    Run run = stored.get();
    return switch (run.state()) {
      case State.Processing() -> throw new IllegalStateException("Stored while moving: " + id);
      case State.Completed(), State.Cancelled() -> past(task, id);
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
    Workflow workflow = version(trigger);
    var run =
        new Run(
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
            Carried.NOTHING,
            Map.of(),
            List.of(),
            0,
            now,
            now);
    Known known = gather.known(trigger, workflow, task.recipient());
    if (known.recipient().isEmpty()) {
      return rest(
          run.logged(LogEntry.ofRun(now, "recipient_missing", false, Json.object())),
          List.of(),
          now);
    }
    var facts =
        new Facts(
            known.scope(run, now), Map.of(), known.variables().secret().fields().keySet(), now);
    Verdict verdict = Verdict.of(workflow.conditions(), facts);
    if (!verdict.holds()) {
      Json.Obj why =
          Json.object().with("reason", "trigger_conditions").with("conditions", verdict.json());
      return rest(run.logged(LogEntry.ofRun(now, "run_halted", true, why)), List.of(), now);
    }
    return walk(run, known, Optional.of(workflow.steps().getFirst()), 1, now);
  }

  private Result wake(Task.Advance task, Run run, Wait wait, Instant now) {
    if (cancelled(run)) {
      Result result = cancel(run, List.of(), now);
      arm.unlist(run, wait, task);
      return result;
    }
    boolean meant =
        task.wake()
            .map(wake -> wake.waitId().equals(wait.id()) && wake.generation() == wait.generation())
            .orElse(false);
    if (!meant || now.isBefore(wait.dueAt())) {
      if (!meant) {
        arm.unlistStale(task);
      }
      arm.arm(run, wait, now);
      return new Result.ArmedAgain(run.id());
    }
    Trigger trigger =
        triggers
            .find(run.environment(), run.trigger())
            .orElseThrow(
                () -> new IllegalStateException("The trigger of " + run.id() + " is gone"));
    Workflow workflow = version(trigger);
    Step step =
        workflow
            .step(wait.step())
            .orElseThrow(
                () -> new IllegalStateException("No step " + wait.step() + " in " + run.id()));
    Run awake = run.in(new State.Processing(), now).pacedAt(wait.dueAt());
    Known known = gather.known(trigger, workflow, run.recipient());
    Result result =
        switch (wait.kind()) {
          case Wait.Kind.Elapse() ->
              walk(
                  awake
                      .with(step.ref(), new Outcome.Done())
                      .logged(LogEntry.ofStep(step, now, "delay_ended", true, 1, Json.object())),
                  known,
                  workflow.after(step.ref()),
                  1,
                  now);
          case Wait.Kind.Retry(var attempt) -> walk(awake, known, Optional.of(step), attempt, now);
          case Wait.Kind.Hold _, Wait.Kind.Collect _, Wait.Kind.Listen _ ->
              throw new IllegalStateException("No step makes a run wait like this yet");
        };
    arm.unlist(run, wait, task);
    return result;
  }

  /** Takes steps until one makes the run wait, or there are none left. */
  private Result walk(Run start, Known known, Optional<Step> first, int firstAttempt, Instant now) {
    Run run = start;
    Optional<Step> next = first;
    int attempt = firstAttempt;
    var deliveries = new ArrayList<Task>();
    while (next.isPresent()) {
      if (cancelled(run)) {
        return cancel(run, deliveries, now);
      }
      Step step = next.get();
      switch (take.take(step, run, known, attempt, now)) {
        case Taken.On(var moved, var delivery) -> {
          run = moved;
          delivery.ifPresent(deliveries::add);
        }
        case Taken.Waits(var moved, var wait) -> {
          return rest(moved.in(new State.Waiting(wait), now), deliveries, now);
        }
        case Taken.Fails(var moved) -> {
          return rest(moved, deliveries, now);
        }
      }
      next = known.workflow().after(step.ref());
      attempt = 1;
    }
    return rest(run, deliveries, now);
  }

  private Result cancel(Run run, List<Task> deliveries, Instant now) {
    Run ended =
        run.logged(LogEntry.ofRun(now, "run_cancelled", true, Json.object()))
            .in(new State.Cancelled(), now);
    return rest(ended, deliveries, now);
  }

  /** The rest of the order of effects: tasks, the run, the alarm. */
  private Result rest(Run moved, List<Task> deliveries, Instant now) {
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
    if (!deliveries.isEmpty()) {
      tasks.send(deliveries.stream().map(task -> new Tasks.Sending(task, Duration.ZERO)).toList());
    }
    if (!runs.save(run)) {
      return new Result.Overtaken(run.id());
    }
    if (run.state() instanceof State.Waiting(var wait)) {
      arm.arm(run, wait, now);
    }
    return new Result.Moved(run);
  }

  private boolean cancelled(Run run) {
    return run.cancellationKey().isPresent()
        && triggers.cancelled(run.environment(), run.trigger(), run.recipient());
  }

  private Workflow version(Trigger trigger) {
    return workflows
        .version(trigger.environment(), trigger.workflow(), trigger.version())
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "No version " + trigger.version() + " of " + trigger.workflow().value()));
  }
}
