package dev.carillon.functions.api.explain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.functions.api.ApiFixture;
import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.run.LogEntry;
import dev.carillon.run.RunEvent;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogWordsTest {
  private static final Path ROOT = Path.of("..", "..");

  private static final String EVENTS =
      """
      message_enqueued | {"channel_type": "email", "message_id": "m1"} | A message was made on the channel type email (m1).
      message_enqueued | {"channel_type": "email", "message_id": "m1", "scheduled_at": "T1", "send_window": {"zone": "Asia/Tokyo"}} | A message was made on the channel type email (m1); its send window holds it until T1 (by the clocks of Asia/Tokyo).
      delay_started | {"until": "T1"} | The delay lasts until T1.
      delay_started | {"until": "T1", "zone_ignored": "Mars/X"} | The delay lasts until T1. There is no time zone "Mars/X", so another was taken.
      message_enqueued | {"channel_type": "email", "message_id": "m1", "zones_ignored": ["Mars/X"]} | A message was made on the channel type email (m1). There is no time zone "Mars/X", so another was taken.
      message_enqueued | {"channel_type": "email", "message_id": "m1", "currencies_unknown": ["DOGE"]} | A message was made on the channel type email (m1). There is no currency "DOGE", so the amount is a number with that behind it.
      message_enqueued | {"channel_type": "email", "message_id": "m1", "untracked": true} | A message was made on the channel type email (m1). It is not tracked: the deployment has no key for links yet, and gets one with the next push.
      run_held | {"send_window": {"opens_at": "T1", "zone": "Asia/Tokyo", "zone_ignored": "Mars/X"}} | Quiet hours hold the run until T1 (by the clocks of Asia/Tokyo). There is no time zone "Mars/X", so another was taken.
      delay_ended | {} | The delay was over.
      step_failed | {"error": "No such helper", "max_attempts": 3} | Try 1 of 3 failed: No such helper.
      step_failed | {"error": "data: plan is missing"} | Try 1 failed: data: plan is missing.
      run_completed | {} | The run came to its end.
      run_cancelled | {} | The run was cancelled.
      run_cancelled | {"by": "cancellation_key"} | The run was cancelled by its cancellation key.
      batch_left | {"by": "by_hand"} | It was cancelled through /v1/waiting while it held a batch: its own activity left, and the run stays for what others put in.
      run_held | {"send_window": {"opens_at": "T1", "zone": "Asia/Tokyo"}} | Quiet hours hold the run until T1 (by the clocks of Asia/Tokyo).
      batch_opened | {"closes_at": "T1"} | It opened a batch, to close at T1, and goes on for all that comes into it until then.
      batch_joined | {"closes_at": "T1", "run": "r2"} | It joined a batch that closes at T1 and ended here: the run r2 holds it.
      batch_leading_flushed | {"closes_at": "T1"} | It is the first of its batch, which goes on alone; what comes until T1 is collected.
      batch_closed | {"total_activities": 4} | The batch closed with 4 activities.
      throttle_passed | {"passed": 1, "limit": 2, "window_ends_at": "T1"} | The budget allowed it: it was number 1 of 2 until T1.
      throttle_exceeded | {"limit": 2, "window_ends_at": "T1", "goes_on_at": "batch_1"} | The budget of 2 was used up until T1; it goes on at the step batch_1.
      throttle_exceeded | {"limit": 2, "window_ends_at": "T1", "goes_on_at": ""} | The budget of 2 was used up until T1; it goes on at the end.
      branch_taken | {"branch": "Pro"} | It took the branch "Pro".
      cohort_assigned | {"branch": "A", "cohort": "A"} | It fell into the cohort "A".
      fetch_completed | {"response": {"status": 201}} | The service answered with status 201, which became part of data.
      workflow_triggered | {"workflow": "child", "workflow_run_id": "t1"} | It triggered the workflow "child" (t1).
      wait_started | {"event": "message:a:seen", "until": "T1"} | It waits for an event message:a:seen until T1.
      wait_matched | {"event": "message:a:seen"} | There was an event message:a:seen, as it waited for.
      wait_timed_out | {"event": "message:a:seen"} | There was no event message:a:seen in time.
      wait_conditions_evaluated | {"event": "message:a:seen", "conditions": [{"variable": "event.id", "operator": "equal_to", "argument": 7, "value": 8, "result": false}]} | There was an event message:a:seen, but its conditions did not hold: event.id equal to 7 (it was 8).
      wait_hastened | {"until": "T1"} | Somebody ended the wait early; it was until T1.
      wait_cancelled | {"by": "by_hand"} | While it waited, somebody cancelled it through /v1/waiting.
      data_updated | {"data": {}} | The run's data was changed.
      recipient_updated | {"recipient": "ana"} | It changed what is known of "ana".
      identification_left_out | {"recipient": "ana"} | What the call says about "ana" was not stored, as too much would be known of it then; the run went on with what was known before.
      recipient_deleted | {} | The recipient was deleted, and with it what the run knew and did.
      recipient_missing | {} | The run ended because nobody has identified its recipient. A call names who is new as an object, {"id": …, "email": …}; or PUT /v1/users/{id} makes it known before.
      log_shortened | {"entries": 12} | 12 more lines of the log are left out here.
      """;

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = EVENTS)
  void every_event_has_a_sentence(String event, String data, String sentence) {
    assertThat(sentence(event, data)).isEqualTo(sentence);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          conditions_not_met | {"conditions": [{"variable": "data.plan", "operator": "equal_to", "argument": "pro", "value": "free", "result": false}, {"variable": "data.x", "operator": "exists", "argument": null, "value": null, "result": "not_evaluated"}]} | its conditions did not hold: data.plan equal to "pro" (it was "free")
          conditions_not_met | {"conditions": [{"variable": "data.zip", "operator": "equal_to", "argument": 90210, "value": "90210", "result": false, "note": "the text 90210, not the number"}]} | its conditions did not hold: data.zip equal to 90210 (it was "90210": the text 90210, not the number)
          conditions_not_met | {"conditions": [{"variable": "data.x", "operator": "exists", "argument": null, "value": null, "result": false}]} | its conditions did not hold: data.x exists (it was nothing)
          channel_conditions_not_met | {"channel_conditions": [{"variable": "data.a", "operator": "empty", "argument": null, "value": 1, "result": false}]} | the channel's conditions did not hold: data.a empty (it was 1)
          channel_not_configured | {"channel": "sms"} | this environment has no channel "sms"
          channel_not_configured | {"channel": "sms", "lacks": ["api_key", "api_secret"]} | the channel "sms" has no api_key and no api_secret in this environment
          channel_has_no_provider | {} | nothing delivers on this kind of channel yet
          channel_has_no_from_address | {} | neither the step nor the channel says whom its mails are from
          recipient_has_no_email | {} | the recipient has no email address
          recipient_email_invalid | {} | the recipient's email address is not a valid one
          webhook_has_no_url | {} | the webhook's URL came to nothing
          opted_out | {"preference": "workflows.a.channel_types.email", "layer": "recipient"} | the recipient's preferences said no, at workflows.a.channel_types.email
          opted_out | {"preference": "channel_types.email", "layer": "environment"} | the environment's default preferences said no, at channel_types.email
          opted_out | {"preference": "channel_types.email", "layer": "tenant"} | the tenant's default preferences said no, at channel_types.email
          opted_out | {"preference": "channel_types.email", "layer": "recipient_tenant"} | the recipient's preferences for the tenant said no, at channel_types.email
          opted_out | {"preference": "commercial_subscribed", "layer": "commercial"} | the recipient's word on commercial messages said no, at commercial_subscribed
          opted_out | {"preference": "channel_types.email", "layer": "recipient", "preference_conditions": {"channel_types.email": [{"variable": "data.n", "operator": "greater_than", "argument": 5, "value": 2, "result": false}]}} | the recipient's preferences said no, at channel_types.email: data.n greater than 5 (it was 2)
          skip_delay | {} | the trigger said to skip all delays
          send_window_never_opens | {} | its send window never opens
          no_branch | {"branches": []} | the conditions of none of its branches held
          throttled | {} | its budget was used up
          taken_otherwise | {} | another copy of its task had gone past it or ended the run
          trigger_tree_full | {"workflow": "w", "root": "r1"} | a hundred workflows were triggered within an hour by steps that all go back to the run r1, which looks like a loop
          workflow_archived | {"workflow": "w"} | the workflow "w" is archived
          trigger_loop | {"workflow": "w"} | ten workflows in a row were triggered by steps within an hour of each other, which looks like a loop
          within_budget | {} | it is for what exceeds a budget, and the run was within it
          throttle_key_invalid | {"problem": "nothing there"} | its throttle key cannot be used: nothing there
          workflow_missing | {"workflow": "child"} | there is no workflow "child"
          workflow_inactive | {"workflow": "child"} | the workflow "child" is not active
          recipient_too_large | {} | what is known of the recipient would have become too large
          delay_invalid | {"path": "data.at", "problem": "no timestamp"} | its delay cannot be read at data.at (no timestamp)
          delay_in_the_past | {"until": "T1"} | its delay ends in the past, at T1
          delay_is_empty | {} | its delay has no length
          batch_window_too_long | {} | its batch window is longer than is allowed
          throttle_window_invalid | {"path": "data.at", "problem": "no timestamp"} | its throttle window cannot be read at data.at (no timestamp)
          wait_in_the_past | {"until": "T1"} | how long it waits ends in the past, at T1
          """)
  void every_reason_to_skip_has_words(String reason, String data, String because) {
    assertThat(sentence("step_skipped", with(reason, data)))
        .isEqualTo("It was skipped because " + because + ".");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          step_failed | {} | a step failed for good
          trigger_conditions | {"conditions": [{"variable": "data.plan", "operator": "equal_to", "argument": "pro", "value": "free", "result": false}]} | the conditions of the workflow's trigger did not hold: data.plan equal to "pro" (it was "free")
          not_the_first | {} | the workflow runs once for each recipient, and this was not the first time
          workflow_inactive | {} | the workflow was not active any more
          throttled | {"limit": 1, "window_ends_at": "T1"} | the budget of 1 was used up until T1
          wait_matched | {} | the event came that ends it
          wait_timed_out | {} | the event did not come in time
          """)
  void every_reason_to_end_has_words(String reason, String data, String because) {
    assertThat(sentence("run_halted", with(reason, data)))
        .isEqualTo("The run ended here because " + because + ".");
  }

  @Test
  void the_many_conditions_that_failed_are_counted() {
    Json.Obj failed =
        Json.object()
            .with("variable", "data.a")
            .with("operator", "exists")
            .with("result", Json.FALSE);
    Json.Obj data =
        Json.object()
            .with("reason", "conditions_not_met")
            .with("conditions", Json.array(java.util.Collections.nCopies(5, failed)));
    assertThat(sentence("step_skipped", JsonText.write(data))).endsWith("; and 2 more.");
  }

  @Test
  void what_a_later_version_logs_is_named_at_least() {
    assertThat(sentence("unknown", "{\"event\": \"step_danced\"}"))
        .isEqualTo("Something happened that has no words here: step_danced.");
  }

  private static String with(String reason, String data) {
    return JsonText.write(
        Json.object().with("reason", reason).merged((Json.Obj) JsonText.parse(data)));
  }

  private static String sentence(String event, String data) {
    return LogWords.sentence(
        new LogEntry(
            ApiFixture.START,
            RunEvent.named(event),
            true,
            Optional.empty(),
            "",
            1,
            (Json.Obj) JsonText.parse(data)));
  }
}
