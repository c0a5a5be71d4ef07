package dev.carillon.functions.steps.waiting;

import dev.carillon.condition.Facts;
import dev.carillon.condition.Verdict;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.event.Event;
import dev.carillon.event.Listener;
import dev.carillon.event.Listeners;
import dev.carillon.functions.steps.AnswerConditions;
import dev.carillon.json.Json;
import dev.carillon.run.LogEntry;
import dev.carillon.run.Run;
import dev.carillon.run.Run.State;
import dev.carillon.run.RunContext;
import dev.carillon.run.RunEvent;
import dev.carillon.run.Runs;
import dev.carillon.run.Wait;
import dev.carillon.runtime.LoadRunContext;
import dev.carillon.task.StepsTask;
import dev.carillon.task.Task;
import dev.carillon.task.Tasks;
import dev.carillon.trigger.RunId;
import dev.carillon.trigger.Triggers;
import dev.carillon.variable.SecretValues;
import dev.carillon.workflow.Step;
import dev.carillon.workflow.Workflow;
import dev.carillon.workflow.Workflows;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Holds an event against the runs that wait for one like it, and wakes those that it is the first
 * match of. Which event a run goes on with is one conditional write; the wake is sent after it, and
 * again when the event is told again.
 */
public final class MatchEvent {
  private final Triggers triggers;
  private final Workflows workflows;
  private final Runs runs;
  private final Listeners listeners;
  private final LoadRunContext load;
  private final AnswerConditions answer;
  private final Tasks tasks;
  private final InstantSource clock;

  public MatchEvent(
      Triggers triggers,
      Workflows workflows,
      Runs runs,
      Listeners listeners,
      LoadRunContext load,
      AnswerConditions answer,
      Tasks tasks,
      InstantSource clock) {
    this.triggers = triggers;
    this.workflows = workflows;
    this.runs = runs;
    this.listeners = listeners;
    this.load = load;
    this.answer = answer;
    this.tasks = tasks;
    this.clock = clock;
  }

  /** What an event is to one that listens for such. */
  private enum Match {
    FOUND,
    NONE,
    /** The run is not stored as waiting yet; nobody can tell. */
    TOO_EARLY
  }

  /**
   * @return how many runs were woken
   * @throws NotWaitingYet when the queue is to tell the event again; all others have heard it
   */
  public int handle(StepsTask.Match task) {
    Event event = new Event(task.event(), task.recipient(), task.source(), task.data());
    int woken = 0;
    Optional<Listener> early = Optional.empty();
    for (Listener listener : listeners.of(task.environment(), event.recipient(), event.source())) {
      switch (claim(task.environment(), event, listener)) {
        case FOUND -> {
          tasks.send(wake(task, listener));
          woken++;
        }
        case NONE -> {}
        case TOO_EARLY -> early = Optional.of(listener);
      }
    }
    if (early.isPresent()) {
      throw new NotWaitingYet(run(early.get()));
    }
    return woken;
  }

  private Match claim(EnvironmentId environment, Event event, Listener listener) {
    Optional<Event> claimed = listeners.claimed(environment, listener);
    if (claimed.isEmpty()) {
      Match match = match(environment, event, listener);
      if (match != Match.FOUND) {
        return match;
      }
      claimed = listeners.claim(environment, listener, event);
    }
    return claimed.filter(first -> first.id().equals(event.id())).isPresent()
        ? Match.FOUND
        : Match.NONE;
  }

  private Match match(EnvironmentId environment, Event event, Listener listener) {
    Optional<Run> found = runs.find(environment, run(listener));
    if (found.isEmpty()) {
      return Match.TOO_EARLY;
    }
    Run run = found.get();
    return switch (run.state()) {
      case State.Completed _, State.Cancelled _, State.Processing _ -> Match.NONE;
      case State.Waiting(var wait) when wait.id().equals(listener.waitId()) ->
          matches(event, run, wait) ? Match.FOUND : Match.NONE;
      case State.Waiting _, State.AtStep _ -> isPast(run, listener) ? Match.NONE : Match.TOO_EARLY;
    };
  }

  private static RunId run(Listener listener) {
    return RunId.of(listener.trigger(), listener.recipient());
  }

  /** Whether the run has been through that wait; its listener outlived it. */
  private boolean isPast(Run run, Listener listener) {
    return workflow(run).allSteps().stream()
        .filter(step -> Waits.id(step, run, "listen").equals(listener.waitId()))
        .anyMatch(step -> run.outcomes().containsKey(step.ref()));
  }

  private Workflow workflow(Run run) {
    return run.content().version(workflows, run.workflow(), run.version()).orElseThrow();
  }

  private boolean matches(Event event, Run run, Wait wait) {
    Workflow workflow = workflow(run);
    if (!(workflow.step(wait.step()).orElse(null) instanceof Step.WaitForEvent step)) {
      return false;
    }
    var trigger = triggers.find(run.environment(), run.trigger()).orElseThrow();
    Instant now = clock.instant();
    RunContext context = load.load(trigger, workflow, run);
    Facts facts =
        answer.inAudiences(
            step.match(),
            context.facts(run, now).withEvent(event.data()),
            context.participants().recipient(),
            run);
    Verdict verdict = Verdict.of(step.match(), facts);
    if (!verdict.holds()) {
      note(run, step, event, verdict, context.secrets(), now);
    }
    return verdict.holds();
  }

  /** Into the run's log, if nobody else stores the run just now: it is a note, no more. */
  private void note(
      Run run, Step step, Event event, Verdict verdict, SecretValues secrets, Instant now) {
    Json.Obj data =
        Json.object()
            .with("event", event.source())
            .with("matched", Json.FALSE)
            .with("conditions", verdict.json());
    runs.save(
        run.logged(
            LogEntry.ofStep(
                step, now, RunEvent.WAIT_CONDITIONS_EVALUATED, true, 1, secrets.masked(data))));
  }

  private static Task wake(StepsTask.Match task, Listener listener) {
    return new StepsTask.Advance(
        task.environment(),
        listener.trigger(),
        listener.recipient(),
        listener.tenant(),
        Optional.empty(),
        Optional.of(
            new StepsTask.Wake(listener.waitId(), listener.generation(), listener.minute())));
  }

  /** The listener is there before its run is stored as waiting: the queue tells the event again. */
  static final class NotWaitingYet extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    NotWaitingYet(RunId run) {
      super("Not waiting yet: " + run);
    }
  }
}
