package dev.carillon.run;

import dev.carillon.json.Json;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** By what a run was cancelled, as its log says it. */
public enum Cancellation {
  /** A call that named the cancellation key of its trigger, for all its recipients or for some. */
  CANCELLATION_KEY,
  /** A call that named this very wait. */
  BY_HAND;

  /** Of a cancelled run that waited there. */
  public static Cancellation at(Wait wait, Run run) {
    boolean byHand =
        wait.cancelled()
            || run.cancellationKey().isEmpty()
            || leftBatch(run, wait).filter(line -> line.data().equals(BY_HAND.data())).isPresent();
    return byHand ? BY_HAND : CANCELLATION_KEY;
  }

  /** The run ends. */
  public LogEntry ends(Instant now) {
    return LogEntry.ofRun(now, RunEvent.RUN_CANCELLED, true, data());
  }

  /** The run holds a batch: its own activity leaves, the run stays for what else is in it. */
  public LogEntry leavesBatch(Wait wait, Instant now) {
    return new LogEntry(
        now, RunEvent.BATCH_LEFT, true, Optional.of(wait.step()), "batch", 1, data());
  }

  /** The line that says that the run's own activity left the batch that it holds. */
  public static Optional<LogEntry> leftBatch(Run run, Wait wait) {
    return run.log().stream()
        .filter(
            it -> it.event() == RunEvent.BATCH_LEFT && it.step().equals(Optional.of(wait.step())))
        .findFirst();
  }

  /** What the lines of the log that tell of it hold. */
  public Json.Obj data() {
    return Json.object().with("by", name().toLowerCase(Locale.ROOT));
  }
}
