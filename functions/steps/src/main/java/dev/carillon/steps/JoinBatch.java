package dev.carillon.steps;

import dev.carillon.batch.Activity;
import dev.carillon.batch.Batches;
import dev.carillon.batch.Batches.Joined;
import dev.carillon.due.Minutes;
import dev.carillon.json.Json;
import dev.carillon.message.FlatData;
import dev.carillon.run.Collected;
import dev.carillon.run.Move;
import dev.carillon.run.Run;
import dev.carillon.run.Scope;
import dev.carillon.run.Wait;
import dev.carillon.steps.Gather.Known;
import dev.carillon.steps.Taken.Owed;
import dev.carillon.task.Task;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Brings a run into a batch. The run that opens it waits for its close and goes on for all; the
 * others end here. Joining is one conditional write, keyed by the run, so a step taken again finds
 * the run where the first time put it.
 */
final class JoinBatch {
  private final Batches batches;
  private final KeepTrigger keep;

  JoinBatch(Batches batches, KeepTrigger keep) {
    this.batches = batches;
    this.keep = keep;
  }

  Taken join(Move.Collect move, Run run, Known known, StepLog log) {
    Activity activity = activity(run, known);
    Instant now = log.now();
    return switch (batches.join(run.environment(), move.batch(), activity, move.terms(), now)) {
      case Joined.Holds(var generation, var closeAt) ->
          new Taken.Waits(
              log.note(run, "batch_opened", true, data(move, generation, closeAt)),
              Waits.at(
                  move.step(), run, closeAt, new Wait.Kind.Collect(move.batch(), generation), now));
      case Joined.Inside(var generation, var closeAt, var holder, var due) -> {
        // Whether it was cancelled is asked again when the batch closes.
        keep.until(run, closeAt);
        yield new Taken.Ends(
            log.done(
                run,
                "batch_joined",
                data(move, generation, closeAt).with("run", holder.run().toString())),
            due ? List.of(new Owed.Now(wake(run, holder, closeAt))) : List.of());
      }
      case Joined.Leads(var generation, var closeAt) ->
          new Taken.On(
              log.done(
                  run.carrying(run.carried().withBatch(alone(activity))),
                  "batch_leading_flushed",
                  data(move, generation, closeAt)));
    };
  }

  /** Whether an earlier try of the step made the run the holder of a batch. */
  boolean holds(Move.Collect move, Run run, Instant now) {
    return batches
        .joined(run.environment(), move.batch(), run.id(), now)
        .filter(Joined.Holds.class::isInstance)
        .isPresent();
  }

  private static Json.Obj data(Move.Collect move, int generation, Instant closeAt) {
    return move.why()
        .with("batch", move.batch().value())
        .with("generation", Json.of(generation))
        .with("closes_at", closeAt.toString());
  }

  private static Activity activity(Run run, Known known) {
    return new Activity(
        Scope.activityId(run.trigger(), run.id()),
        run.id(),
        run.trigger(),
        run.recipient(),
        run.actor(),
        run.trigger().time(),
        run.cancellationKey().isPresent(),
        FlatData.of(known.data(run)));
  }

  /** To the run that holds the batch: its close is due now. */
  private static Task wake(Run run, Activity holder, Instant closeAt) {
    return new Task.Advance(
        run.environment(),
        holder.trigger(),
        holder.recipient(),
        run.tenant(),
        Optional.empty(),
        Optional.of(new Task.Wake("batch", 0, Minutes.of(closeAt))));
  }

  private static Collected alone(Activity activity) {
    List<dev.carillon.recipient.RecipientId> actors = activity.actor().stream().toList();
    return new Collected(List.of(activity), 1, actors, actors.size());
  }
}
