package dev.carillon.functions.api.waiting;

import dev.carillon.batch.BatchId;
import dev.carillon.batch.Batches;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;
import dev.carillon.run.Cancellation;
import dev.carillon.run.LogEntry;
import dev.carillon.run.Run;
import dev.carillon.run.Run.State;
import dev.carillon.run.RunEvent;
import dev.carillon.run.Runs;
import dev.carillon.run.Wait;
import dev.carillon.task.Tasks;
import dev.carillon.timer.Minutes;
import dev.carillon.timer.Timer;
import dev.carillon.timer.Timers;
import dev.carillon.trigger.Triggers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;

/**
 * Ends the waits of runs before their time. The run itself is moved on by the steps, as always:
 * here it is only said, by one conditional write, what they are to do when they look, and they are
 * woken. So a worker that is at work on the run at the same time comes before that write or after
 * it.
 *
 * <p>A caller who got no answer may do each again.
 */
final class EndWaiting {
  /** A worker that hears an event that does not match writes into the run's log: few at once. */
  private static final int TRIES = 12;

  /**
   * A wait that ends within this time is left to end by itself. Its end gives the messages that
   * come after it their ids; were it moved while the steps, by a clock of their own, take it for
   * over already, both might send one. A call lasts 29 seconds at most, and clocks differ by less
   * than the rest.
   */
  private static final Duration TOO_LATE = Duration.ofSeconds(60);

  private final Runs runs;
  private final Triggers triggers;
  private final Batches batches;
  private final Timers timers;
  private final Tasks tasks;
  private final InstantSource clock;

  EndWaiting(
      Runs runs,
      Triggers triggers,
      Batches batches,
      Timers timers,
      Tasks tasks,
      InstantSource clock) {
    this.runs = runs;
    this.triggers = triggers;
    this.batches = batches;
    this.timers = timers;
    this.tasks = tasks;
    this.clock = clock;
  }

  /** What came of it. */
  enum Outcome {
    DONE,
    /** It ends by itself in a moment. */
    DUE_ANYWAY,
    /** There is no such thing in this environment. */
    MISSING,
    /** It waits no more, or for something else. */
    PAST,
    /** Others kept changing it; nothing was done. */
    CONTENDED,
    /** It is not a wait that this ends. */
    UNSUITABLE
  }

  /**
   * Ends the run. Of a run that holds a batch only its own activity leaves: the others wait for it.
   * When this answers the cancellation holds: what the run does not do before, it does not do. Its
   * log says so before the cancellation key counts, so that it is known by what it was cancelled.
   */
  Outcome cancel(EnvironmentId environment, WaitingId.OfRun id) {
    return changed(
        environment,
        id,
        run ->
            run.state() instanceof State.Cancelled ? Optional.of(Outcome.DONE) : Optional.empty(),
        (run, wait) -> {
          if (wait.kind() instanceof Wait.Kind.Collect collect) {
            if (!leaves(run, wait, collect)) {
              return Optional.of(Outcome.PAST);
            }
          } else if (!wait.cancelled() && !runs.save(marked(run, wait))) {
            return Optional.empty();
          }
          run.cancellationKey()
              .ifPresent(_ -> triggers.cancel(environment, run.trigger(), run.recipient()));
          tasks.send(wait.timer(run).task());
          return Optional.of(Outcome.DONE);
        });
  }

  private Run marked(Run run, Wait wait) {
    Instant now = clock.instant();
    Json.Obj by = Cancellation.BY_HAND.data();
    return run.logged(entry(run, wait, now, RunEvent.WAIT_CANCELLED, by))
        .in(new State.Waiting(wait.ended()), now);
  }

  /**
   * Without its own activity the holder goes on for the others, or ends if there are none. A worker
   * that saves the run before this tells of it when the batch closes.
   *
   * @return false when the batch had closed
   */
  private boolean leaves(Run run, Wait wait, Wait.Kind.Collect held) {
    batches.leave(run.environment(), held.batch(), run.id());
    boolean open =
        batches
            .find(run.environment(), held.batch(), held.batchGeneration())
            .filter(standing -> !standing.closed())
            .isPresent();
    if (open && Cancellation.leftBatch(run, wait).isEmpty()) {
      Instant now = clock.instant();
      runs.save(run.logged(Cancellation.BY_HAND.leavesBatch(wait, now)).in(run.state(), now));
    }
    return open;
  }

  /** Ends a delay, or quiet hours, now. */
  Outcome sendNow(EnvironmentId environment, WaitingId.OfRun id) {
    return changed(
        environment,
        id,
        _ -> Optional.empty(),
        (run, wait) ->
            switch (wait.kind()) {
              case Wait.Kind.Elapse _, Wait.Kind.Hold _ -> hasten(run, wait);
              case Wait.Kind.Retry _, Wait.Kind.Collect _, Wait.Kind.Listen _ ->
                  Optional.of(Outcome.UNSUITABLE);
            });
  }

  private Optional<Outcome> hasten(Run run, Wait wait) {
    Instant now = clock.instant();
    if (wait.dueAt().isBefore(now.plus(TOO_LATE))) {
      // Perhaps by a call like this one, which did not live to see it through.
      if (!wait.dueAt().isAfter(now)) {
        wake(run, wait, now);
      }
      return Optional.of(Outcome.DUE_ANYWAY);
    }
    Wait moved = wait.moved(now, now);
    Json.Obj data = Json.object().with("until", wait.dueAt().toString());
    Run hastened =
        run.logged(entry(run, wait, now, RunEvent.WAIT_HASTENED, data))
            .in(new State.Waiting(moved), now);
    if (!runs.save(hastened)) {
      return Optional.empty();
    }
    wake(run, moved, now);
    // Until now, a worker it led to would have found that the wait is over.
    timers.remove(wait.timer(run));
    return Optional.of(Outcome.DONE);
  }

  /** The hint first, for the sweeper to find should the wake be lost. */
  private void wake(Run run, Wait wait, Instant now) {
    Timer hint = wait.timer(run).listedAt(Wait.minute(wait.dueAt(), now));
    timers.put(hint);
    tasks.send(hint.task());
  }

  /** Closes the batch that the run holds now. */
  Outcome flush(EnvironmentId environment, WaitingId.OfRun id) {
    return changed(
        environment,
        id,
        _ -> Optional.empty(),
        (run, wait) ->
            wait.kind() instanceof Wait.Kind.Collect(var batch, var generation)
                ? Optional.of(close(run, wait, batch, generation))
                : Optional.of(Outcome.UNSUITABLE));
  }

  private Outcome close(Run run, Wait wait, BatchId batch, int generation) {
    Instant now = clock.instant();
    // Listed again under this minute, so that the sweeper finds it soon should the wake be lost.
    Timer soon = wait.timer(run).listedAt(Minutes.of(now));
    timers.put(soon);
    if (!batches.closeNow(run.environment(), batch, generation, now)) {
      timers.remove(soon);
      return Outcome.PAST;
    }
    tasks.send(soon.task());
    return Outcome.DONE;
  }

  /** What to do with a run that waits as named; empty to look again. */
  @FunctionalInterface
  private interface Ending {
    Optional<Outcome> of(Run run, Wait wait);
  }

  private Outcome changed(
      EnvironmentId environment,
      WaitingId.OfRun id,
      Function<Run, Optional<Outcome>> otherwise,
      Ending ending) {
    for (int tries = 0; tries < TRIES; tries++) {
      Optional<Run> found = runs.find(environment, id.run());
      if (found.isEmpty()) {
        return Outcome.MISSING;
      }
      Run run = found.get();
      if (!(run.state() instanceof State.Waiting(var wait) && wait.id().equals(id.waitId()))) {
        return otherwise.apply(run).orElse(Outcome.PAST);
      }
      Optional<Outcome> outcome = ending.of(run, wait);
      if (outcome.isPresent()) {
        return outcome.get();
      }
    }
    return Outcome.CONTENDED;
  }

  /** The kind of the step is in the log already, where the wait began. */
  private static LogEntry entry(Run run, Wait wait, Instant now, RunEvent event, Json.Obj data) {
    String type =
        run.log().stream()
            .filter(it -> it.step().equals(Optional.of(wait.step())))
            .map(LogEntry::stepType)
            .findFirst()
            .orElse("");
    return new LogEntry(now, event, true, Optional.of(wait.step()), type, 1, data);
  }
}
