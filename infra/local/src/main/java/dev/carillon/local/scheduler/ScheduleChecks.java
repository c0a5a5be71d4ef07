package dev.carillon.local.scheduler;

import dev.carillon.json.Json;
import dev.carillon.local.wire.AwsError;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/** The rules of EventBridge Scheduler for what a schedule may say. */
final class ScheduleChecks {
  private static final Pattern NAME = Pattern.compile("[0-9a-zA-Z-_.]{1,64}");
  private static final Pattern TOKEN = Pattern.compile("[a-zA-Z0-9-_]{1,64}");
  private static final Pattern QUEUE_ARN =
      Pattern.compile("arn:aws[a-z-]*:sqs:[a-z0-9-]+:\\d{12}:[A-Za-z0-9_.-]{1,80}");
  private static final Pattern ROLE_ARN =
      Pattern.compile("arn:aws[a-z-]*:iam::\\d{12}:role/[\\w+=,.@/-]+");
  private static final int MAX_INPUT_BYTES = 262_144;
  private static final int MAX_WINDOW_MINUTES = 1_440;

  private ScheduleChecks() {}

  static ScheduleExpression firing(Json.Obj settings) {
    return ScheduleExpression.parse(
        settings.text("ScheduleExpression").orElseThrow(() -> missing("scheduleExpression")),
        settings.text("ScheduleExpressionTimezone").orElse("UTC"));
  }

  /**
   * @throws AwsError a ValidationException
   */
  static void check(Json.Obj settings) {
    firing(settings);
    flexibleWindow(settings);
    oneOf(settings, "State", List.of("ENABLED", "DISABLED"));
    oneOf(settings, "ActionAfterCompletion", List.of("NONE", "DELETE"));
    settings.text("ClientToken").ifPresent(token -> matches("clientToken", token, TOKEN));
    target(settings.object("Target"));
  }

  private static void flexibleWindow(Json.Obj settings) {
    var window = settings.object("FlexibleTimeWindow");
    var mode = window.text("Mode").orElseThrow(() -> missing("flexibleTimeWindow.mode"));
    oneOf(window, "Mode", List.of("OFF", "FLEXIBLE"));
    var minutes = window.get("MaximumWindowInMinutes");
    var valid =
        minutes.orElse(Json.NULL) instanceof Json.Num(var value)
            && value.compareTo(BigDecimal.ONE) >= 0
            && value.compareTo(BigDecimal.valueOf(MAX_WINDOW_MINUTES)) <= 0;
    if (mode.equals("FLEXIBLE") ? !valid : minutes.isPresent()) {
      throw invalid(
          "MaximumWindowInMinutes must be between 1 and 1440 when the mode is FLEXIBLE, and absent"
              + " when it is OFF.");
    }
  }

  private static void target(Json.Obj target) {
    var arn = target.text("Arn").orElseThrow(() -> missing("target.arn"));
    var role = target.text("RoleArn").orElseThrow(() -> missing("target.roleArn"));
    if (!QUEUE_ARN.matcher(arn).matches()) {
      throw invalid("Provided Arn is not the ARN of an SQS queue: " + arn + ".");
    }
    matches("target.roleArn", role, ROLE_ARN);
    if (target.text("Input").orElse("").getBytes(StandardCharsets.UTF_8).length > MAX_INPUT_BYTES) {
      throw invalid("The target's input must not exceed 256 KB.");
    }
  }

  static void name(String field, String name) {
    matches(field, name, NAME);
  }

  private static void oneOf(Json.Obj settings, String key, List<String> allowed) {
    settings
        .text(key)
        .filter(value -> !allowed.contains(value))
        .ifPresent(
            value -> {
              throw invalid(
                  "1 validation error detected: Value '%s' at '%s' failed to satisfy constraint: Member must satisfy enum value set: %s"
                      .formatted(value, key, allowed));
            });
  }

  private static void matches(String field, String value, Pattern pattern) {
    if (!pattern.matcher(value).matches()) {
      throw invalid(
          "1 validation error detected: Value '%s' at '%s' failed to satisfy constraint: Member must satisfy regular expression pattern: ^%s$"
              .formatted(value, field, pattern));
    }
  }

  private static AwsError missing(String field) {
    return invalid(
        "1 validation error detected: Value at '%s' failed to satisfy constraint: Member must not be null"
            .formatted(field));
  }

  static AwsError invalid(String sentence) {
    return new AwsError(400, "ValidationException", sentence);
  }
}
