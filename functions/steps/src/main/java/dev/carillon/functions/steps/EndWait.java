package dev.carillon.functions.steps;

import dev.carillon.batch.Batches;
import dev.carillon.batch.Batches.Standing;
import dev.carillon.batch.Collected;
import dev.carillon.event.Event;
import dev.carillon.event.Listeners;
import dev.carillon.functions.steps.AdvanceRun.Result;
import dev.carillon.functions.steps.waiting.CloseBatch;
import dev.carillon.functions.steps.waiting.Listen;
import dev.carillon.json.Json;
import dev.carillon.run.Cancellation;
import dev.carillon.run.HaltReason;
import dev.carillon.run.Run;
import dev.carillon.run.RunContext;
import dev.carillon.run.RunEvent;
import dev.carillon.run.StepOutcome;
import dev.carillon.run.Wait;
import dev.carillon.runtime.LoadRunContext;
import dev.carillon.workflow.Step;
import dev.carillon.workflow.Workflow;
import dev.carillon.workflow.Workflows;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Whether a wait is over, and what the run does then. */
final class EndWait {
  private final Workflows workflows;
  private final Batches batches;
  private final Listeners listeners;
  private final CloseBatch close;
  private final LoadRunContext load;
  private final StepLoop walk;
  private final InstantSource clock;

  EndWait(
      Workflows workflows,
      Batches batches,
      Listeners listeners,
      CloseBatch close,
      LoadRunContext load,
      StepLoop walk,
      InstantSource clock) {
    this.workflows = workflows;
    this.batches = batches;
    this.listeners = listeners;
    this.close = close;
    this.load = load;
    this.walk = walk;
    this.clock = clock;
  }

  sealed interface Look {
    record Cancelled() implements Look {}

    record NotYet() implements Look {}

    /** It ends at another time than it did. */
    record Moved(Wait on) implements Look {}

    /**
     * @param pace the instant that what follows counts as happening at; anybody who looks finds the
     *     same
     */
    record Over(Instant pace) implements Look {}
  }

  /**
   * Of a cancelled run that holds a batch only its own activity leaves: what else is in it waits
   * for this run.
   *
   * @return the run, whose log tells of it
   */
  Run leaving(Run run, Wait wait, Instant now) {
    if (!(wait.kind() instanceof Wait.Kind.Collect(var batch, _)) || !cancelled(run, wait)) {
      return run;
    }
    batches.leave(run.environment(), batch, run.id());
    return told(run, wait, Cancellation.at(wait, run), now);
  }

  private static Run told(Run run, Wait wait, Cancellation by, Instant now) {
    return Cancellation.leftBatch(run, wait).isPresent()
        ? run
        : run.logged(by.leavesBatch(wait, now));
  }

  /**
   * @param meant whether what woke the run bears the id and generation of the wait
   */
  Look look(Run run, Wait wait, boolean meant, Instant now) {
    return switch (wait.kind()) {
      case Wait.Kind.Collect(var batch, var generation) -> {
        Standing standing = batches.close(run.environment(), batch, generation, now);
        if (standing.closed()) {
          // It may have closed before the wait was to end; where it closed stands for good.
          yield new Look.Over(standing.closeAt());
        }
        yield standing.closeAt().equals(wait.dueAt())
            ? new Look.NotYet()
            : new Look.Moved(wait.moved(standing.closeAt(), now));
      }
      case Wait.Kind.Elapse _, Wait.Kind.Hold _, Wait.Kind.Retry _, Wait.Kind.Listen _
          when cancelled(run, wait) ->
          new Look.Cancelled();
      case Wait.Kind.Listen _
          when listeners.claimed(run.environment(), Listen.listener(run, wait)).isPresent() ->
          new Look.Over(pace(run, wait));
      case Wait.Kind.Elapse _, Wait.Kind.Hold _, Wait.Kind.Retry _, Wait.Kind.Listen _ ->
          meant && !now.isBefore(wait.dueAt()) ? new Look.Over(pace(run, wait)) : new Look.NotYet();
    };
  }

  /** What follows the wait counts as happening when it was due, a step tried again as before. */
  static Instant pace(Run run, Wait wait) {
    return switch (wait.kind()) {
      case Wait.Kind.Retry _ -> run.effectiveAt();
      case Wait.Kind.Elapse _, Wait.Kind.Hold _, Wait.Kind.Collect _, Wait.Kind.Listen _ ->
          wait.dueAt();
    };
  }

  private boolean cancelled(Run run, Wait wait) {
    return wait.cancelled() || walk.cancelled(run);
  }

  /** The wait is over: the run goes on. */
  Result over(Run awake, RunContext context, Step step, Wait wait, Instant now) {
    return switch (wait.kind()) {
      case Wait.Kind.Elapse() -> {
        Run run =
            new StepLog(step, 1, now, Json.object(), context.secrets(), clock)
                .done(awake, RunEvent.DELAY_ENDED, Json.object());
        yield walk.from(run, context, context.workflow().after(step.ref()), 1, now);
      }
      case Wait.Kind.Hold() -> {
        // Quiet hours that somebody let end early must not begin again at once.
        Step next = wait.isMoved() ? StepLoop.open(step) : step;
        yield walk.from(awake, context, Optional.of(next), 1, now);
      }
      case Wait.Kind.Retry(var attempt) ->
          walk.from(awake, context, Optional.of(step), attempt, now);
      case Wait.Kind.Collect collect ->
          closed(awake, context, (Step.Batch) step, wait, collect, now);
      case Wait.Kind.Listen _ -> heard(awake, context, (Step.WaitForEvent) step, wait, now);
    };
  }

  private Result closed(
      Run awake,
      RunContext context,
      Step.Batch step,
      Wait wait,
      Wait.Kind.Collect collect,
      Instant now) {
    var log = new StepLog(step, 1, now, Json.object(), context.secrets(), clock);
    var closed = close.close(awake, step, collect.batch(), collect.batchGeneration());
    Json.Obj data =
        Json.object()
            .with("batch", collect.batch().value())
            .with("generation", Json.of(collect.batchGeneration()))
            .with("total_activities", Json.of(closed.total()));
    if (closed.leftOut() > 0) {
      data = data.with("left_out_for_their_size", Json.of(closed.leftOut()));
    }
    Run run = log.done(closed.run(), RunEvent.BATCH_CLOSED, data);
    var by = Cancellation.at(wait, run);
    if (closed.total() == 0) {
      return walk.cancel(context.workflow().after(step.ref()), run, context, List.of(), by, now);
    }
    if (!closed.own()) {
      run =
          told(run, wait, by, now)
              .forOthers(closed.run().carried().batch().flatMap(Collected::firstActor));
    }
    Workflow version = latest(run, context.workflow(), step);
    return walk.from(
        run.onVersion(version.version()),
        load.afterBatch(context, version, run),
        version.after(step.ref()),
        1,
        now);
  }

  /**
   * A batch of a step goes on in the version that serves when it closes, as long as that has the
   * step; a batch of a version in that one.
   */
  private Workflow latest(Run run, Workflow pinned, Step.Batch step) {
    return switch (step.identity()) {
      case PINNED -> pinned;
      case LATEST ->
          run.content()
              .live(workflows, run.workflow())
              .flatMap(live -> run.content().version(workflows, run.workflow(), live.version()))
              .filter(
                  workflow ->
                      workflow.step(step.ref()).filter(Step.Batch.class::isInstance).isPresent())
              .orElse(pinned);
    };
  }

  private Result heard(
      Run awake, RunContext context, Step.WaitForEvent step, Wait wait, Instant now) {
    var listener = Listen.listener(awake, wait);
    Optional<Event> event = listeners.claimed(awake.environment(), listener);
    boolean matched = event.isPresent();
    Json.Obj variables = event.map(Event::data).orElse(Json.Obj.EMPTY);
    var log = new StepLog(step, 1, now, Json.object(), context.secrets(), clock);
    Run run =
        log.note(
            awake.with(step.ref(), new StepOutcome.Awaited(matched, variables)),
            matched ? RunEvent.WAIT_MATCHED : RunEvent.WAIT_TIMED_OUT,
            true,
            Json.object().with("event", listener.source()).with("variables", variables));
    boolean halts = matched ? step.haltsOnMatch() : step.haltsOnTimeout();
    Result result =
        halts
            ? walk.rest(
                log.halted(
                    run,
                    matched ? HaltReason.WAIT_MATCHED : HaltReason.WAIT_TIMED_OUT,
                    Json.object()),
                List.of(),
                now)
            : walk.from(run, context, context.workflow().after(step.ref()), 1, now);
    listeners.remove(awake.environment(), listener);
    return result;
  }
}
