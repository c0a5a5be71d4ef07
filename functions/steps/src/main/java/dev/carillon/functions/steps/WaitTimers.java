package dev.carillon.functions.steps;

import dev.carillon.batch.Batches;
import dev.carillon.run.Run;
import dev.carillon.run.Wait;
import dev.carillon.task.Task;
import dev.carillon.task.Tasks;
import dev.carillon.timer.MinuteSchedules;
import dev.carillon.timer.Minutes;
import dev.carillon.timer.Timer;
import dev.carillon.timer.Timers;
import java.time.Duration;
import java.time.Instant;

/**
 * Sees to it that a waiting run is woken. First its wait is listed among what is due, where a
 * sweeper finds it whatever else is lost; then an alarm is set: up to a quarter of an hour by the
 * queue's own delay, which is exact to the second, beyond that by the one schedule of its minute,
 * which starts a drain five minutes early that ends with the queue's delay too.
 *
 * <p>All of it may be done twice; a wake too many finds the run elsewhere and does nothing.
 */
final class WaitTimers {
  private final Timers dues;
  private final MinuteSchedules schedules;
  private final Tasks tasks;
  private final Batches batches;

  WaitTimers(Timers dues, MinuteSchedules schedules, Tasks tasks, Batches batches) {
    this.dues = dues;
    this.schedules = schedules;
    this.tasks = tasks;
    this.batches = batches;
  }

  /**
   * Lists the wait and sets its alarm; to be done once the run is stored as waiting, as a hint that
   * leads nowhere is taken off.
   */
  void list(Run run, Wait wait, Instant now) {
    // Perhaps long after the run was stored, by a copy of the task: then where a sweep still comes.
    long minute = Math.max(wait.hintedMinute(), Wait.minute(wait.dueAt(), now));
    dues.put(wait.dueItem(run).listedAt(minute));
    alarm(run, wait, minute, now);
  }

  /** Sets the alarm of a wait that is listed. */
  void arm(Run run, Wait wait, Instant now) {
    alarm(run, wait, wait.hintedMinute(), now);
  }

  private void alarm(Run run, Wait wait, long minute, Instant now) {
    Duration remaining =
        closesSooner(run, wait) ? Duration.ZERO : Duration.between(now, wait.dueAt());
    if (remaining.compareTo(Tasks.MAX_DELAY) > 0) {
      schedules.ensure(minute);
      return;
    }
    Task wake = wait.dueItem(run).listedAt(minute).task();
    tasks.send(wake, remaining.isNegative() ? Duration.ZERO : remaining);
  }

  /**
   * Whether a batch closes before the wait for it is over. It may have become full, or been moved
   * back, between the run's joining it and its being stored as waiting; the wake that was sent then
   * found nobody. So the run looks at once, and sets its wait anew.
   */
  private boolean closesSooner(Run run, Wait wait) {
    return wait.kind() instanceof Wait.Kind.Collect(var batch, var generation)
        && batches
            .find(run.environment(), batch, generation)
            .filter(standing -> standing.closeAt().isBefore(wait.dueAt()))
            .isPresent();
  }

  /**
   * Lists what is held back and sets its alarm; to be done before what it is about is forgotten.
   */
  void hold(Timer item, Instant now) {
    // By a copy of the task perhaps after it was due: then where a sweep still comes.
    Timer held = item.listedAt(Math.max(item.minute(), Wait.minute(item.dueAt(), now)));
    dues.put(held);
    Duration remaining = Duration.between(now, held.dueAt());
    if (remaining.compareTo(Tasks.MAX_DELAY) > 0) {
      schedules.ensure(held.minute());
    } else {
      tasks.send(held.task(), remaining.isNegative() ? Duration.ZERO : remaining);
    }
  }

  /**
   * Takes a wait that is over off the list: from where it was put, and from where the sweeper may
   * have moved it.
   */
  void unlist(Run run, Wait wait, Task.Advance task) {
    dues.remove(wait.dueItem(run));
    if (task.wake().filter(wake -> wake.minute() != wait.hintedMinute()).isPresent()) {
      unlistStale(task);
    }
  }

  /** Takes the hint that led to a task off the list, for good. */
  void unlistStale(Task.Advance task) {
    task.wake()
        .ifPresent(
            wake ->
                dues.remove(
                    Timer.ofRun(
                        task.environment(),
                        task.trigger(),
                        task.recipient(),
                        task.tenant(),
                        wake.waitId(),
                        wake.generation(),
                        Minutes.start(wake.minute()),
                        wake.minute())));
  }
}
