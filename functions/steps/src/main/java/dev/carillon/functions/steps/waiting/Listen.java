package dev.carillon.functions.steps.waiting;

import dev.carillon.event.Listener;
import dev.carillon.event.Listeners;
import dev.carillon.functions.steps.StepLog;
import dev.carillon.functions.steps.StepResult;
import dev.carillon.json.Json;
import dev.carillon.run.Run;
import dev.carillon.run.RunEvent;
import dev.carillon.run.Wait;
import dev.carillon.run.decision.Move;

/** Lets a run listen for an event. Adding a listener again changes nothing. */
public final class Listen {
  private final Listeners listeners;

  public Listen(Listeners listeners) {
    this.listeners = listeners;
  }

  public StepResult listen(Move.Listen move, Run run, StepLog log) {
    Wait wait =
        Waits.at(move.step(), run, move.until(), new Wait.Kind.Listen(move.source()), log.now());
    listeners.add(run.environment(), listener(run, wait));
    return new StepResult.Pause(
        log.note(
            run,
            RunEvent.WAIT_STARTED,
            true,
            Json.object().with("event", move.source()).merged(move.why())),
        wait);
  }

  /** The listener that the wait of a run stands for. */
  public static Listener listener(Run run, Wait wait) {
    if (!(wait.kind() instanceof Wait.Kind.Listen(var source))) {
      throw new IllegalArgumentException("Not a wait for an event: " + wait.id());
    }
    return new Listener(
        run.recipient(),
        source,
        run.trigger(),
        run.tenant(),
        wait.id(),
        wait.generation(),
        wait.hintedMinute(),
        wait.dueAt());
  }
}
