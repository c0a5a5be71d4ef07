package dev.carillon.functions.api.explain;

import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.run.HaltReason;
import dev.carillon.run.LogEntry;
import java.util.ArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A line of a run's log as a sentence. Every event that a run may log has one. */
final class LogWords {
  private LogWords() {}

  static String sentence(LogEntry entry) {
    return sentence(entry, entry.data()) + untracked(entry.data()) + namesIgnored(entry.data());
  }

  private static String sentence(LogEntry entry, Json.Obj data) {
    return switch (entry.event()) {
      case STEP_SKIPPED ->
          "It was skipped because " + SkipWords.because(entry.skipReason(), data) + ".";
      case MESSAGE_ENQUEUED -> made(data);
      case DELAY_STARTED -> "The delay lasts until " + at(data, "until") + ".";
      case DELAY_ENDED -> "The delay was over.";
      case STEP_FAILED -> failed(entry.attempt(), data);
      case RUN_HALTED -> "The run ended here because " + halted(entry.haltReason(), data) + ".";
      case RUN_COMPLETED -> "The run came to its end.";
      case RUN_CANCELLED -> "The run was cancelled" + by(data) + ".";
      case RUN_HELD ->
          "Quiet hours hold the run until "
              + at(data.object("send_window"), "opens_at")
              + zone(data.object("send_window"))
              + ".";
      case BATCH_OPENED ->
          "It opened a batch, to close at "
              + at(data, "closes_at")
              + ", and goes on for all that comes into it until then.";
      case BATCH_JOINED ->
          "It joined a batch that closes at "
              + at(data, "closes_at")
              + " and ended here: the run "
              + data.text("run").orElse("?")
              + " holds it.";
      case BATCH_LEADING_FLUSHED ->
          "It is the first of its batch, which goes on alone; what comes until "
              + at(data, "closes_at")
              + " is collected.";
      case BATCH_CLOSED ->
          "The batch closed with "
              + number(data, "total_activities")
              + " activities."
              + data.get("left_out_for_their_size")
                  .map(
                      count ->
                          " The data of "
                              + JsonText.write(count)
                              + " of them would have been too large to be shown together.")
                  .orElse("");
      case BATCH_LEFT ->
          "It was cancelled"
              + by(data)
              + " while it held a batch: its own activity left, and the run stays for what"
              + " others put in.";
      case THROTTLE_PASSED ->
          "The budget allowed it: it was number "
              + number(data, "passed")
              + " of "
              + number(data, "limit")
              + " until "
              + at(data, "window_ends_at")
              + ".";
      case THROTTLE_EXCEEDED ->
          "The budget of "
              + number(data, "limit")
              + " was used up until "
              + at(data, "window_ends_at")
              + "; it goes on at "
              + step(data.text("goes_on_at").orElse(""))
              + ".";
      case BRANCH_TAKEN -> "It took the branch \"" + data.text("branch").orElse("") + "\".";
      case COHORT_ASSIGNED -> "It fell into the cohort \"" + data.text("cohort").orElse("") + "\".";
      case FETCH_COMPLETED ->
          "The service answered with " + answer(data) + ", which became part of data.";
      case WORKFLOW_TRIGGERED ->
          "It triggered the workflow \""
              + data.text("workflow").orElse("")
              + "\" ("
              + data.text("workflow_run_id").orElse("?")
              + ").";
      case WAIT_STARTED -> "It waits for an " + event(data) + ".";
      case WAIT_CONDITIONS_EVALUATED ->
          "There was an "
              + event(data)
              + ", but its conditions did not hold"
              + SkipWords.compared(data.list("conditions"))
              + ".";
      case WAIT_MATCHED -> "There was an " + event(data) + ", as it waited for.";
      case WAIT_TIMED_OUT -> "There was no " + event(data) + " in time.";
      case WAIT_HASTENED ->
          "Somebody ended the wait early; it was until " + at(data, "until") + ".";
      case WAIT_CANCELLED -> "While it waited, somebody cancelled it" + by(data) + ".";
      case DATA_UPDATED -> "The run's data was changed.";
      case RECIPIENT_UPDATED -> "It changed what is known of " + recipient(data) + ".";
      case IDENTIFICATION_LEFT_OUT ->
          "What the call says about "
              + recipient(data)
              + " was not stored, as too much would be known of it then; the run went on with what"
              + " was known before.";
      case RECIPIENT_DELETED -> "The recipient was deleted, and with it what the run knew and did.";
      case RECIPIENT_MISSING ->
          "The run ended because nobody has identified its recipient. A call names who is new as an"
              + " object, {\"id\": …, \"email\": …}; or PUT /v1/users/{id} makes it known before.";
      case LOG_SHORTENED -> number(data, "entries") + " more lines of the log are left out here.";
      case UNKNOWN ->
          "Something happened that has no words here: " + data.text("event").orElse("?") + ".";
    };
  }

  private static String made(Json.Obj data) {
    String made =
        "A message was made on the channel type "
            + data.text("channel_type").orElse("?")
            + " ("
            + data.text("message_id").orElse("?")
            + ")";
    return data.text("scheduled_at")
        .map(
            opens ->
                made
                    + "; its send window holds it until "
                    + opens
                    + zone(data.object("send_window"))
                    + ".")
        .orElse(made + ".");
  }

  private static String failed(int attempt, Json.Obj data) {
    return "Try "
        + attempt
        + data.get("max_attempts").map(most -> " of " + JsonText.write(most)).orElse("")
        + " failed: "
        + data.text("error").orElse("nobody said why")
        + ".";
  }

  /** Why a run ended, as the end of a sentence. */
  static String halted(HaltReason reason, Json.Obj data) {
    return switch (reason) {
      case STEP_FAILED -> "a step failed for good";
      case TRIGGER_CONDITIONS ->
          "the conditions of the workflow's trigger did not hold"
              + SkipWords.compared(data.list("conditions"));
      case NOT_THE_FIRST ->
          "the workflow runs once for each recipient, and this was not the first time";
      case WORKFLOW_INACTIVE -> "the workflow was not active any more";
      case WORKFLOW_ARCHIVED -> "the workflow was archived";
      case THROTTLED ->
          "the budget of "
              + number(data, "limit")
              + " was used up until "
              + at(data, "window_ends_at");
      case WAIT_MATCHED -> "the event came that ends it";
      case WAIT_TIMED_OUT -> "the event did not come in time";
      case UNKNOWN -> "of a reason that this version has no words for";
    };
  }

  /** By what the run was cancelled; nothing when it was not noted. */
  private static String by(Json.Obj data) {
    return switch (data.text("by").orElse("")) {
      case "cancellation_key" -> " by its cancellation key";
      case "by_hand" -> " through /v1/waiting";
      default -> "";
    };
  }

  private static String zone(Json.Obj window) {
    return window.text("zone").map(zone -> " (by the clocks of " + zone + ")").orElse("");
  }

  private static String untracked(Json.Obj data) {
    return data.get("untracked").filter(Json.TRUE::equals).isPresent()
        ? " It is not tracked: the deployment has no key for links yet, and gets one with the next"
            + " push."
        : "";
  }

  private static String namesIgnored(Json.Obj data) {
    var names = new ArrayList<>(data.list("zones_ignored"));
    Stream.of(data, data.object("send_window"))
        .flatMap(window -> window.get("zone_ignored").stream())
        .forEach(names::add);
    return Stream.concat(
            names.stream()
                .distinct()
                .map(
                    name ->
                        " There is no time zone "
                            + JsonText.write(name)
                            + ", so another was taken."),
            data.list("currencies_unknown").stream()
                .map(
                    code ->
                        " There is no currency "
                            + JsonText.write(code)
                            + ", so the amount is a number with that behind it."))
        .collect(Collectors.joining());
  }

  private static String answer(Json.Obj data) {
    return data.object("response")
        .get("status")
        .map(status -> "status " + JsonText.write(status))
        .orElse("what was asked for");
  }

  private static String event(Json.Obj data) {
    String until = data.text("until").map(it -> " until " + it).orElse("");
    return "event " + data.text("event").orElse("?") + until;
  }

  private static String recipient(Json.Obj data) {
    return data.get("recipient").map(JsonText::write).orElse("somebody");
  }

  private static String step(String ref) {
    return ref.isEmpty() ? "the end" : "the step " + ref;
  }

  private static String at(Json.Obj data, String key) {
    return data.text(key).orElse("an instant that was not noted");
  }

  private static String number(Json.Obj data, String key) {
    return data.get(key).map(JsonText::write).orElse("?");
  }
}
