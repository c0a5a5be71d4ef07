package dev.carillon.run;

import dev.carillon.batch.BatchId;
import dev.carillon.batch.Batches;
import dev.carillon.json.Json;
import dev.carillon.window.Closing;
import dev.carillon.window.Limit;
import dev.carillon.window.SlidingWindow;
import dev.carillon.workflow.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** A batch step: into which batch, and until when one stays open that is opened now. */
final class BatchDecision {
  private BatchDecision() {}

  static Move of(Step.Batch step, StepInput situation) {
    return switch (SettingKey.of(step, "settings.batch_key", step.key(), situation)) {
      case SettingKey.Failed(var problem) -> new Move.Fail(problem);
      case SettingKey.None() -> collect(step, Optional.empty(), Json.object(), situation);
      // What has no key is batched with whatever else has none.
      case SettingKey.Missing() ->
          collect(step, Optional.empty(), Json.object().with("key", Json.NULL), situation);
      case SettingKey.Is(var value) ->
          collect(
              step,
              Optional.of(SettingKey.text(value)),
              Json.object().with("key", value),
              situation);
    };
  }

  /**
   * Into which batch the step brings the run, whatever its conditions and its window say; empty
   * when its key fails.
   */
  static Optional<BatchId> batch(Step.Batch step, StepInput situation) {
    return switch (SettingKey.of(step, "settings.batch_key", step.key(), situation)) {
      case SettingKey.Failed _ -> Optional.empty();
      case SettingKey.None(), SettingKey.Missing() ->
          Optional.of(id(step, Optional.empty(), situation));
      case SettingKey.Is(var value) ->
          Optional.of(id(step, Optional.of(SettingKey.text(value)), situation));
    };
  }

  private static Move collect(
      Step.Batch step, Optional<String> key, Json.Obj why, StepInput situation) {
    Instant now = situation.facts().now();
    return switch (DelayDecision.close(step.window(), situation, Limit.BATCH)) {
      case Closing.Skipped(var reason, var ok, var details) -> new Move.Skip(reason, ok, details);
      case Closing.At(var closeAt, var window) ->
          new Move.Collect(
              step,
              id(step, key, situation),
              terms(step, closeAt, now),
              why.with("window", window));
    };
  }

  private static BatchId id(Step.Batch step, Optional<String> key, StepInput situation) {
    return switch (step.identity()) {
      case LATEST ->
          BatchId.latest(situation.recipientId(), situation.workflow().key(), step.ref(), key);
      case PINNED ->
          BatchId.pinned(
              situation.recipientId(),
              situation.workflow().key(),
              situation.workflow().version(),
              key,
              situation.batchesBefore());
    };
  }

  private static Batches.Terms terms(Step.Batch step, Instant closeAt, Instant now) {
    return new Batches.Terms(
        closeAt,
        step.sliding().map(_ -> Duration.between(now, closeAt)),
        step.sliding().flatMap(sliding -> SlidingWindow.latest(now, sliding.extensionLimit())),
        step.maxItems().orElse(Integer.MAX_VALUE),
        step.mode() == Step.BatchMode.FLUSH_LEADING);
  }
}
