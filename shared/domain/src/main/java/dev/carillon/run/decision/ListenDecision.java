package dev.carillon.run.decision;

import dev.carillon.run.SkipReason;
import dev.carillon.window.Closing;
import dev.carillon.window.Limit;
import dev.carillon.workflow.EventSources;
import dev.carillon.workflow.Step;

/** A step that waits for an event. */
final class ListenDecision {
  private ListenDecision() {}

  static Move of(Step.WaitForEvent step, StepInput input) {
    return switch (DelayDecision.close(step.expiresAfter(), input, Limit.EVENT)) {
      case Closing.Skipped skipped ->
          new Move.Skip(SkipReason.of(skipped), skipped.ok(), skipped.details());
      case Closing.At(var until, var why) ->
          new Move.Listen(step, EventSources.of(step.event()), until, why);
    };
  }
}
