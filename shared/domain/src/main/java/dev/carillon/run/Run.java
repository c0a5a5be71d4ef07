package dev.carillon.run;

import dev.carillon.content.ContentLine;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;
import dev.carillon.recipient.RecipientId;
import dev.carillon.recipient.TenantId;
import dev.carillon.trigger.RunId;
import dev.carillon.trigger.TraceContext;
import dev.carillon.trigger.Trigger;
import dev.carillon.trigger.TriggerId;
import dev.carillon.workflow.StepRef;
import dev.carillon.workflow.VersionId;
import dev.carillon.workflow.WorkflowKey;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A workflow on its way for one recipient, as of when it was last stored: when it waits, when it
 * has finished, and where its way was chosen.
 *
 * @param revision 0 before it is first stored, then the number of times it was
 * @param effectiveAt the instant the run's steps count as happening at: its trigger's, then that of
 *     the wait that ended last. A step tried again has the same, so ids made from it are the same.
 * @param carried what it has beside its trigger
 * @param outcomes what became of each step so far
 */
public record Run(
    RunOrigin origin,
    State state,
    long revision,
    Instant effectiveAt,
    RunState carried,
    Map<StepRef, StepOutcome> outcomes,
    RunLog history,
    Instant updatedAt) {

  public Run {
    outcomes = Collections.unmodifiableMap(new LinkedHashMap<>(outcomes));
  }

  /** A run that was never stored and has taken no step, which counts as happening at that time. */
  public Run(RunOrigin origin, State state, Instant effectiveAt) {
    this(
        origin,
        state,
        0,
        effectiveAt,
        RunState.NOTHING,
        Map.of(),
        RunLog.EMPTY,
        origin.insertedAt());
  }

  /**
   * The run of a trigger for one of its recipients, before its first step.
   *
   * @param via the object through whose subscription it reaches the recipient; empty when the
   *     trigger names the recipient
   */
  public static Run start(
      Trigger trigger, RecipientId recipient, Optional<RecipientId> via, Instant now) {
    RunState carried = RunState.NOTHING.from(trigger.source());
    return new Run(
            RunOrigin.of(trigger, recipient, now), new State.Processing(), trigger.id().time())
        .carrying(via.map(carried::withVia).orElse(carried));
  }

  public sealed interface State {
    /** On its way right now; only inside {@code steps}, never stored. */
    record Processing() implements State {}

    /**
     * On its way, about to take that step: stored where what was decided before must not be decided
     * anew by the worker that takes over after a crash. The task that moves the run is still in its
     * queue.
     *
     * @param open whether the step, which holds the run in quiet hours, was found free to send
     */
    record AtStep(StepRef next, boolean open) implements State {
      public AtStep(StepRef next) {
        this(next, false);
      }
    }

    record Waiting(Wait on) implements State {}

    record Completed() implements State {}

    record Cancelled() implements State {}
  }

  /** The content that it reads. */
  public ContentLine content() {
    return new ContentLine(origin.environment(), carried.source().onBranch());
  }

  /** The status as the API names it. */
  public String status() {
    return switch (state) {
      case State.Processing(), State.AtStep _ -> "processing";
      case State.Waiting(_) -> "paused";
      case State.Completed() -> "completed";
      case State.Cancelled() -> "cancelled";
    };
  }

  public Run logged(LogEntry entry) {
    return copy(origin, state, effectiveAt, carried, outcomes, history.with(entry), entry.at());
  }

  /**
   * What is left of it once its recipient was deleted: that it was, nothing of what it knew or did.
   * One that waits ends as soon as it is woken; one that holds a batch does so when that closes.
   */
  public Run forgetting(Instant now) {
    State next =
        state instanceof State.Waiting(var wait) && !(wait.kind() instanceof Wait.Kind.Collect)
            ? new State.Waiting(wait.ended())
            : state;
    LogEntry told = LogEntry.ofRun(now, RunEvent.RECIPIENT_DELETED, true, Json.Obj.EMPTY);
    return copy(
        origin,
        next,
        effectiveAt,
        carried.forgetting(),
        Map.of(),
        new RunLog(List.of(told), errors()),
        now);
  }

  /** Whether its recipient was deleted, and what it knew with it. */
  public boolean forgotten() {
    return log().stream().anyMatch(it -> it.event() == RunEvent.RECIPIENT_DELETED);
  }

  /** The run without its log, its outcomes and what it carries: all of it that is always small. */
  public Run outline() {
    return copy(
        origin,
        state,
        effectiveAt,
        RunState.NOTHING,
        Map.of(),
        new RunLog(List.of(), errors()),
        updatedAt);
  }

  public Run with(StepRef step, StepOutcome outcome) {
    var more = new LinkedHashMap<>(outcomes);
    more.put(step, outcome);
    return copy(origin, state, effectiveAt, carried, more, history, updatedAt);
  }

  public Run in(State next, Instant now) {
    return copy(origin, next, effectiveAt, carried, outcomes, history, now);
  }

  public Run effectiveAt(Instant instant) {
    return copy(origin, state, instant, carried, outcomes, history, updatedAt);
  }

  public Run carrying(RunState more) {
    return copy(origin, state, effectiveAt, more, outcomes, history, updatedAt);
  }

  /** From now on a run of that version. */
  public Run onVersion(VersionId latest) {
    return copy(
        origin.onVersion(latest), state, effectiveAt, carried, outcomes, history, updatedAt);
  }

  /**
   * From now on nothing cancels it, and somebody else acts in it: its own activity left the batch
   * that it holds.
   */
  public Run forOthers(Optional<RecipientId> otherActor) {
    return copy(
        origin.forOthers(otherActor), state, effectiveAt, carried, outcomes, history, updatedAt);
  }

  public Run stored() {
    return new Run(origin, state, revision + 1, effectiveAt, carried, outcomes, history, updatedAt);
  }

  private Run copy(
      RunOrigin nextOrigin,
      State nextState,
      Instant nextEffectiveAt,
      RunState nextCarried,
      Map<StepRef, StepOutcome> nextOutcomes,
      RunLog nextHistory,
      Instant now) {
    return new Run(
        nextOrigin,
        nextState,
        revision,
        nextEffectiveAt,
        nextCarried,
        nextOutcomes,
        nextHistory,
        now);
  }

  public EnvironmentId environment() {
    return origin.environment();
  }

  public RunId id() {
    return origin.id();
  }

  /** The trace that it is part of: its trigger's. */
  public TraceContext trace() {
    return carried.source().trace().orElseGet(() -> TraceContext.of(trigger()));
  }

  public TriggerId trigger() {
    return origin.trigger();
  }

  public WorkflowKey workflow() {
    return origin.workflow();
  }

  public VersionId version() {
    return origin.version();
  }

  public RecipientId recipient() {
    return origin.recipient();
  }

  public Optional<RecipientId> actor() {
    return origin.actor();
  }

  public Optional<TenantId> tenant() {
    return origin.tenant();
  }

  /** The trigger's; empty when nothing can cancel the run. */
  public Optional<String> cancellationKey() {
    return origin.cancellationKey();
  }

  public Instant insertedAt() {
    return origin.insertedAt();
  }

  /** What happened, oldest first. */
  public List<LogEntry> log() {
    return history.entries();
  }

  /** How many things that happened are not ok. */
  public int errors() {
    return history.errors();
  }
}
