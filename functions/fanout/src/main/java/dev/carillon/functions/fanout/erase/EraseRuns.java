package dev.carillon.functions.fanout.erase;

import dev.carillon.page.PageRequest;
import dev.carillon.page.TimeRange;
import dev.carillon.run.Run;
import dev.carillon.run.Runs;
import dev.carillon.runtime.Ports;
import dev.carillon.task.FanoutTask;
import dev.carillon.task.Tasks;
import dev.carillon.trigger.Triggers;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Takes out of the runs of a deleted recipient what they knew of it, and out of what triggered them
 * what that said about it, a page at a time. The runs stay as lines of the log until their
 * retention is over, so that accounts of their triggers go on adding up. Those that wait are woken,
 * and end.
 */
final class EraseRuns {
  private static final int PAGE = 50;

  /** Others who write a run, its steps, write it a few times a second at most. */
  private static final int TRIES = 12;

  private final Runs runs;
  private final Triggers triggers;
  private final Tasks tasks;
  private final InstantSource clock;

  private EraseRuns(Runs runs, Triggers triggers, Tasks tasks, InstantSource clock) {
    this.runs = runs;
    this.triggers = triggers;
    this.tasks = tasks;
    this.clock = clock;
  }

  static EraseRuns on(Ports ports) {
    return new EraseRuns(ports.runs(), ports.triggers(), ports.tasks(), ports.clock());
  }

  /**
   * Those whose trigger was accepted before the deletion.
   *
   * @return where to go on; empty when there are no more
   */
  Optional<String> of(FanoutTask.Erase task) {
    var page =
        runs.newestFirst(
            task.environment(),
            task.recipient(),
            new TimeRange(Instant.EPOCH, task.deletedAt().plusNanos(1)),
            _ -> true,
            new PageRequest(task.cursor(), Optional.empty(), PAGE));
    for (Run run : page.items()) {
      triggers.forget(task.environment(), run.trigger(), task.recipient());
      // Saved before it is woken: a task that comes again finds it so, and wakes it again.
      if (forgotten(run).state() instanceof Run.State.Waiting(var wait) && wait.cancelled()) {
        tasks.send(wait.timer(run).task());
      }
    }
    return page.next();
  }

  private Run forgotten(Run read) {
    Optional<Run> run = Optional.of(read);
    for (int i = 0; i < TRIES && run.isPresent(); i++) {
      if (run.get().forgotten()) {
        return run.get();
      }
      Run less = run.get().forgetting(clock.instant());
      if (runs.save(less)) {
        return less.stored();
      }
      run = runs.find(read.environment(), read.id());
    }
    if (run.isEmpty()) {
      return read.forgetting(clock.instant()); // its retention is over
    }
    throw new IllegalStateException("Run " + read.id() + " keeps changing");
  }
}
