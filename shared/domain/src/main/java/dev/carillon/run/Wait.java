package dev.carillon.run;

import dev.carillon.batch.BatchId;
import dev.carillon.timer.Minutes;
import dev.carillon.timer.Timer;
import dev.carillon.workflow.StepRef;
import java.time.Instant;

/**
 * What a run waits for.
 *
 * @param id names this wait among those of the run; a wake that bears another id is stale
 * @param generation counts the times this wait was set anew; a wake of an earlier one is stale
 * @param dueAt when the run goes on
 * @param hintedMinute the minute under which the due index lists it: that of {@code dueAt}, or that
 *     of the writing when {@code dueAt} had passed already
 * @param kind what happens when it is over
 * @param cancelled whether somebody cancelled the run here by naming this wait: who wakes it ends
 *     it
 */
public record Wait(
    String id,
    int generation,
    StepRef step,
    Instant dueAt,
    long hintedMinute,
    Kind kind,
    boolean cancelled) {

  public Wait(
      String id, int generation, StepRef step, Instant dueAt, long hintedMinute, Kind kind) {
    this(id, generation, step, dueAt, hintedMinute, kind, false);
  }

  public sealed interface Kind {
    /** The step is done; the next one follows. */
    record Elapse() implements Kind {}

    /** The step failed and is tried again: this will be its {@code attempt}th time, from 2. */
    record Retry(int attempt) implements Kind {}

    /** The step may be taken again now: it was held back by quiet hours. */
    record Hold() implements Kind {}

    /** The run holds this generation of a batch, and closes it. */
    record Collect(BatchId batch, int batchGeneration) implements Kind {}

    /** The run listens for an event until then. */
    record Listen(String source) implements Kind {}
  }

  /** Under which minute a wait set now is listed: never behind what the sweeper has passed. */
  public static long minute(Instant dueAt, Instant now) {
    return Minutes.of(dueAt.isAfter(now) ? dueAt : now);
  }

  /** The same wait with another end: hints that were given before are stale. */
  public Wait moved(Instant end, Instant now) {
    return new Wait(id, generation + 1, step, end, minute(end, now), kind, cancelled);
  }

  /** Whether it ends at another time than it was set for. */
  public boolean isMoved() {
    return generation > 0;
  }

  /** The same wait of a run that is to end when it wakes; its hints stay good. */
  public Wait ended() {
    return new Wait(id, generation, step, dueAt, hintedMinute, kind, true);
  }

  /** How it is listed among what is due. */
  public Timer timer(Run run) {
    return Timer.ofRun(
        run.environment(),
        run.trigger(),
        run.recipient(),
        run.tenant(),
        id,
        generation,
        dueAt,
        hintedMinute);
  }
}
