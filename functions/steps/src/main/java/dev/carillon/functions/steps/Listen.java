package dev.carillon.functions.steps;

import dev.carillon.event.Listener;
import dev.carillon.event.Listeners;
import dev.carillon.json.Json;
import dev.carillon.run.Move;
import dev.carillon.run.Run;
import dev.carillon.run.RunEvent;
import dev.carillon.run.Wait;

/** Lets a run listen for an event. Adding a listener again changes nothing. */
final class Listen {
  private final Listeners listeners;

  Listen(Listeners listeners) {
    this.listeners = listeners;
  }

  StepResult listen(Move.Listen move, Run run, StepLog log) {
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
  static Listener listener(Run run, Wait wait) {
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
