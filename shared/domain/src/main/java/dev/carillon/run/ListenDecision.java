package dev.carillon.run;

import dev.carillon.event.EventSources;
import dev.carillon.window.Closing;
import dev.carillon.window.Limit;
import dev.carillon.workflow.Step;

/** A step that waits for an event. */
final class ListenDecision {
  private ListenDecision() {}

  static Move of(Step.WaitForEvent step, StepInput situation) {
    return switch (DelayDecision.close(step.expiresAfter(), situation, Limit.EVENT)) {
      case Closing.Skipped(var reason, var ok, var details) -> new Move.Skip(reason, ok, details);
      case Closing.At(var until, var why) ->
          new Move.Listen(step, EventSources.of(step.event()), until, why);
    };
  }
}
