package dev.carillon.steps;

import dev.carillon.channel.Channel;
import dev.carillon.condition.Facts;
import dev.carillon.condition.Verdict;
import dev.carillon.id.Digest;
import dev.carillon.json.Json;
import dev.carillon.recipient.TenantId;
import dev.carillon.run.Decide;
import dev.carillon.run.Decide.Decision;
import dev.carillon.run.Decide.Situation;
import dev.carillon.run.LogEntry;
import dev.carillon.run.Move;
import dev.carillon.run.Outcome;
import dev.carillon.run.Run;
import dev.carillon.run.Run.State;
import dev.carillon.run.Runs;
import dev.carillon.run.Wait;
import dev.carillon.steps.Gather.Known;
import dev.carillon.steps.MakeMessage.Made;
import dev.carillon.task.Task;
import dev.carillon.task.Tasks;
import dev.carillon.trigger.RunId;
import dev.carillon.trigger.Trigger;
import dev.carillon.trigger.Triggers;
import dev.carillon.workflow.Step;
import dev.carillon.workflow.Step.ChannelStep;
import dev.carillon.workflow.StepRef;
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
  /** How often a failing step is tried in all (Knock's figure), and how long between the tries. */
  private static final int TRIES = 3;

  private static final Duration BETWEEN_TRIES = Duration.ofSeconds(5);

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
  private final MakeMessage make;
  private final Arm arm;
  private final Tasks tasks;
  private final InstantSource clock;

  AdvanceRun(
      Triggers triggers,
      Workflows workflows,
      Runs runs,
      Gather gather,
      MakeMessage make,
      Arm arm,
      Tasks tasks,
      InstantSource clock) {
    this.triggers = triggers;
    this.workflows = workflows;
    this.runs = runs;
    this.gather = gather;
    this.make = make;
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
            Map.of(),
            List.of(),
            0,
            now,
            now);
    Known known = gather.known(trigger, workflow, task.recipient());
    if (known.recipient().isEmpty()) {
      return rest(
          run.logged(ofRun(now, "recipient_missing", false, Json.object())), List.of(), now);
    }
    var facts =
        new Facts(
            known.scope(run, now), Map.of(), known.variables().secret().fields().keySet(), now);
    Verdict verdict = Verdict.of(workflow.conditions(), facts);
    if (!verdict.holds()) {
      Json.Obj why =
          Json.object().with("reason", "trigger_conditions").with("conditions", verdict.json());
      return rest(run.logged(ofRun(now, "run_halted", true, why)), List.of(), now);
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
                      .logged(of(step, now, "delay_ended", true, 1, Json.object())),
                  known,
                  workflow.after(step.ref()),
                  1,
                  now);
          case Wait.Kind.Retry(var attempt) -> walk(awake, known, Optional.of(step), attempt, now);
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
      switch (take(step, run, known, attempt, now)) {
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

  private sealed interface Taken {
    record On(Run run, Optional<Task> delivery) implements Taken {}

    record Waits(Run run, Wait on) implements Taken {}

    /** The step failed for good: the run ends here. */
    record Fails(Run run) implements Taken {}
  }

  private Taken take(Step step, Run run, Known known, int attempt, Instant now) {
    Decision decision =
        Decide.at(
            step,
            new Situation(
                known.workflow(),
                known.recipient(),
                run.tenant().map(TenantId::value),
                known.channels(),
                known.trigger().settings(),
                gather.facts(step, known, run, now)));
    Json.Obj why =
        decision.verdict().findings().isEmpty()
            ? Json.object()
            : Json.object().with("conditions", decision.verdict().json());
    if (step instanceof ChannelStep channelStep) {
      Optional<Channel> channel = Decide.channelOf(channelStep, known.channels());
      Optional<Made.Message> existing = channel.flatMap(it -> make.existing(run, channelStep, it));
      if (existing.isPresent()) {
        // The conditions held when it was made; what they compare now is told if they still do.
        Json.Obj reason = decision.verdict().holds() ? why : Json.object();
        return enqueued(run, channelStep, channel.get(), existing.get(), reason, attempt, now);
      }
    }
    return switch (decision.move()) {
      case Move.Skip(var reason, var ok, var details) ->
          skipped(run, step, reason, ok, why.merged(details), attempt, now);
      case Move.WaitUntil(var dueAt) -> {
        Wait wait = wait(run, step, dueAt, new Wait.Kind.Elapse(), now);
        Json.Obj data = why.with("until", dueAt.toString());
        yield new Taken.Waits(
            run.logged(of(step, now, "delay_started", true, attempt, data)), wait);
      }
      case Move.Deliver(var channelStep, var channel) ->
          switch (make.make(run, channelStep, channel, known, now)) {
            case Made.Message made -> enqueued(run, channelStep, channel, made, why, attempt, now);
            case Made.Lacking(var reason) -> skipped(run, step, reason, true, why, attempt, now);
            case Made.Failed(var problem) -> failed(run, step, problem, attempt, now);
          };
    };
  }

  private static Taken enqueued(
      Run run,
      ChannelStep step,
      Channel channel,
      Made.Message made,
      Json.Obj why,
      int attempt,
      Instant now) {
    Json.Obj data =
        why.with("channel_type", channel.type().wireName())
            .with("channel_id", channel.id().toString())
            .with("message_id", made.id().value());
    return new Taken.On(
        run.with(step.ref(), new Outcome.Sent(List.of(made.id())))
            .logged(of(step, now, "message_enqueued", true, attempt, data)),
        made.delivery());
  }

  private static Taken skipped(
      Run run, Step step, String reason, boolean ok, Json.Obj why, int attempt, Instant now) {
    Json.Obj data = Json.object().with("reason", reason).merged(why);
    return new Taken.On(
        run.with(step.ref(), new Outcome.Skipped(reason))
            .logged(of(step, now, "step_skipped", ok, attempt, data)),
        Optional.empty());
  }

  private static Taken failed(Run run, Step step, String problem, int attempt, Instant now) {
    Json.Obj data = Json.object().with("error", problem).with("max_attempts", Json.of(TRIES));
    Run logged = run.logged(of(step, now, "step_failed", false, attempt, data));
    if (attempt < TRIES) {
      Instant dueAt = now.plus(BETWEEN_TRIES.multipliedBy(attempt));
      return new Taken.Waits(logged, wait(run, step, dueAt, new Wait.Kind.Retry(attempt + 1), now));
    }
    Json.Obj halted = Json.object().with("reason", "step_failed");
    return new Taken.Fails(logged.logged(ofRun(now, "run_halted", true, halted)));
  }

  private static Wait wait(Run run, Step step, Instant dueAt, Wait.Kind kind, Instant now) {
    String which =
        switch (kind) {
          case Wait.Kind.Elapse() -> "elapse";
          case Wait.Kind.Retry(var attempt) -> "retry " + attempt;
        };
    String id =
        Digest.of("wait", run.id().toString(), step.ref().value(), which).hex().substring(0, 16);
    return new Wait(id, 0, step.ref(), dueAt, Arm.hintedMinute(dueAt, now), kind);
  }

  private Result cancel(Run run, List<Task> deliveries, Instant now) {
    Run ended =
        run.logged(ofRun(now, "run_cancelled", true, Json.object())).in(new State.Cancelled(), now);
    return rest(ended, deliveries, now);
  }

  /** The rest of the order of effects: tasks, the run, the alarm. */
  private Result rest(Run moved, List<Task> deliveries, Instant now) {
    Run run =
        moved.state() instanceof State.Processing
            ? moved
                .logged(ofRun(now, "run_completed", true, Json.object()))
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

  private static LogEntry ofRun(Instant now, String event, boolean ok, Json.Obj data) {
    return new LogEntry(now, event, ok, Optional.<StepRef>empty(), "", 1, data);
  }

  private static LogEntry of(
      Step step, Instant now, String event, boolean ok, int attempt, Json.Obj data) {
    return new LogEntry(now, event, ok, Optional.of(step.ref()), step.type(), attempt, data);
  }
}
