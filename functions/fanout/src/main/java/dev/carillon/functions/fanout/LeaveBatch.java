package dev.carillon.functions.fanout;

import dev.carillon.batch.BatchId;
import dev.carillon.batch.Batches;
import dev.carillon.json.Json;
import dev.carillon.run.Cancellation;
import dev.carillon.run.LogEntry;
import dev.carillon.run.Run;
import dev.carillon.run.Run.State;
import dev.carillon.run.RunEvent;
import dev.carillon.run.Runs;
import dev.carillon.trigger.Triggers;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Takes a cancelled run out of the batch that it ended in and that another run holds, and says so
 * in the run: it is cancelled, not completed. When the batch is closed already, nothing is done:
 * whether the activity counted was decided then.
 */
final class LeaveBatch {
  private final Triggers triggers;
  private final Runs runs;
  private final Batches batches;
  private final InstantSource clock;

  LeaveBatch(Triggers triggers, Runs runs, Batches batches, InstantSource clock) {
    this.triggers = triggers;
    this.runs = runs;
    this.batches = batches;
    this.clock = clock;
  }

  /**
   * Safe to repeat. The cancellation is stored when this is called; so a batch that is found open
   * is closed without the activity, should it not even be gone by then.
   */
  void leave(Run run) {
    Optional<LogEntry> joined = joined(run);
    if (!(run.state() instanceof State.Completed)
        || joined.isEmpty()
        || !triggers.cancelled(run.environment(), run.trigger(), run.recipient())) {
      return;
    }
    Json.Obj where = joined.get().data();
    var batch = new BatchId(where.text("batch").orElseThrow());
    int generation =
        where.get("generation").orElseThrow() instanceof Json.Num(BigDecimal number)
            ? number.intValueExact()
            : 0;
    boolean open =
        batches
            .find(run.environment(), batch, generation)
            .filter(standing -> !standing.closed())
            .isPresent();
    if (open) {
      batches.leave(run.environment(), batch, run.id());
      Instant now = clock.instant();
      // Somebody else who saves it meanwhile does the same.
      runs.save(run.logged(Cancellation.CANCELLATION_KEY.ends(now)).in(new State.Cancelled(), now));
    }
  }

  /** Where the run ended in a batch; empty when it did not. */
  private static Optional<LogEntry> joined(Run run) {
    return run.log().reversed().stream()
        .filter(entry -> entry.event() == RunEvent.BATCH_JOINED)
        .findFirst();
  }
}
