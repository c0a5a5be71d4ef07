package dev.carillon.run;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;
import dev.carillon.recipient.RecipientId;
import dev.carillon.recipient.TenantId;
import dev.carillon.trigger.RunId;
import dev.carillon.trigger.Trigger;
import dev.carillon.trigger.TriggerId;
import dev.carillon.workflow.StepRef;
import dev.carillon.workflow.VersionId;
import dev.carillon.workflow.WorkflowKey;
import java.time.Instant;
import java.util.ArrayList;
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
 * @param pace the instant the run's steps count as happening at: its trigger's, then that of the
 *     wait that ended last. A step tried again has the same pace, so ids made from it are the same.
 * @param cancellationKey the trigger's, empty when nothing can cancel the run
 * @param carried what it has beside its trigger
 * @param outcomes what became of each step so far
 * @param log what happened, oldest first; of one that would be longer than {@link #LONGEST_LOG} the
 *     middle is left out
 * @param errors how many log entries are not ok, those left out included
 */
public record Run(
    EnvironmentId environment,
    RunId id,
    TriggerId trigger,
    WorkflowKey workflow,
    VersionId version,
    RecipientId recipient,
    Optional<RecipientId> actor,
    Optional<TenantId> tenant,
    Optional<String> cancellationKey,
    State state,
    long revision,
    Instant effectiveAt,
    RunState carried,
    Map<StepRef, StepOutcome> outcomes,
    List<LogEntry> log,
    int errors,
    Instant insertedAt,
    Instant updatedAt) {

  /** Entries; a run of fifty steps, each tried three times, writes some 500. */
  public static final int LONGEST_LOG = 2_000;

  private static final int FIRST_ENTRIES = LONGEST_LOG / 2;

  public Run {
    outcomes = Collections.unmodifiableMap(new LinkedHashMap<>(outcomes));
    log = List.copyOf(log);
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
        trigger.environment(),
        RunId.of(trigger.id(), recipient),
        trigger.id(),
        trigger.workflow(),
        trigger.version(),
        recipient,
        trigger.actor().map(Trigger.Named::id),
        trigger.tenantId(),
        trigger.cancellationKey(),
        new State.Processing(),
        0,
        trigger.id().time(),
        via.map(carried::withVia).orElse(carried),
        Map.of(),
        List.of(),
        0,
        now,
        now);
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
    var longer = new ArrayList<>(log);
    longer.add(entry);
    if (longer.size() > LONGEST_LOG) {
      shorten(longer);
    }
    return copy(
        state, effectiveAt, carried, outcomes, longer, errors + (entry.ok() ? 0 : 1), entry.at());
  }

  /** How a run began and how it ends tell most; what lies between are repetitions. */
  private static void shorten(List<LogEntry> log) {
    LogEntry middle = log.get(FIRST_ENTRIES);
    int before = middle.event() == RunEvent.LOG_SHORTENED ? entriesLeftOut(middle) : 0;
    // One entry goes, or two to make room for the one that stands for them.
    int gone = log.size() - LONGEST_LOG + (before == 0 ? 1 : 0);
    var from = FIRST_ENTRIES + (before == 0 ? 0 : 1);
    log.subList(from, from + gone).clear();
    LogEntry mark =
        LogEntry.ofRun(
            middle.at(),
            RunEvent.LOG_SHORTENED,
            true,
            Json.object().with("entries", Json.of(before + gone)));
    if (before == 0) {
      log.add(FIRST_ENTRIES, mark);
    } else {
      log.set(FIRST_ENTRIES, mark);
    }
  }

  private static int entriesLeftOut(LogEntry mark) {
    return mark.data().fields().get("entries") instanceof Json.Num(var count)
        ? count.intValueExact()
        : 0;
  }

  /** The run without its log, its outcomes and what it carries: all of it that is always small. */
  public Run outline() {
    return copy(state, effectiveAt, RunState.NOTHING, Map.of(), List.of(), errors, updatedAt);
  }

  public Run with(StepRef step, StepOutcome outcome) {
    var more = new LinkedHashMap<>(outcomes);
    more.put(step, outcome);
    return copy(state, effectiveAt, carried, more, log, errors, updatedAt);
  }

  public Run in(State next, Instant now) {
    return copy(next, effectiveAt, carried, outcomes, log, errors, now);
  }

  public Run effectiveAt(Instant instant) {
    return copy(state, instant, carried, outcomes, log, errors, updatedAt);
  }

  public Run carrying(RunState more) {
    return copy(state, effectiveAt, more, outcomes, log, errors, updatedAt);
  }

  /** From now on a run of that version. */
  public Run onVersion(VersionId latest) {
    return new Run(
        environment,
        id,
        trigger,
        workflow,
        latest,
        recipient,
        actor,
        tenant,
        cancellationKey,
        state,
        revision,
        effectiveAt,
        carried,
        outcomes,
        log,
        errors,
        insertedAt,
        updatedAt);
  }

  /**
   * From now on nothing cancels it, and somebody else acts in it: its own activity left the batch
   * that it holds.
   */
  public Run forOthers(Optional<RecipientId> otherActor) {
    return new Run(
        environment,
        id,
        trigger,
        workflow,
        version,
        recipient,
        otherActor,
        tenant,
        Optional.empty(),
        state,
        revision,
        effectiveAt,
        carried,
        outcomes,
        log,
        errors,
        insertedAt,
        updatedAt);
  }

  public Run stored() {
    return new Run(
        environment,
        id,
        trigger,
        workflow,
        version,
        recipient,
        actor,
        tenant,
        cancellationKey,
        state,
        revision + 1,
        effectiveAt,
        carried,
        outcomes,
        log,
        errors,
        insertedAt,
        updatedAt);
  }

  private Run copy(
      State nextState,
      Instant nextPace,
      RunState nextCarried,
      Map<StepRef, StepOutcome> nextOutcomes,
      List<LogEntry> nextLog,
      int nextErrors,
      Instant now) {
    return new Run(
        environment,
        id,
        trigger,
        workflow,
        version,
        recipient,
        actor,
        tenant,
        cancellationKey,
        nextState,
        revision,
        nextPace,
        nextCarried,
        nextOutcomes,
        nextLog,
        nextErrors,
        insertedAt,
        now);
  }
}
