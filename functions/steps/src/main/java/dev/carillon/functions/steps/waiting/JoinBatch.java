package dev.carillon.functions.steps.waiting;

import dev.carillon.batch.Activity;
import dev.carillon.batch.BatchId;
import dev.carillon.batch.Batches;
import dev.carillon.batch.Batches.Joined;
import dev.carillon.batch.Collected;
import dev.carillon.functions.steps.KeepTrigger;
import dev.carillon.functions.steps.StepLog;
import dev.carillon.functions.steps.StepResult;
import dev.carillon.functions.steps.StepResult.PendingEffect;
import dev.carillon.json.Json;
import dev.carillon.run.Run;
import dev.carillon.run.RunContext;
import dev.carillon.run.RunEvent;
import dev.carillon.run.RunVariables;
import dev.carillon.run.SkipReason;
import dev.carillon.run.Wait;
import dev.carillon.run.decision.Move;
import dev.carillon.task.StepsTask;
import dev.carillon.task.Task;
import dev.carillon.timer.Minutes;
import dev.carillon.trigger.CancellableWait;
import dev.carillon.trigger.Triggers;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Brings a run into a batch. The run that opens it waits for its close and goes on for all; the
 * others end here. Joining is one conditional write, keyed by the run, so a step taken again finds
 * the run where the first time put it.
 */
public final class JoinBatch {
  private final Batches batches;
  private final KeepTrigger keep;
  private final Triggers triggers;

  public JoinBatch(Batches batches, KeepTrigger keep, Triggers triggers) {
    this.batches = batches;
    this.keep = keep;
    this.triggers = triggers;
  }

  public StepResult join(Move.Collect move, Run run, RunContext context, StepLog log) {
    var joined =
        batches.join(run.environment(), move.batch(), activity(run), move.terms(), log.now());
    return taken(joined, move.batch(), move.why(), run, context, log);
  }

  /**
   * What became of the run when an earlier try of the step, or a copy of the task, brought it into
   * the batch. When none did, none will: it is kept out from now on.
   */
  public Optional<StepResult> before(BatchId batch, Run run, RunContext context, StepLog log) {
    return switch (batches.keepOut(run.environment(), batch, run.id(), log.now())) {
      case Joined.Out() -> Optional.empty();
      case Joined joined -> Optional.of(taken(joined, batch, Json.object(), run, context, log));
    };
  }

  private StepResult taken(
      Joined joined, BatchId batch, Json.Obj why, Run run, RunContext context, StepLog log) {
    return switch (joined) {
      case Joined.Holds(var generation, var closeAt) ->
          new StepResult.Pause(
              log.note(run, RunEvent.BATCH_OPENED, true, data(batch, why, generation, closeAt)),
              Waits.at(
                  log.step(), run, closeAt, new Wait.Kind.Collect(batch, generation), log.now()));
      case Joined.Inside(var generation, var closeAt, var holder, var sooner) -> {
        // Whether it was cancelled is asked again when the batch closes; until then a call that
        // cancels it finds it under its key.
        keep.until(run, closeAt);
        run.cancellationKey()
            .ifPresent(key -> triggers.listWait(member(run, key, generation, closeAt)));
        yield new StepResult.End(
            log.done(
                run,
                RunEvent.BATCH_JOINED,
                data(batch, why, generation, closeAt).with("run", holder.run().toString())),
            sooner ? List.of(new PendingEffect.SendTask(wake(run, holder, closeAt))) : List.of());
      }
      case Joined.Leads(var generation, var closeAt) ->
          new StepResult.Continue(
              log.done(
                  run.carrying(
                      run.carried().withBatch(alone(activity(run).with(context.data(run))))),
                  RunEvent.BATCH_LEADING_FLUSHED,
                  data(batch, why, generation, closeAt)));
      // A copy of the task went past the step, or ended the run.
      case Joined.Out() -> log.skipped(run, SkipReason.TAKEN_OTHERWISE, true, Json.object());
    };
  }

  private static CancellableWait member(Run run, String key, int generation, Instant closeAt) {
    return new CancellableWait(
        run.environment(),
        run.workflow(),
        key,
        run.trigger(),
        run.recipient(),
        CancellableWait.IN_A_BATCH,
        generation,
        closeAt);
  }

  private static Json.Obj data(BatchId batch, Json.Obj why, int generation, Instant closeAt) {
    return why.with("batch", batch.value())
        .with("generation", Json.of(generation))
        .with("closes_at", closeAt.toString());
  }

  /** As it is kept: what the trigger says is not stored again. */
  private static Activity activity(Run run) {
    return new Activity(
        RunVariables.activityId(run.trigger(), run.id()),
        run.id(),
        run.trigger(),
        run.recipient(),
        run.actor(),
        run.trigger().time(),
        run.cancellationKey().isPresent(),
        run.carried().data().orElse(Json.Obj.EMPTY));
  }

  /** To the run that holds the batch: its close comes sooner than that. */
  private static Task wake(Run run, Activity holder, Instant closeAt) {
    return new StepsTask.Advance(
        run.environment(),
        holder.trigger(),
        holder.recipient(),
        run.tenant(),
        Optional.empty(),
        Optional.of(new StepsTask.Wake("batch", 0, Minutes.of(closeAt))));
  }

  private static Collected alone(Activity activity) {
    List<dev.carillon.recipient.RecipientId> actors = activity.actor().stream().toList();
    return new Collected(List.of(activity), 1, actors, actors.size());
  }
}
