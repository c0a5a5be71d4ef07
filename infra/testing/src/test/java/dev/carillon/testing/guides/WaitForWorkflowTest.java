package dev.carillon.testing.guides;

import static dev.carillon.testing.scenarios.GuideEngine.condition;
import static dev.carillon.testing.scenarios.GuideEngine.mail;
import static dev.carillon.testing.scenarios.GuideEngine.said;
import static dev.carillon.testing.scenarios.GuideEngine.step;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.testing.engine.InvocationJson;
import dev.carillon.testing.scenarios.GuideEngine;
import dev.carillon.trigger.TriggerId;
import org.junit.jupiter.api.Test;

/** Waiting for an event: time-outs, and runs of other workflows. */
class WaitForWorkflowTest {
  private static final String COMPLETED =
      """
      'event': {'event_type': 'workflow', 'source_key': 'onboarding', 'event_key': 'completed'},
      'match_conditions': [{'operator': 'and', 'conditions': [
        {'variable': 'event.workflow_recipient_run_id', 'operator': 'not_empty'}]}]\
      """;
  private static final String TOLD = mail("matched {{refs.wait.matched}}");

  private final GuideEngine scene =
      GuideEngine.open().users("elmo", "ann").workflow("onboarding", mail("m", "welcome"));

  private void waiting(String settings) {
    scene.workflow("flow", step("wait_for_event", "wait", COMPLETED + settings), TOLD);
  }

  private TriggerId trigger() {
    return scene.trigger("flow", "{'recipients': ['elmo'], 'cancellation_key': 'k'}");
  }

  private void onboard(String user) {
    scene.trigger("onboarding", "{'recipients': ['" + user + "']}");
  }

  @Test
  void the_event_lets_the_run_go_on_at_once() {
    waiting("");
    trigger();
    onboard("elmo");
    assertThat(scene.mails()).containsExactly("elmo: welcome", "elmo: matched true");
  }

  @Test
  void an_event_of_somebody_else_is_none() {
    waiting("");
    trigger();
    onboard("ann");
    assertThat(scene.mails()).containsExactly("ann: welcome");
  }

  @Test
  void an_event_from_before_the_wait_is_none() {
    waiting("");
    onboard("elmo");
    trigger();
    assertThat(scene.mails()).containsExactly("elmo: welcome");
  }

  @Test
  void without_an_event_the_run_halts_after_15_minutes_by_default() {
    waiting("");
    var trigger = trigger();
    scene.pass("PT14M59S");
    assertThat(scene.run(trigger, "elmo").status()).isEqualTo("paused");
    scene.pass("PT1S");
    var run = scene.run(trigger, "elmo");
    assertThat(GuideEngine.log(run))
        .containsExactly(
            "wait wait_started", "wait wait_timed_out", "wait run_halted", "run run_completed");
    assertThat(scene.mails()).isEmpty();
  }

  @Test
  void on_timeout_continue_lets_it_go_on_unmatched() {
    waiting(", 'on_timeout': 'continue', 'expires_after': {'unit': 'days', 'value': 30}");
    trigger();
    scene.pass("P30D");
    assertThat(scene.mails()).containsExactly("elmo: matched false");
    assertThat(scene.mailTimes()).containsExactly("2026-02-04T09:00:00Z");
  }

  @Test
  void on_match_halt_ends_the_run_when_the_event_comes() {
    waiting(", 'on_match': 'halt', 'on_timeout': 'continue'");
    var trigger = trigger();
    onboard("elmo");
    var run = scene.run(trigger, "elmo");
    assertThat(run.status()).isEqualTo("completed");
    assertThat(said(run, "run_halted").text("reason")).contains("wait_matched");
    scene.pass("PT1H");
    assertThat(scene.mails()).containsExactly("elmo: welcome");
  }

  @Test
  void an_event_that_comes_after_the_timeout_changes_nothing() {
    waiting(", 'on_timeout': 'continue'");
    trigger();
    scene.pass("PT15M");
    onboard("elmo");
    scene.pass("PT1H");
    assertThat(scene.mails()).containsExactly("elmo: matched false", "elmo: welcome");
  }

  @Test
  void the_first_event_that_matches_is_the_one_and_its_content_is_there_for_later_steps() {
    scene.workflow(
        "flow",
        step("wait_for_event", "wait", COMPLETED),
        mail("{{refs.wait.signal_variables.workflow_recipient_run_id}}"));
    trigger();
    var first = scene.trigger("onboarding", "{'recipients': ['elmo']}");
    onboard("elmo");
    assertThat(scene.mails())
        .containsExactly(
            "elmo: welcome", "elmo: " + scene.run(first, "elmo").id(), "elmo: welcome");
  }

  @Test
  void a_later_step_can_ask_whether_it_matched() {
    scene.workflow(
        "flow",
        step("wait_for_event", "wait", COMPLETED + ", 'on_timeout': 'continue'"),
        GuideEngine.when(
            "[" + condition("refs.wait.matched", "equal_to", "'false'") + "]", mail("nudge")));
    trigger();
    scene.pass("PT15M");
    trigger();
    onboard("elmo");
    assertThat(scene.mails()).containsExactly("elmo: nudge", "elmo: welcome");
  }

  @Test
  void an_event_that_does_not_match_is_in_the_log_with_what_was_compared() {
    scene.workflow(
        "flow",
        step(
            "wait_for_event",
            "wait",
            """
            'event': {'event_type': 'workflow', 'source_key': 'onboarding', 'event_key': 'started'},
            'match_conditions': [{'operator': 'and', 'conditions': [
              {'variable': 'event.workflow_recipient_run_id', 'operator': 'equal_to',
               'argument': 'data.awaited'}]}]\
            """),
        TOLD);
    var trigger = scene.trigger("flow", "{'recipients': ['elmo'], 'data': {'awaited': 'other'}}");
    onboard("elmo");
    var run = scene.run(trigger, "elmo");
    assertThat(run.status()).isEqualTo("paused");
    assertThat(InvocationJson.of(said(run, "wait_conditions_evaluated")))
        .contains("event.workflow_recipient_run_id")
        .contains("\"matched\":false");
  }

  @Test
  void many_waiting_runs_are_woken_by_one_event() {
    waiting("");
    trigger();
    trigger();
    trigger();
    onboard("elmo");
    assertThat(scene.mails()).hasSize(4);
  }

  @Test
  void a_waiting_run_can_be_cancelled() {
    waiting("");
    var trigger = trigger();
    scene.cancel("flow", "{'cancellation_key': 'k'}");
    onboard("elmo");
    scene.pass("PT1H");
    assertThat(scene.run(trigger, "elmo").status()).isEqualTo("cancelled");
    assertThat(scene.mails()).containsExactly("elmo: welcome");
  }

  @Test
  void what_no_event_can_come_of_yet_ends_by_time() {
    scene.workflow(
        "flow",
        step(
            "wait_for_event",
            "wait",
            """
            'event': {'event_type': 'integration_source', 'integration_source_key': 'segment',
                      'event_key': 'paid'}, 'on_timeout': 'continue'\
            """),
        TOLD);
    trigger();
    scene.pass("PT15M");
    assertThat(scene.mails()).containsExactly("elmo: matched false");
  }
}
