package dev.carillon.functions.steps;

import dev.carillon.functions.steps.Gather.Known;
import dev.carillon.json.Json;
import dev.carillon.run.Move;
import dev.carillon.run.Outcome;
import dev.carillon.run.Run;
import dev.carillon.throttle.Throttles;
import dev.carillon.throttle.Throttles.Passage;
import dev.carillon.workflow.Step;
import java.util.Optional;

/**
 * Asks a budget. Passing is one conditional write, keyed by run and step, so a step taken again
 * uses the budget once.
 */
final class PassThrottle {
  /** Why a run beyond the budget did not go on. */
  static final String REASON = "throttled";

  private final Throttles throttles;

  PassThrottle(Throttles throttles) {
    this.throttles = throttles;
  }

  Taken pass(Move.Pass move, Run run, Known known, StepLog log) {
    Step.Throttle step = move.step();
    String passer = run.id() + "#" + step.ref().value();
    return switch (throttles.pass(
        run.environment(), move.throttle(), passer, step.limit(), move.windowEnd(), log.now())) {
      case Passage.Passed(var nth, var windowEnd) ->
          new Taken.On(
              log.done(
                  run,
                  "throttle_passed",
                  move.why()
                      .with("passed", Json.of(nth))
                      .with("limit", Json.of(step.limit()))
                      .with("window_ends_at", windowEnd.toString())));
      case Passage.Exceeded(var windowEnd) -> {
        Run out = run.with(step.ref(), new Outcome.Skipped(REASON));
        Json.Obj data =
            move.why()
                .with("limit", Json.of(step.limit()))
                .with("window_ends_at", windowEnd.toString());
        Optional<Step> overflow = known.workflow().overflowBatch(step.ref());
        yield switch (step.onExceeded()) {
          case DROP -> new Taken.Ends(log.halted(out, REASON, data));
          case BATCH ->
              new Taken.Chosen(
                  log.note(
                      out,
                      "throttle_exceeded",
                      true,
                      data.with("goes_on_at", overflow.map(it -> it.ref().value()).orElse(""))),
                  overflow);
        };
      }
    };
  }
}
