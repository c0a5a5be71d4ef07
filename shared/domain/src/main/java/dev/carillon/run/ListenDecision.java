package dev.carillon.run;

import dev.carillon.event.EventSources;
import dev.carillon.workflow.Step;

/** A step that waits for an event. */
final class ListenDecision {
  private ListenDecision() {}

  static Move of(Step.WaitForEvent step, Situation situation) {
    return switch (DelayDecision.close(step.expiresAfter(), situation, "expires_after")) {
      case DelayDecision.Closing.Not(var skip) -> skip;
      case DelayDecision.Closing.At(var until, var why) ->
          new Move.Listen(step, EventSources.of(step.event()), until, why);
    };
  }
}
