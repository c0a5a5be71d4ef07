package dev.carillon.functions.fanout;

import dev.carillon.run.Run;
import dev.carillon.run.Runs;
import dev.carillon.run.Wait;
import dev.carillon.runtime.Log;
import dev.carillon.task.FanoutTask;
import dev.carillon.task.StepsTask;
import dev.carillon.task.Tasks;
import dev.carillon.trigger.RunId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Wakes the waiting runs of a cancelled trigger, so that they end now rather than when they are
 * due. The cancellation itself holds already: a run that this misses ends when it wakes.
 */
final class WakeCancelled {
  private final Runs runs;
  private final Tasks tasks;
  private final Log log;

  WakeCancelled(Runs runs, Tasks tasks, Log log) {
    this.runs = runs;
    this.tasks = tasks;
    this.log = log;
  }

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
