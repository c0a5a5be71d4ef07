package dev.carillon.steps;

import dev.carillon.batch.Batches;
import dev.carillon.due.DueItem;
import dev.carillon.due.Dues;
import dev.carillon.due.MinuteSchedules;
import dev.carillon.due.Minutes;
import dev.carillon.run.Run;
import dev.carillon.run.Wait;
import dev.carillon.task.Task;
import dev.carillon.task.Tasks;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Sees to it that a waiting run is woken. First its wait is listed among what is due, where a
 * sweeper finds it whatever else is lost; then an alarm is set: up to a quarter of an hour by the
 * queue's own delay, which is exact to the second, beyond that by the one schedule of its minute,
 * which starts a drain five minutes early that ends with the queue's delay too.
 *
 * <p>All of it may be done twice; a wake too many finds the run elsewhere and does nothing.
 */
final class Arm {
  private final Dues dues;
  private final MinuteSchedules schedules;
  private final Tasks tasks;
  private final Batches batches;

  Arm(Dues dues, MinuteSchedules schedules, Tasks tasks, Batches batches) {
    this.dues = dues;
    this.schedules = schedules;
    this.tasks = tasks;
    this.batches = batches;
  }

  /** Under which minute a wait set now is listed: never behind what the sweeper has passed. */
  static long hintedMinute(Instant dueAt, Instant now) {
    return Minutes.of(dueAt.isAfter(now) ? dueAt : now);
  }

  /** Lists the wait; to be done before the run is stored as waiting. */
  void list(Run run, Wait wait) {
    dues.put(dueItem(run, wait.id(), wait.generation(), wait.dueAt(), wait.hintedMinute()));
  }

  /** Sets the alarm; to be done after the run is stored as waiting. */
  void arm(Run run, Wait wait, Instant now) {
    Duration remaining = Duration.between(now, end(run, wait));
    if (remaining.compareTo(Tasks.MAX_DELAY) > 0) {
      schedules.ensure(wait.hintedMinute());
      return;
    }
    Task wake =
        new Task.Advance(
            run.environment(),
            run.trigger(),
            run.recipient(),
            run.tenant(),
            Optional.empty(),
            Optional.of(new Task.Wake(wait.id(), wait.generation(), wait.hintedMinute())));
    tasks.send(wake, remaining.isNegative() ? Duration.ZERO : remaining);
  }

  /**
   * When the wait ends as of now. A batch may have become full between the run's joining it and its
   * being stored as waiting; the wake that whoever filled it sent then found nobody.
   */
  private Instant end(Run run, Wait wait) {
    return wait.kind() instanceof Wait.Kind.Collect(var batch, var generation)
        ? batches
            .find(run.environment(), batch, generation)
            .map(Batches.Standing::closeAt)
            .filter(closeAt -> closeAt.isBefore(wait.dueAt()))
            .orElse(wait.dueAt())
        : wait.dueAt();
  }

  /**
   * Lists what is held back and sets its alarm; to be done before what it is about is forgotten.
   */
  void hold(DueItem item, Instant now) {
    // By a copy of the task perhaps after it was due: then where a sweep still comes.
    DueItem held = item.listedAt(Math.max(item.minute(), hintedMinute(item.dueAt(), now)));
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
    dues.remove(dueItem(run, wait.id(), wait.generation(), wait.dueAt(), wait.hintedMinute()));
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
                    DueItem.ofRun(
                        task.environment(),
                        task.trigger(),
                        task.recipient(),
                        task.tenant(),
                        wake.waitId(),
                        wake.generation(),
                        Minutes.start(wake.minute()),
                        wake.minute())));
  }

  private static DueItem dueItem(
      Run run, String waitId, int generation, Instant dueAt, long minute) {
    return DueItem.ofRun(
        run.environment(),
        run.trigger(),
        run.recipient(),
        run.tenant(),
        waitId,
        generation,
        dueAt,
        minute);
  }
}
