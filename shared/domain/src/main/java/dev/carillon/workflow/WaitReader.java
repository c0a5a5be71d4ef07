package dev.carillon.workflow;

import dev.carillon.condition.Conditions;
import dev.carillon.workflow.Step.Batch;
import dev.carillon.workflow.Step.BatchIdentity;
import dev.carillon.workflow.Step.BatchMode;
import dev.carillon.workflow.Step.Delay;
import dev.carillon.workflow.Step.OnExceeded;
import dev.carillon.workflow.Step.Order;
import dev.carillon.workflow.Step.Period;
import dev.carillon.workflow.Step.Sliding;
import dev.carillon.workflow.Step.Text;
import dev.carillon.workflow.Step.Throttle;
import dev.carillon.workflow.Step.ThrottleScope;
import dev.carillon.workflow.WindowReader.Limit;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads the steps that hold runs back for a time: delay, batch and throttle. */
final class WaitReader {
  private static final int DEFAULT_RENDER_LIMIT = 10;
  private static final int DEFAULT_THROTTLE_LIMIT = 1;

  private WaitReader() {}

  static Optional<Delay> delay(StepRef ref, Conditions conditions, Fields settings) {
    return WindowReader.window(settings, "delay_for", "delay_until_field_path", Limit.DELAY)
        .map(until -> new Delay(ref, conditions, until));
  }

  static Optional<Batch> batch(StepRef ref, Conditions conditions, Fields settings) {
    Optional<Text> key = settings.text("batch_key").map(Text::ofKey);
    boolean slides = settings.says("batch_window_type", "sliding", "fixed");
    Optional<Period> extension =
        WindowReader.period(settings, "batch_window_extension_limit", Limit.BATCH);
    boolean newest = settings.says("batch_order", "desc", "asc");
    OptionalInt maxItems = settings.number("batch_items_max_limit", 2, 1_000);
    // The guide says 2 to 100, the API 1 to 100.
    int renderLimit =
        settings.number("batch_items_render_limit", 1, 100).orElse(DEFAULT_RENDER_LIMIT);
    boolean leading = settings.says("batch_execution_mode", "flush_leading", "accumulate");
    boolean latest = settings.says("workflow_version_mode", "latest", "pinned");
    return WindowReader.window(settings, "batch_window", "batch_until_field_path", Limit.BATCH)
        .map(
            window ->
                new Batch(
                    ref,
                    conditions,
                    key,
                    window,
                    slides ? Optional.of(new Sliding(extension)) : Optional.empty(),
                    newest ? Order.LAST : Order.FIRST,
                    maxItems,
                    renderLimit,
                    leading ? BatchMode.FLUSH_LEADING : BatchMode.ACCUMULATE,
                    latest ? BatchIdentity.LATEST : BatchIdentity.PINNED));
  }

  static Optional<Throttle> throttle(StepRef ref, Conditions conditions, Fields settings) {
    Optional<Text> key = settings.text("throttle_key").map(Text::ofKey);
    int limit =
        settings.number("throttle_limit", 1, Integer.MAX_VALUE).orElse(DEFAULT_THROTTLE_LIMIT);
    boolean batches = settings.says("on_exceeded", "batch", "drop");
    boolean everywhere = settings.says("scope", "environment", "workflow");
    return WindowReader.window(
            settings, "throttle_window", "throttle_window_field_path", Limit.THROTTLE)
        .map(
            window ->
                new Throttle(
                    ref,
                    conditions,
                    key,
                    limit,
                    window,
                    batches ? OnExceeded.BATCH : OnExceeded.DROP,
                    everywhere ? ThrottleScope.ENVIRONMENT : ThrottleScope.WORKFLOW));
  }
}
