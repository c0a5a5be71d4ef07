package dev.carillon.functions.steps;

import dev.carillon.json.Json;
import dev.carillon.run.HaltReason;
import dev.carillon.run.Run;
import dev.carillon.run.RunContext;
import dev.carillon.run.RunEvent;
import dev.carillon.run.SkipReason;
import dev.carillon.run.StepOutcome;
import dev.carillon.run.decision.Move;
import dev.carillon.throttle.Throttles;
import dev.carillon.throttle.Throttles.Passage;
import dev.carillon.workflow.Step;
import java.util.Optional;

/**
 * Asks a budget. Passing is one conditional write, keyed by run and step, so a step taken again
 * uses the budget once.
 */
final class PassThrottle {
  private final Throttles throttles;

  PassThrottle(Throttles throttles) {
    this.throttles = throttles;
  }

  StepResult pass(Move.Pass move, Run run, RunContext context, StepLog log) {
    Step.Throttle step = move.step();
    String passer = run.id() + "#" + step.ref().value();
    return switch (throttles.pass(
        run.environment(), move.throttle(), passer, step.limit(), move.windowEnd(), log.now())) {
      case Passage.Passed(var nth, var windowEnd) ->
          new StepResult.Continue(
              log.done(
                  run,
                  RunEvent.THROTTLE_PASSED,
                  move.why()
                      .with("passed", Json.of(nth))
                      .with("limit", Json.of(step.limit()))
                      .with("window_ends_at", windowEnd.toString())));
      case Passage.Exceeded(var windowEnd) -> {
        Run out = run.with(step.ref(), new StepOutcome.Skipped(SkipReason.THROTTLED));
        Json.Obj data =
            move.why()
                .with("limit", Json.of(step.limit()))
                .with("window_ends_at", windowEnd.toString());
        Optional<Step> overflow = context.workflow().overflowBatch(step.ref());
        yield switch (step.onExceeded()) {
          case DROP -> new StepResult.End(log.halted(out, HaltReason.THROTTLED, data));
          case BATCH ->
              new StepResult.GoTo(
                  log.note(
                      out,
                      RunEvent.THROTTLE_EXCEEDED,
                      true,
                      data.with("goes_on_at", overflow.map(it -> it.ref().value()).orElse(""))),
                  overflow);
        };
      }
    };
  }
}
