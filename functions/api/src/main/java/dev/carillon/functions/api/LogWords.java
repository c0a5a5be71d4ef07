package dev.carillon.functions.api;

import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.run.LogEntry;
import dev.carillon.run.Run;
import java.util.Optional;

/** A line of a run's log as a sentence. Every event that a run may log has one. */
final class LogWords {
  private LogWords() {}

  static String sentence(LogEntry entry) {
    return known(entry.event(), entry.attempt(), entry.data())
        .orElseGet(() -> "Something happened that has no words here: " + entry.event() + ".");
  }

  /** Empty for an event, or a reason, that has no words. */
  static Optional<String> known(String event, int attempt, Json.Obj data) {
    return switch (event) {
      case "step_skipped" ->
          SkipWords.because(data.text("reason").orElse(""), data)
              .map(why -> "It was skipped because " + why + ".");
      case "message_enqueued" -> Optional.of(made(data));
      case "delay_started" -> Optional.of("The delay lasts until " + at(data, "until") + ".");
      case "delay_ended" -> Optional.of("The delay was over.");
      case "step_failed" -> Optional.of(failed(attempt, data));
      case "run_halted" -> halted(data).map(why -> "The run ended here because " + why + ".");
      case "run_completed" -> Optional.of("The run came to its end.");
      case "run_cancelled" -> Optional.of("The run was cancelled" + by(data) + ".");
      case "run_held" ->
          Optional.of(
              "Quiet hours hold the run until "
                  + at(data.object("send_window"), "opens_at")
                  + zone(data.object("send_window"))
                  + ".");
      case "batch_opened" ->
          Optional.of(
              "It opened a batch, to close at "
                  + at(data, "closes_at")
                  + ", and goes on for all that comes into it until then.");
      case "batch_joined" ->
          Optional.of(
              "It joined a batch that closes at "
                  + at(data, "closes_at")
                  + " and ended here: the run "
                  + data.text("run").orElse("?")
                  + " goes on for both.");
      case "batch_leading_flushed" ->
          Optional.of(
              "It is the first of its batch, which goes on alone; what comes until "
                  + at(data, "closes_at")
                  + " is collected.");
      case "batch_closed" ->
          Optional.of("The batch closed with " + number(data, "total_activities") + " activities.");
      case "batch_left" ->
          Optional.of(
              "It was cancelled"
                  + by(data)
                  + " while it held a batch: its own activity left, and the run stays for what"
                  + " others put in.");
      case "throttle_passed" ->
          Optional.of(
              "The budget allowed it: it was number "
                  + number(data, "passed")
                  + " of "
                  + number(data, "limit")
                  + " until "
                  + at(data, "window_ends_at")
                  + ".");
      case "throttle_exceeded" ->
          Optional.of(
              "The budget of "
                  + number(data, "limit")
                  + " was used up until "
                  + at(data, "window_ends_at")
                  + "; it goes on at "
                  + step(data.text("goes_on_at").orElse(""))
                  + ".");
      case "branch_taken" ->
          Optional.of("It took the branch \"" + data.text("branch").orElse("") + "\".");
      case "cohort_assigned" ->
          Optional.of("It fell into the cohort \"" + data.text("cohort").orElse("") + "\".");
      case "fetch_completed" ->
          Optional.of("The service answered with " + answer(data) + ", which became part of data.");
      case "workflow_triggered" ->
          Optional.of(
              "It triggered the workflow \""
                  + data.text("workflow").orElse("")
                  + "\" ("
                  + data.text("workflow_run_id").orElse("?")
                  + ").");
      case "wait_started" -> Optional.of("It waits for an " + event(data) + ".");
      case "wait_conditions_evaluated" ->
          Optional.of(
              "There was an "
                  + event(data)
                  + ", but its conditions did not hold"
                  + SkipWords.compared(data.list("conditions"))
                  + ".");
      case "wait_matched" -> Optional.of("There was an " + event(data) + ", as it waited for.");
      case "wait_timed_out" -> Optional.of("There was no " + event(data) + " in time.");
      case "wait_hastened" ->
          Optional.of("Somebody ended the wait early; it was until " + at(data, "until") + ".");
      case "wait_cancelled" ->
          Optional.of("While it waited, somebody cancelled it" + by(data) + ".");
      case "data_updated" -> Optional.of("The run's data was changed.");
      case "recipient_updated" ->
          Optional.of("It changed what is known of " + recipient(data) + ".");
      case "recipient_missing" ->
          Optional.of("The run ended because nobody has identified its recipient.");
      case Run.LOG_SHORTENED ->
          Optional.of(number(data, "entries") + " more lines of the log are left out here.");
      default -> Optional.empty();
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

  /** Why a run ended, as the end of a sentence; empty for a reason that has no words here. */
  static Optional<String> halted(Json.Obj data) {
    return switch (data.text("reason").orElse("")) {
      case "step_failed" -> Optional.of("a step failed for good");
      case "trigger_conditions" ->
          Optional.of(
              "the conditions of the workflow's trigger did not hold"
                  + SkipWords.compared(data.list("conditions")));
      case "not_the_first" ->
          Optional.of("the workflow runs once for each recipient, and this was not the first time");
      case "workflow_inactive" -> Optional.of("the workflow was not active any more");
      case "workflow_archived" -> Optional.of("the workflow was archived");
      case "throttled" ->
          Optional.of(
              "the budget of "
                  + number(data, "limit")
                  + " was used up until "
                  + at(data, "window_ends_at"));
      case "wait_matched" -> Optional.of("the event came that ends it");
      case "wait_timed_out" -> Optional.of("the event did not come in time");
      default -> Optional.empty();
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
