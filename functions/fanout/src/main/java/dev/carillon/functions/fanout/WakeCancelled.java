package dev.carillon.functions.fanout;

import dev.carillon.run.Run;
import dev.carillon.run.Runs;
import dev.carillon.run.Wait;
import dev.carillon.runtime.Log;
import dev.carillon.task.FanoutTask;
import dev.carillon.task.StepsTask;
import dev.carillon.task.Task;
import dev.carillon.task.Tasks;
import dev.carillon.trigger.CancellableWait;
import dev.carillon.trigger.RunId;
import dev.carillon.trigger.Triggers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Wakes the waiting runs of what was cancelled, so that they end now rather than when they are due.
 * The cancellation itself holds already: a run that this misses ends when it wakes.
 */
final class WakeCancelled {
  private final Triggers triggers;
  private final Runs runs;
  private final LeaveBatch leave;
  private final Tasks tasks;
  private final Log log;

  WakeCancelled(Triggers triggers, Runs runs, LeaveBatch leave, Tasks tasks, Log log) {
    this.triggers = triggers;
    this.runs = runs;
    this.leave = leave;
    this.tasks = tasks;
    this.log = log;
  }

  /** Of a key: what waits under it, a page at a time. */
  void handle(FanoutTask.CancelUnder task) {
    var sendings = new ArrayList<Tasks.Sending>();
    var page =
        triggers.waitsUnder(
            task.environment(),
            task.workflow(),
            task.cancellationKey(),
            task.recipient(),
            task.cursor());
    for (CancellableWait.Found found : page.items()) {
      if (found.recipient().isEmpty()) {
        sendings.add(
            now(
                new FanoutTask.Cancel(
                    task.environment(), found.trigger(), task.recipient(), Optional.empty())));
      } else {
        Optional<Run> run =
            runs.find(task.environment(), RunId.of(found.trigger(), found.recipient().get()));
        run.ifPresent(it -> wake(it, sendings));
        run.ifPresent(leave::leave);
        // What waits is taken off the list when it goes on; what does not was left there.
        if (run.filter(it -> it.state() instanceof Run.State.Waiting).isEmpty()) {
          found.listed().ifPresent(triggers::unlistWait);
        }
      }
    }
    page.next()
        .ifPresent(
            next ->
                sendings.add(
                    now(
                        new FanoutTask.CancelUnder(
                            task.environment(),
                            task.workflow(),
                            task.cancellationKey(),
                            task.recipient(),
                            Optional.of(next)))));
    tasks.send(List.copyOf(sendings));
    log.decision(
        "key.cancelled",
        "workflow",
        task.workflow(),
        "waits",
        page.items().size(),
        "tasks",
        sendings.size());
  }

  private static Tasks.Sending now(Task task) {
    return new Tasks.Sending(task, Duration.ZERO);
  }

  /** Of one trigger. */
  void handle(FanoutTask.Cancel task) {
    var sendings = new ArrayList<Tasks.Sending>();
    if (task.recipient().isPresent()) {
      runs.find(task.environment(), RunId.of(task.trigger(), task.recipient().get()))
          .ifPresent(run -> wake(run, sendings));
    } else {
      var page = runs.ofTrigger(task.environment(), task.trigger(), task.cursor());
      page.items().forEach(run -> wake(run, sendings));
      page.next()
          .ifPresent(
              next ->
                  sendings.add(
                      new Tasks.Sending(
                          new FanoutTask.Cancel(
                              task.environment(),
                              task.trigger(),
                              Optional.empty(),
                              Optional.of(next)),
                          Duration.ZERO)));
    }
    tasks.send(List.copyOf(sendings));
    log.decision("trigger.cancelled", "trigger", task.trigger(), "tasks", sendings.size());
  }

  private static void wake(Run run, List<Tasks.Sending> sendings) {
    if (run.state() instanceof Run.State.Waiting(Wait wait)) {
      sendings.add(
          new Tasks.Sending(
              new StepsTask.Advance(
                  run.environment(),
                  run.trigger(),
                  run.recipient(),
                  run.tenant(),
                  Optional.empty(),
                  Optional.of(
                      new StepsTask.Wake(wait.id(), wait.generation(), wait.hintedMinute()))),
              Duration.ZERO));
    }
  }
}
