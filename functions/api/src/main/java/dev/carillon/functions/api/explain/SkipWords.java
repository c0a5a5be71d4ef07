package dev.carillon.functions.api.explain;

import dev.carillon.json.Json;
import dev.carillon.run.SkipReason;
import java.util.List;
import java.util.Map;

/** Why a step was skipped, as the end of a sentence that begins "It was skipped because". */
final class SkipWords {
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

  static String because(SkipReason reason, Json.Obj data) {
    return switch (reason) {
      case CONDITIONS_NOT_MET -> "its conditions did not hold" + compared(data.list("conditions"));
      case CHANNEL_CONDITIONS_NOT_MET ->
          "the channel's conditions did not hold" + compared(data.list("channel_conditions"));
      case CHANNEL_NOT_CONFIGURED -> notConfigured(data);
      case CHANNEL_HAS_NO_PROVIDER -> "nothing delivers on this kind of channel yet";
      case CHANNEL_HAS_NO_FROM_ADDRESS ->
          "neither the step nor the channel says whom its mails are from";
      case RECIPIENT_HAS_NO_EMAIL -> "the recipient has no email address";
      case RECIPIENT_EMAIL_INVALID -> "the recipient's email address is not a valid one";
      case RECIPIENT_EMAIL_SUPPRESSED ->
          "mail to this address came back for good or was complained of, so that it is suppressed";
      case TO_ADDRESS_IS_EMPTY -> "the address that its to_address names came to nothing";
      case RECIPIENT_HAS_NO_PHONE_NUMBER -> "the recipient has no phone number";
      case RECIPIENT_HAS_NO_DEVICE -> "the recipient has no device on this channel";
      case RECIPIENT_HAS_NO_CONNECTION -> "the recipient has no connection on this channel";
      case WEBHOOK_HAS_NO_URL -> "the webhook's URL came to nothing";
      case OPTED_OUT -> optedOut(data);
      case SKIP_DELAY -> "the trigger said to skip all delays";
      case SEND_WINDOW_NEVER_OPENS -> "its send window never opens";
      case NO_BRANCH -> "the conditions of none of its branches held";
      case THROTTLED -> "its budget was used up";
      case TAKEN_OTHERWISE -> "another copy of its task had gone past it or ended the run";
      case WITHIN_BUDGET -> "it is for what exceeds a budget, and the run was within it";
      case THROTTLE_KEY_INVALID ->
          "its throttle key cannot be used: " + data.text("problem").orElse("invalid");
      case TRIGGER_LOOP ->
          "ten workflows in a row were triggered by steps within an hour of each other, which"
              + " looks like a loop";
      case TRIGGER_TREE_FULL ->
          "a hundred workflows were triggered within an hour by steps that all go back to the run "
              + data.text("root").orElse("?")
              + ", which looks like a loop";
      case WORKFLOW_MISSING -> "there is no workflow " + quoted(data, "workflow");
      case WORKFLOW_ARCHIVED -> "the workflow " + quoted(data, "workflow") + " is archived";
      case WORKFLOW_INACTIVE -> "the workflow " + quoted(data, "workflow") + " is not active";
      case RECIPIENT_TOO_LARGE -> "what is known of the recipient would have become too large";
      case DELAY_INVALID -> "its delay " + unreadable(data);
      case DELAY_IN_THE_PAST -> "its delay " + past(data);
      case DELAY_IS_EMPTY -> "its delay has no length";
      case DELAY_TOO_LONG -> "its delay is longer than is allowed";
      case BATCH_WINDOW_INVALID -> "its batch window " + unreadable(data);
      case BATCH_WINDOW_IN_THE_PAST -> "its batch window " + past(data);
      case BATCH_WINDOW_IS_EMPTY -> "its batch window has no length";
      case BATCH_WINDOW_TOO_LONG -> "its batch window is longer than is allowed";
      case THROTTLE_WINDOW_INVALID -> "its throttle window " + unreadable(data);
      case THROTTLE_WINDOW_IN_THE_PAST -> "its throttle window " + past(data);
      case THROTTLE_WINDOW_IS_EMPTY -> "its throttle window has no length";
      case THROTTLE_WINDOW_TOO_LONG -> "its throttle window is longer than is allowed";
      case WAIT_INVALID -> "how long it waits " + unreadable(data);
      case WAIT_IN_THE_PAST -> "how long it waits " + past(data);
      case WAIT_IS_EMPTY -> "how long it waits has no length";
      case WAIT_TOO_LONG -> "how long it waits is longer than is allowed";
      case UNKNOWN -> "of a reason that this version has no words for";
    };
  }

  private static String notConfigured(Json.Obj data) {
    List<String> lacks =
        data.list("lacks").stream()
            .filter(Json.Str.class::isInstance)
            .map(name -> ((Json.Str) name).value())
            .toList();
    return lacks.isEmpty()
        ? "this environment has no channel " + quoted(data, "channel")
        : "the channel %s has no %s in this environment"
            .formatted(quoted(data, "channel"), String.join(" and no ", lacks));
  }

  private static String optedOut(Json.Obj data) {
    String layer = LAYERS.getOrDefault(data.text("layer").orElse(""), "a preference");
    String place = data.text("preference").filter(it -> !it.isEmpty()).orElse("the whole set");
    Json.Obj places = data.object("preference_conditions");
    List<Json> findings =
        places.fields().keySet().stream().flatMap(key -> places.list(key).stream()).toList();
    return layer + " said no, at " + place + compared(findings);
  }

  private static String unreadable(Json.Obj data) {
    return "cannot be read"
        + data.text("path").map(it -> " at " + it).orElse("")
        + data.text("problem").map(it -> " (" + it + ")").orElse("");
  }

  private static String past(Json.Obj data) {
    return "ends in the past" + data.text("until").map(it -> ", at " + it).orElse("");
  }

  static String compared(List<Json> findings) {
    return ConditionWords.failed(findings).map(it -> ": " + it).orElse("");
  }

  private static String quoted(Json.Obj data, String key) {
    return "\"" + data.text(key).orElse("") + "\"";
  }
}
