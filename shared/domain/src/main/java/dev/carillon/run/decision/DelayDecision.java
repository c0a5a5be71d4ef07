package dev.carillon.run.decision;

import dev.carillon.json.Json;
import dev.carillon.run.SkipReason;
import dev.carillon.window.Closing;
import dev.carillon.window.Limit;
import dev.carillon.window.Window;
import dev.carillon.window.Windows;
import dev.carillon.workflow.Step;
import java.time.Instant;

/** A delay step, and the windows of other steps. */
final class DelayDecision {
  private DelayDecision() {}

  static Move of(Step.Delay step, StepInput input) {
    return switch (close(step.window(), input, Limit.DELAY)) {
      case Closing.At(var dueAt, var why) -> new Move.WaitUntil(dueAt, until(dueAt, why));
      case Closing.Skipped skipped ->
          new Move.Skip(SkipReason.of(skipped), skipped.ok(), skipped.details());
    };
  }

  /** When a window closes that opens now. */
  static Closing close(Window window, StepInput input, Limit limit) {
    return Windows.close(window, input.facts(), input.zone(), input.facts().now(), limit);
  }

  /** The window chosen, and when it ends. */
  static Json.Obj until(Instant dueAt, Json.Obj why) {
    return Json.object().with("until", dueAt.toString()).merged(why);
  }
}
