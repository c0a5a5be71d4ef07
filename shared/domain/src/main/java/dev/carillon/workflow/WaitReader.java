package dev.carillon.workflow;

import dev.carillon.condition.Conditions;
import dev.carillon.window.Limit;
import dev.carillon.window.Period;
import dev.carillon.window.Window;
import dev.carillon.workflow.Step.Batch;
import dev.carillon.workflow.Step.BatchIdentity;
import dev.carillon.workflow.Step.BatchMode;
import dev.carillon.workflow.Step.Delay;
import dev.carillon.workflow.Step.OnExceeded;
import dev.carillon.workflow.Step.Order;
import dev.carillon.workflow.Step.Sliding;
import dev.carillon.workflow.Step.Text;
import dev.carillon.workflow.Step.Throttle;
import dev.carillon.workflow.Step.ThrottleScope;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads the steps that hold runs back for a time: delay, batch and throttle. */
final class WaitReader {
  private static final int DEFAULT_RENDER_LIMIT = 10;
  private static final int DEFAULT_THROTTLE_LIMIT = 1;

  private WaitReader() {}

  private static Optional<Window> window(
      WorkflowFields settings, String length, String path, Limit limit) {
    if (settings.value(length).isEmpty() && settings.value(path).isEmpty()) {
      settings.refuse("", "This step needs " + length + " or " + path + ".");
    }
    return settings.window(length, Optional.of(path), limit);
  }

  static Optional<Delay> delay(StepRef ref, Conditions conditions, WorkflowFields settings) {
    return window(settings, "delay_for", "delay_until_field_path", Limit.DELAY)
        .map(window -> new Delay(ref, conditions, window));
  }

  static Optional<Batch> batch(StepRef ref, Conditions conditions, WorkflowFields settings) {
    Optional<Text> key = settings.text("batch_key").map(Text::ofKey);
    boolean slides = settings.says("batch_window_type", "sliding", "fixed");
    Optional<Period> extension = extensionLimit(settings);
    boolean newest = settings.says("batch_order", "desc", "asc");
    OptionalInt maxItems = settings.number("batch_items_max_limit", 2, 1_000);
    // The guide says 2 to 100, the API 1 to 100.
    int renderLimit =
        settings.number("batch_items_render_limit", 1, 100).orElse(DEFAULT_RENDER_LIMIT);
    boolean leading = settings.says("batch_execution_mode", "flush_leading", "accumulate");
    boolean latest = settings.says("workflow_version_mode", "latest", "pinned");
    return window(settings, "batch_window", "batch_until_field_path", Limit.BATCH)
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

  private static Optional<Period> extensionLimit(WorkflowFields settings) {
    String field = "batch_window_extension_limit";
    Optional<Period> period =
        settings.value(field).flatMap(Period::of).filter(read -> read.value() >= 0);
    if (settings.value(field).isPresent() && period.isEmpty()) {
      settings.refuse(
          field,
          "A period is {\"unit\": seconds|minutes|hours|days|weeks|months, \"value\": whole"
              + " number}, and here from 0.");
    }
    return period;
  }

  static Optional<Throttle> throttle(StepRef ref, Conditions conditions, WorkflowFields settings) {
    Optional<Text> key = settings.text("throttle_key").map(Text::ofKey);
    int limit =
        settings.number("throttle_limit", 1, Integer.MAX_VALUE).orElse(DEFAULT_THROTTLE_LIMIT);
    boolean batches = settings.says("on_exceeded", "batch", "drop");
    boolean everywhere = settings.says("scope", "environment", "workflow");
    return window(settings, "throttle_window", "throttle_window_field_path", Limit.THROTTLE)
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
