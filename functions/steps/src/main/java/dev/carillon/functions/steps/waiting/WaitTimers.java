package dev.carillon.functions.steps.waiting;

import dev.carillon.batch.Batches;
import dev.carillon.run.Run;
import dev.carillon.run.Wait;
import dev.carillon.task.StepsTask;
import dev.carillon.timer.Minutes;
import dev.carillon.timer.Timer;
import dev.carillon.timer.TimerScheduler;
import dev.carillon.trigger.CancellableWait;
import dev.carillon.trigger.Triggers;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Sets the timers of waiting runs, and takes them off the list when a wait is over. */
public final class WaitTimers {
  private final TimerScheduler scheduler;
  private final Batches batches;
  private final Triggers triggers;

  public WaitTimers(TimerScheduler scheduler, Batches batches, Triggers triggers) {
    this.scheduler = scheduler;
    this.batches = batches;
    this.triggers = triggers;
  }

  /**
   * Lists the wait and sets its wake; to be done once the run is stored as waiting, as a timer that
   * leads nowhere is taken off.
   */
  public void list(Run run, Wait wait, Instant now) {
    Timer timer = TimerScheduler.reachable(wait.timer(run), now);
    scheduler.listBeforeStoring(timer);
    cancellable(run, wait).ifPresent(triggers::listWait);
    wake(run, wait, timer, now);
  }

  /** Sets the wake of a wait that is listed. */
  public void arm(Run run, Wait wait, Instant now) {
    wake(run, wait, wait.timer(run), now);
  }

  private void wake(Run run, Wait wait, Timer timer, Instant now) {
    Timer due = closesSooner(run, wait) ? timer.due(now) : timer;
    scheduler.wakeAfterStoring(List.of(due), now);
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

  /** Lists what a message waits for and sets its wake; the message is stored. */
  public void hold(Timer timer, Instant now) {
    scheduler.listAfterStoring(timer, now);
  }

  /**
   * Takes a wait that is over off the list: from where it was put, and from where a sweep may have
   * moved it.
   */
  public void unlist(Run run, Wait wait, StepsTask.Advance task) {
    cancellable(run, wait).ifPresent(triggers::unlistWait);
    scheduler.unlist(wait.timer(run));
    if (task.wake().filter(wake -> wake.minute() != wait.hintedMinute()).isPresent()) {
      unlistStale(task);
    }
  }

  private static Optional<CancellableWait> cancellable(Run run, Wait wait) {
    return run.cancellationKey()
        .map(
            key ->
                new CancellableWait(
                    run.environment(),
                    run.workflow(),
                    key,
                    run.trigger(),
                    run.recipient(),
                    wait.id(),
                    wait.generation(),
                    wait.dueAt()));
  }

  /** Takes the timer that led to a task off the list, for good. */
  public void unlistStale(StepsTask.Advance task) {
    task.wake()
        .ifPresent(
            wake ->
                scheduler.unlist(
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
