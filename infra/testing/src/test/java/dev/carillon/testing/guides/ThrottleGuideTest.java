package dev.carillon.testing.guides;

import static dev.carillon.testing.scenarios.GuideEngine.condition;
import static dev.carillon.testing.scenarios.GuideEngine.mail;
import static dev.carillon.testing.scenarios.GuideEngine.said;
import static dev.carillon.testing.scenarios.GuideEngine.step;
import static dev.carillon.testing.scenarios.GuideEngine.when;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.json.Json;
import dev.carillon.run.SkipReason;
import dev.carillon.run.StepOutcome;
import dev.carillon.task.StepsTask;
import dev.carillon.testing.engine.InProcessEngine;
import dev.carillon.testing.scenarios.GuideEngine;
import dev.carillon.trigger.TriggerId;
import dev.carillon.workflow.StepRef;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The guide to throttles, with its own numbers, and what is beyond it. */
class ThrottleGuideTest {
  private static final String HOUR = "'throttle_window': {'unit': 'hours', 'value': 1}";
  private static final String MAIL = mail("{{n}}");

  private final GuideEngine scene = GuideEngine.open().users("elmo", "ann");

  private void throttled(String settings) {
    scene.workflow("alert", step("throttle", settings), MAIL);
  }

  private TriggerId alert(int n) {
    return alert("'n': " + n);
  }

  private TriggerId alert(String data) {
    return scene.trigger("alert", "{'recipients': ['elmo'], 'data': {" + data + "}}");
  }

  @Test
  void one_mail_an_hour_is_let_pass_by_default() {
    throttled(HOUR);
    alert(1);
    scene.pass("PT30M");
    alert(2);
    scene.pass("PT29M59S");
    alert(3);
    scene.pass("PT1S");
    alert(4);
    assertThat(scene.mails()).containsExactly("elmo: 1", "elmo: 4");
  }

  @Test
  void a_threshold_of_five_a_minute_lets_five_pass_and_then_the_next_minutes_five() {
    throttled("'throttle_window': {'unit': 'minutes', 'value': 1}, 'throttle_limit': 5");
    for (int n = 1; n <= 7; n++) {
      alert(n);
      scene.pass("PT2S");
    }
    assertThat(scene.mails()).hasSize(5);
    scene.pass("PT1M");
    for (int n = 8; n <= 14; n++) {
      alert(n);
    }
    assertThat(scene.mails()).hasSize(10).endsWith("elmo: 12");
  }

  @Test
  void the_window_opens_when_the_first_passes_and_not_at_a_round_time() {
    throttled(HOUR);
    scene.pass("PT45M");
    alert(1);
    scene.pass("PT59M");
    alert(2);
    scene.pass("PT1M");
    alert(3);
    assertThat(scene.mails()).containsExactly("elmo: 1", "elmo: 3");
  }

  @Test
  void a_run_that_is_turned_away_ends_there_and_its_log_says_why() {
    throttled(HOUR);
    alert(1);
    var run = scene.run(alert(2), "elmo");
    assertThat(run.status()).isEqualTo("completed");
    assertThat(GuideEngine.log(run)).containsExactly("throttle run_halted", "run run_completed");
    assertThat(said(run, "run_halted").text("reason")).contains("throttled");
    assertThat(said(run, "run_halted").text("window_ends_at")).contains("2026-01-05T10:00:00Z");
    assertThat(run.outcomes().get(new StepRef("throttle")))
        .isEqualTo(new StepOutcome.Skipped(SkipReason.THROTTLED));
  }

  @Test
  void each_recipient_has_a_budget_of_its_own() {
    throttled(HOUR);
    scene.trigger("alert", "{'recipients': ['elmo', 'ann'], 'data': {'n': 1}}");
    assertThat(scene.mails()).containsExactlyInAnyOrder("elmo: 1", "ann: 1");
  }

  @Test
  void each_key_has_a_budget_of_its_own() {
    throttled(HOUR + ", 'throttle_key': 'alert_id'");
    alert("'n': 1, 'alert_id': 'a'");
    alert("'n': 2, 'alert_id': 'b'");
    alert("'n': 3, 'alert_id': 'a'");
    assertThat(scene.mails()).containsExactly("elmo: 1", "elmo: 2");
  }

  @Test
  void two_throttle_steps_are_independent() {
    scene.workflow(
        "alert",
        step("throttle", "first", HOUR + ", 'throttle_limit': 2"),
        mail("one", "first {{n}}"),
        step("throttle", "second", HOUR),
        mail("two", "second {{n}}"));
    alert(1);
    alert(2);
    alert(3);
    assertThat(scene.mails())
        .containsExactlyInAnyOrder("elmo: first 1", "elmo: second 1", "elmo: first 2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          '2026-01-05T14:00:00Z'                               | 2026-01-05T14:00:00Z
          {'unit': 'minutes', 'value': 15}                     | 2026-01-05T09:15:00Z
          {'frequency': 'daily', 'hours': 9, 'minutes': 30}    | 2026-01-05T14:30:00Z
          {'frequency': 'weekly', 'days': ['mon'], 'hours': 9} | 2026-01-05T14:00:00Z
          """)
  void a_window_from_data_is_a_timestamp_a_length_or_a_rule_in_the_recipients_zone(
      String window, String ends) {
    scene.user("elmo", "'timezone': 'America/New_York'");
    throttled("'throttle_window_field_path': 'data.throttleWindow'");
    var run = scene.run(alert("'n': 1, 'throttleWindow': " + window), "elmo");
    assertThat(said(run, "throttle_passed").text("window_ends_at")).contains(ends);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          'n': 1                                              | throttle_window_invalid
          'n': 1, 'throttleWindow': 'soon'                    | throttle_window_invalid
          'n': 1, 'throttleWindow': '2026-01-05T08:59:59Z'    | throttle_window_in_the_past
          'n': 1, 'throttleWindow': {'unit':'days','value':32} | throttle_window_too_long
          """)
  void a_window_that_is_missing_or_invalid_is_an_error_in_the_log_and_the_throttle_is_skipped(
      String data, String reason) {
    throttled("'throttle_window_field_path': 'data.throttleWindow'");
    var line = GuideEngine.line(scene.run(alert(data), "elmo"), "step_skipped");
    assertThat(line.ok()).isFalse();
    assertThat(line.data().text("reason")).contains(reason);
    assertThat(scene.mails()).containsExactly("elmo: 1");
  }

  @Test
  void a_window_of_31_days_is_allowed() {
    throttled("'throttle_window': {'unit': 'days', 'value': 31}");
    alert(1);
    scene.pass("P30D");
    alert(2);
    scene.pass("P1D");
    alert(3);
    assertThat(scene.mails()).containsExactly("elmo: 1", "elmo: 3");
  }

  @ParameterizedTest
  @CsvSource({"61, true", "62, false", "20, true"})
  void a_key_is_shorter_than_64_characters_as_json_encoded_for_a_url(int length, boolean fits) {
    // Two quotes are %22 each: 57 letters make 63 characters.
    int letters = length - 4;
    throttled(HOUR + ", 'throttle_key': 'key'");
    String key = "x".repeat(letters);
    alert("'n': 1, 'key': '" + key + "'");
    alert("'n': 2, 'key': '" + key + "'");
    assertThat(scene.mails()).hasSize(fits ? 1 : 2);
  }

  @ParameterizedTest
  @CsvSource({"data.key", "{{data.key}}"})
  void a_missing_key_is_an_error_in_the_log_and_the_throttle_is_skipped(String key) {
    throttled(HOUR + ", 'throttle_key': '" + key + "'");
    alert(1);
    var line = GuideEngine.line(scene.run(alert(2), "elmo"), "step_skipped");
    assertThat(line.ok()).isFalse();
    assertThat(line.data().text("reason")).contains("throttle_key_invalid");
    assertThat(scene.mails()).hasSize(2);
  }

  @Test
  void a_throttle_whose_conditions_do_not_hold_counts_nothing() {
    scene.workflow(
        "alert",
        when("[" + condition("data.n", "greater_than", "'1'") + "]", step("throttle", HOUR)),
        MAIL);
    alert(1);
    alert(2);
    alert(3);
    assertThat(scene.mails()).containsExactly("elmo: 1", "elmo: 2");
  }

  @Test
  void a_run_whose_task_comes_again_uses_the_budget_once() {
    throttled(HOUR + ", 'throttle_limit': 2");
    var trigger = alert(1);
    scene
        .engine
        .ports()
        .tasks()
        .send(
            new StepsTask.Advance(
                InProcessEngine.ENVIRONMENT,
                trigger,
                dev.carillon.recipient.RecipientId.user("elmo"),
                java.util.Optional.empty(),
                java.util.Optional.empty(),
                java.util.Optional.empty()),
            Duration.ZERO);
    scene.engine.settle();
    alert(2);
    alert(3);
    assertThat(scene.mails()).containsExactly("elmo: 1", "elmo: 2");
  }

  @Test
  void what_a_delay_held_back_counts_when_it_gets_to_the_throttle() {
    scene.workflow(
        "alert",
        step("delay", "'delay_until_field_path': 'data.wait'"),
        step("throttle", HOUR),
        MAIL);
    alert("'n': 1, 'wait': {'unit': 'minutes', 'value': 30}");
    alert("'n': 2, 'wait': {'unit': 'minutes', 'value': 10}");
    scene.pass("PT2H");
    assertThat(scene.mails()).containsExactly("elmo: 2");
  }

  // Beyond the guide.

  private static final String BUDGET = HOUR + ", 'throttle_limit': 2";
  private static final String DIGEST =
      step("batch", "'batch_window': {'unit': 'hours', 'value': 3}");

  @Test
  void a_budget_of_the_environment_spans_workflows() {
    String shared = HOUR + ", 'throttle_limit': 2, 'scope': 'environment'";
    scene.workflow("alert", step("throttle", shared), MAIL);
    scene.workflow("news", step("throttle", "other_ref", shared), mail("news {{n}}"));
    alert(1);
    scene.trigger("news", "{'recipients': ['elmo'], 'data': {'n': 2}}");
    alert(3);
    scene.trigger("news", "{'recipients': ['elmo'], 'data': {'n': 4}}");
    assertThat(scene.mails()).containsExactly("elmo: 1", "elmo: news 2");
  }

  @Test
  void budgets_of_the_environment_are_apart_by_key() {
    String shared = HOUR + ", 'scope': 'environment', 'throttle_key': 'data.topic'";
    scene.workflow("alert", step("throttle", shared), MAIL);
    scene.workflow("news", step("throttle", shared), mail("news {{n}}"));
    alert("'n': 1, 'topic': 'a'");
    scene.trigger("news", "{'recipients': ['elmo'], 'data': {'n': 2, 'topic': 'b'}}");
    scene.trigger("news", "{'recipients': ['elmo'], 'data': {'n': 3, 'topic': 'a'}}");
    assertThat(scene.mails()).containsExactly("elmo: 1", "elmo: news 2");
  }

  @Test
  void what_exceeds_a_budget_goes_to_the_digest_and_what_does_not_is_sent_at_once() {
    scene.workflow(
        "alert",
        step("throttle", BUDGET + ", 'on_exceeded': 'batch'"),
        MAIL,
        DIGEST,
        mail("digest", "{{total_activities}} more: {{#each activities}}{{this.n}}{{/each}}"));
    for (int n = 1; n <= 5; n++) {
      alert(n);
      scene.pass("PT2S");
    }
    assertThat(scene.mails()).containsExactly("elmo: 1", "elmo: 2");
    scene.pass("PT4H");
    assertThat(scene.mails()).containsExactly("elmo: 1", "elmo: 2", "elmo: 3 more: 345");
  }

  @Test
  void a_run_within_the_budget_ends_at_the_digest_and_its_log_says_so() {
    scene.workflow(
        "alert",
        step("throttle", BUDGET + ", 'on_exceeded': 'batch'"),
        MAIL,
        DIGEST,
        mail("digest", "more"));
    var within = scene.run(alert(1), "elmo");
    assertThat(GuideEngine.log(within))
        .containsExactly(
            "throttle throttle_passed",
            "email message_enqueued",
            "batch step_skipped",
            "run run_completed");
    assertThat(said(within, "step_skipped").text("reason")).contains("within_budget");
    alert(2);
    var beyond = scene.run(alert(3), "elmo");
    assertThat(GuideEngine.log(beyond))
        .startsWith("throttle throttle_exceeded", "batch batch_opened");
    assertThat(said(beyond, "throttle_exceeded").text("goes_on_at")).contains("batch");
  }

  @Test
  void two_budgets_may_overflow_into_one_digest() {
    scene.workflow(
        "alert",
        step("throttle", "hourly", HOUR + ", 'on_exceeded': 'batch', 'throttle_limit': 2"),
        step("throttle", "by_kind", HOUR + ", 'on_exceeded': 'batch', 'throttle_key': 'data.kind'"),
        MAIL,
        DIGEST,
        mail("digest", "more: {{#each activities}}{{this.n}}{{/each}}"));
    alert("'n': 1, 'kind': 'a'");
    scene.pass("PT2S");
    alert("'n': 2, 'kind': 'a'");
    scene.pass("PT2S");
    alert("'n': 3, 'kind': 'b'");
    scene.pass("PT4H");
    assertThat(scene.mails()).containsExactly("elmo: 1", "elmo: more: 23");
  }

  @Test
  void the_log_of_a_passage_says_how_many_have_passed_and_until_when() {
    throttled(BUDGET + ", 'throttle_key': 'data.kind'");
    alert("'n': 1, 'kind': 'a'");
    Json.Obj said = said(scene.run(alert("'n': 2, 'kind': 'a'"), "elmo"), "throttle_passed");
    assertThat(said)
        .isEqualTo(
            GuideEngine.json(
                """
                {'key': 'a', 'window': {'window': 'fixed', 'value': {'unit': 'hours', 'value': 1}},
                 'passed': 2, 'limit': 2, 'window_ends_at': '2026-01-05T10:00:00Z'}
                """));
  }
}
