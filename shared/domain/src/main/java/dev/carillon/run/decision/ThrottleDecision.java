package dev.carillon.run.decision;

import dev.carillon.json.Json;
import dev.carillon.run.SkipReason;
import dev.carillon.throttle.ThrottleId;
import dev.carillon.window.Closing;
import dev.carillon.window.Limit;
import dev.carillon.workflow.Step;
import java.util.Optional;

/** A throttle step: whose budget it is, and until when a window lasts that is opened now. */
final class ThrottleDecision {
  /** Knock: a key is shorter than 64 characters, as JSON encoded for a URL. */
  private static final int KEY_END = 64;

  private ThrottleDecision() {}

  static Move of(Step.Throttle step, StepInput input) {
    return switch (SettingKey.of(step, "settings.throttle_key", step.key(), input)) {
      case SettingKey.Failed(var problem) -> invalid(Json.object().with("problem", problem));
      case SettingKey.Missing() -> invalid(Json.object().with("problem", "nothing there"));
      case SettingKey.None() -> pass(step, Optional.empty(), Json.object(), input);
      case SettingKey.Is(var value) when SettingKey.encodedLength(value) >= KEY_END ->
          invalid(Json.object().with("problem", "longer than 63 characters"));
      case SettingKey.Is(var value) ->
          pass(step, Optional.of(SettingKey.text(value)), Json.object().with("key", value), input);
    };
  }

  private static Move pass(
      Step.Throttle step, Optional<String> key, Json.Obj why, StepInput input) {
    return switch (DelayDecision.close(step.window(), input, Limit.THROTTLE)) {
      case Closing.Skipped skipped ->
          new Move.Skip(SkipReason.of(skipped), skipped.ok(), skipped.details());
      case Closing.At(var end, var window) ->
          new Move.Pass(step, budget(step, key, input), end, why.with("window", window));
    };
  }

  private static ThrottleId budget(Step.Throttle step, Optional<String> key, StepInput input) {
    ThrottleId id =
        switch (step.scope()) {
          case WORKFLOW ->
              ThrottleId.ofStep(input.recipientId(), input.workflow().key(), step.ref(), key);
          case ENVIRONMENT -> ThrottleId.ofEnvironment(input.recipientId(), key);
        };
    return input.run().content().branch().map(id::on).orElse(id);
  }

  private static Move invalid(Json.Obj why) {
    return new Move.Skip(SkipReason.THROTTLE_KEY_INVALID, false, why);
  }
}
