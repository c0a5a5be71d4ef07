package dev.carillon.functions.api;

import dev.carillon.json.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Why a step was skipped, as the end of a sentence that begins "It was skipped because". */
final class SkipWords {
  /** What a window is called in the reasons of {@link dev.carillon.window.Closing.Skipped}. */
  private static final Map<String, String> WINDOWS =
      Map.of(
          "delay", "its delay",
          "batch_window", "its batch window",
          "throttle_window", "its throttle window",
          "wait", "how long it waits");

  private static final Map<String, String> LAYERS =
      Map.of(
          "environment", "the environment's default preferences",
          "tenant", "the tenant's default preferences",
          "recipient_tenant", "the recipient's preferences for the tenant",
          "recipient", "the recipient's preferences",
          "commercial", "the recipient's word on commercial messages",
          "override", "the workflow, which heeds no preferences,",
          "default", "nobody's preferences");

  private SkipWords() {}

  /** Empty for a reason that has no words here. */
  static Optional<String> because(String reason, Json.Obj data) {
    return switch (reason) {
      case "conditions_not_met" ->
          Optional.of("its conditions did not hold" + compared(data.list("conditions")));
      case "channel_conditions_not_met" ->
          Optional.of(
              "the channel's conditions did not hold" + compared(data.list("channel_conditions")));
      case "channel_not_configured" ->
          Optional.of("this environment has no channel " + quoted(data, "channel"));
      case "channel_has_no_provider" -> Optional.of("nothing delivers on this kind of channel yet");
      case "channel_has_no_from_address" ->
          Optional.of("neither the step nor the channel says whom its mails are from");
      case "recipient_has_no_email" -> Optional.of("the recipient has no email address");
      case "recipient_email_invalid" ->
          Optional.of("the recipient's email address is not a valid one");
      case "webhook_has_no_url" -> Optional.of("the webhook's URL came to nothing");
      case "opted_out" -> Optional.of(optedOut(data));
      case "skip_delay" -> Optional.of("the trigger said to skip all delays");
      case "send_window_never_opens" -> Optional.of("its send window never opens");
      case "no_branch" -> Optional.of("the conditions of none of its branches held");
      case "throttled" -> Optional.of("its budget was used up");
      case "taken_otherwise" ->
          Optional.of("another copy of its task had gone past it or ended the run");
      case "within_budget" ->
          Optional.of("it is for what exceeds a budget, and the run was within it");
      case "throttle_key_invalid" ->
          Optional.of("its throttle key cannot be used: " + data.text("problem").orElse("invalid"));
      case "trigger_loop" ->
          Optional.of(
              "ten workflows in a row were triggered by steps within an hour of each other, which"
                  + " looks like a loop");
      case "workflow_missing" -> Optional.of("there is no workflow " + quoted(data, "workflow"));
      case "workflow_inactive" ->
          Optional.of("the workflow " + quoted(data, "workflow") + " is not active");
      case "recipient_too_large" ->
          Optional.of("what is known of the recipient would have become too large");
      default -> window(reason, data);
    };
  }

  private static String optedOut(Json.Obj data) {
    String layer = LAYERS.getOrDefault(data.text("layer").orElse(""), "a preference");
    String place = data.text("preference").filter(it -> !it.isEmpty()).orElse("the whole set");
    Json.Obj places = data.object("preference_conditions");
    List<Json> findings =
        places.fields().keySet().stream().flatMap(key -> places.list(key).stream()).toList();
    return layer + " said no, at " + place + compared(findings);
  }

  private static Optional<String> window(String reason, Json.Obj data) {
    return WINDOWS.entrySet().stream()
        .filter(window -> reason.startsWith(window.getKey() + "_"))
        .flatMap(
            window ->
                problem(reason.substring(window.getKey().length() + 1), data)
                    .map(problem -> window.getValue() + " " + problem)
                    .stream())
        .findFirst();
  }

  private static Optional<String> problem(String problem, Json.Obj data) {
    String path = data.text("path").map(it -> " at " + it).orElse("");
    return switch (problem) {
      case "invalid" ->
          Optional.of(
              "cannot be read" + path + data.text("problem").map(it -> " (" + it + ")").orElse(""));
      case "in_the_past" ->
          Optional.of("ends in the past" + data.text("until").map(it -> ", at " + it).orElse(""));
      case "is_empty" -> Optional.of("has no length");
      case "too_long" -> Optional.of("is longer than is allowed");
      default -> Optional.empty();
    };
  }

  static String compared(List<Json> findings) {
    return ConditionWords.failed(findings).map(it -> ": " + it).orElse("");
  }

  private static String quoted(Json.Obj data, String key) {
    return "\"" + data.text(key).orElse("") + "\"";
  }
}
