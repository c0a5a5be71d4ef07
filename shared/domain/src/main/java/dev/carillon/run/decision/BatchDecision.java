package dev.carillon.run.decision;

import dev.carillon.batch.BatchId;
import dev.carillon.batch.Batches;
import dev.carillon.json.Json;
import dev.carillon.run.SkipReason;
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

  static Move of(Step.Batch step, StepInput input) {
    return switch (SettingKey.of(step, "settings.batch_key", step.key(), input)) {
      case SettingKey.Failed(var problem) -> new Move.Fail(problem);
      case SettingKey.None() -> collect(step, Optional.empty(), Json.object(), input);
      // What has no key is batched with whatever else has none.
      case SettingKey.Missing() ->
          collect(step, Optional.empty(), Json.object().with("key", Json.NULL), input);
      case SettingKey.Is(var value) ->
          collect(
              step, Optional.of(SettingKey.text(value)), Json.object().with("key", value), input);
    };
  }

  /**
   * Into which batch the step brings the run, whatever its conditions and its window say; empty
   * when its key fails.
   */
  static Optional<BatchId> batch(Step.Batch step, StepInput input) {
    return switch (SettingKey.of(step, "settings.batch_key", step.key(), input)) {
      case SettingKey.Failed _ -> Optional.empty();
      case SettingKey.None(), SettingKey.Missing() ->
          Optional.of(id(step, Optional.empty(), input));
      case SettingKey.Is(var value) ->
          Optional.of(id(step, Optional.of(SettingKey.text(value)), input));
    };
  }

  private static Move collect(
      Step.Batch step, Optional<String> key, Json.Obj why, StepInput input) {
    Instant now = input.facts().now();
    return switch (DelayDecision.close(step.window(), input, Limit.BATCH)) {
      case Closing.Skipped skipped ->
          new Move.Skip(SkipReason.of(skipped), skipped.ok(), skipped.details());
      case Closing.At(var closeAt, var window) ->
          new Move.Collect(
              step, id(step, key, input), terms(step, closeAt, now), why.with("window", window));
    };
  }

  private static BatchId id(Step.Batch step, Optional<String> key, StepInput input) {
    BatchId id =
        switch (step.identity()) {
          case LATEST ->
              BatchId.latest(input.recipientId(), input.workflow().key(), step.ref(), key);
          case PINNED ->
              BatchId.pinned(
                  input.recipientId(),
                  input.workflow().key(),
                  input.workflow().version(),
                  key,
                  input.batchesBefore());
        };
    return input.run().content().branch().map(id::on).orElse(id);
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
