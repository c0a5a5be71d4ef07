package dev.carillon.functions.steps.waiting;

import dev.carillon.id.Digest;
import dev.carillon.run.Run;
import dev.carillon.run.Wait;
import dev.carillon.workflow.Step;
import java.time.Instant;

/** Makes the waits of a run. */
public final class Waits {
  private static final int ID_DIGITS = 16;

  private Waits() {}

  /** A wait at the step; made again, it has the same id. */
  public static Wait at(Step step, Run run, Instant dueAt, Wait.Kind kind, Instant now) {
    String which =
        switch (kind) {
          case Wait.Kind.Elapse() -> "elapse";
          case Wait.Kind.Retry(var attempt) -> "retry " + attempt;
          // A step may be held back more than once: it is another wait each time.
          case Wait.Kind.Hold() -> "hold " + run.effectiveAt();
          case Wait.Kind.Collect _ -> "collect";
          case Wait.Kind.Listen _ -> "listen";
        };
    return new Wait(id(step, run, which), 0, step.ref(), dueAt, Wait.minute(dueAt, now), kind);
  }

  /** The id of the wait of that sort at the step. */
  static String id(Step step, Run run, String which) {
    return Digest.of("wait", run.id().toString(), step.ref().value(), which)
        .hex()
        .substring(0, ID_DIGITS);
  }
}
