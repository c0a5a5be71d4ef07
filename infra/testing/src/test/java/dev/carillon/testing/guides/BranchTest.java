package dev.carillon.testing.guides;

import static dev.carillon.testing.scenarios.GuideEngine.condition;
import static dev.carillon.testing.scenarios.GuideEngine.mail;
import static dev.carillon.testing.scenarios.GuideEngine.said;
import static dev.carillon.testing.scenarios.GuideEngine.step;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.testing.scenarios.GuideEngine;
import dev.carillon.trigger.TriggerId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The guide to branches. */
class BranchTest {
  private final GuideEngine scene = GuideEngine.open().user("elmo", "'plan': 'pro'");

  private static String branch(String ref, String... arms) {
    return "{'type': 'branch', 'ref': '%s', 'branches': [%s]}"
        .formatted(ref, String.join(", ", arms));
  }

  private static String arm(String name, String conditions, String more, String... steps) {
    return "{'name': '%s', %s%s'steps': [%s]}"
        .formatted(
            name,
            conditions.isEmpty() ? "" : "'conditions': {'all': [" + conditions + "]}, ",
            more,
            String.join(", ", steps));
  }

  private static String isPlan(String plan) {
    return condition("recipient.plan", "equal_to", "'" + plan + "'");
  }

  private static String numberIs(int n) {
    return condition("data.n", "equal_to", "'" + n + "'");
  }

  private TriggerId trigger(String data) {
    return scene.trigger("flow", "{'recipients': ['elmo'], 'data': {" + data + "}}");
  }

  @ParameterizedTest
  @CsvSource({"pro, for pro", "free, for free", "none, for all others"})
  void the_first_branch_whose_conditions_hold_is_taken(String plan, String subject) {
    scene.user("elmo", "'plan': '" + plan + "'");
    scene.workflow(
        "flow",
        branch(
            "branch",
            arm("Pro", isPlan("pro"), "", mail("m1", "for pro")),
            arm("Free", isPlan("free"), "", mail("m2", "for free")),
            arm("Default", "", "", mail("m3", "for all others"))));
    trigger("");
    assertThat(scene.mails()).containsExactly("elmo: " + subject);
  }

  @Test
  void of_two_branches_that_hold_the_first_is_taken_and_no_other() {
    scene.workflow(
        "flow",
        branch(
            "branch",
            arm("One", isPlan("pro"), "", mail("m1", "one")),
            arm("Two", isPlan("pro"), "", mail("m2", "two")),
            arm("Default", "", "")));
    trigger("");
    assertThat(scene.mails()).containsExactly("elmo: one");
  }

  @Test
  void after_a_branch_the_run_goes_on_behind_the_branch_step() {
    scene.workflow(
        "flow",
        branch("branch", arm("Pro", isPlan("pro"), "", mail("m1", "one")), arm("Default", "", "")),
        mail("m2", "two"));
    trigger("");
    assertThat(scene.mails()).containsExactly("elmo: one", "elmo: two");
  }

  @Test
  void a_default_branch_without_steps_leads_on() {
    scene.workflow(
        "flow",
        branch("branch", arm("Free", isPlan("free"), "", mail("m1", "one")), arm("Else", "", "")),
        mail("m2", "two"));
    trigger("");
    assertThat(scene.mails()).containsExactly("elmo: two");
  }

  @Test
  void a_branch_that_terminates_ends_the_run_behind_its_last_step() {
    scene.workflow(
        "flow",
        branch(
            "branch",
            arm("Pro", isPlan("pro"), "'terminates': true, ", mail("m1", "one")),
            arm("Default", "", "")),
        mail("m2", "two"));
    var run = scene.run(trigger(""), "elmo");
    assertThat(scene.mails()).containsExactly("elmo: one");
    assertThat(run.status()).isEqualTo("completed");
  }

  @Test
  void a_branch_that_terminates_and_has_no_steps_ends_the_run_at_once() {
    scene.workflow(
        "flow",
        branch("branch", arm("Pro", isPlan("pro"), "'terminates': true, "), arm("Else", "", "")),
        mail("m2", "two"));
    assertThat(GuideEngine.log(scene.run(trigger(""), "elmo")))
        .containsExactly("branch branch_taken", "run run_completed");
  }

  @Test
  void a_terminating_branch_within_another_ends_the_whole_run() {
    scene.workflow(
        "flow",
        branch(
            "outer",
            arm(
                "Pro",
                isPlan("pro"),
                "",
                branch("inner", arm("Default", "", "'terminates': true, ", mail("m1", "one"))),
                mail("m2", "two")),
            arm("Default", "", "")),
        mail("m3", "three"));
    trigger("");
    assertThat(scene.mails()).containsExactly("elmo: one");
  }

  @Test
  void delays_throttles_batches_and_branches_nest_in_branches_five_deep() {
    String nested =
        branch("b5", arm("Default", "", "", mail("deep", "{{total_activities}} at the bottom")));
    for (int depth = 4; depth >= 1; depth--) {
      String before =
          switch (depth) {
            case 4 -> step("delay", "'delay_for': {'unit': 'minutes', 'value': 1}");
            case 3 -> step("batch", "'batch_window': {'unit': 'minutes', 'value': 1}");
            case 2 -> step("throttle", "'throttle_window': {'unit': 'days', 'value': 1}");
            default -> mail("top", "at the top");
          };
      nested =
          branch(
              "b" + depth,
              arm("Deeper", isPlan("pro"), "", before, nested),
              arm("Default", "", ""));
    }
    scene.workflow("flow", nested, mail("after", "behind all"));
    trigger("");
    scene.pass("PT5M");
    assertThat(scene.mails())
        .containsExactly("elmo: at the top", "elmo: 1 at the bottom", "elmo: behind all");
  }

  @Test
  void ten_branches_are_looked_at_in_their_order() {
    String[] arms = new String[10];
    for (int i = 0; i < 9; i++) {
      arms[i] = arm("B" + i, numberIs(i), "", mail("m" + i, "branch " + i));
    }
    arms[9] = arm("Default", "", "", mail("m9", "default"));
    scene.workflow("flow", branch("branch", arms));
    trigger("'n': 8");
    trigger("'n': 0");
    trigger("'n': 77");
    assertThat(scene.mails()).containsExactly("elmo: branch 8", "elmo: branch 0", "elmo: default");
  }

  @Test
  void a_branch_can_ask_about_messages_made_before_it() {
    scene.workflow(
        "flow",
        mail("m1", "one"),
        step("delay", "'delay_for': {'unit': 'minutes', 'value': 1}"),
        branch(
            "branch",
            arm(
                "Sent",
                condition("refs.m1.delivery_status", "greater_than_or_equal_to", "'$message.sent'"),
                "",
                mail("m2", "it was sent")),
            arm("Default", "", "", mail("m3", "it was not"))));
    trigger("");
    scene.pass("PT1M");
    assertThat(scene.mails()).containsExactly("elmo: one", "elmo: it was sent");
  }

  @Test
  void the_log_shows_the_branch_taken_and_the_conditions_of_each_that_was_looked_at() {
    scene.workflow(
        "flow",
        branch(
            "branch",
            arm("Free", isPlan("free") + ", " + numberIs(1), "", mail("m1", "one")),
            arm("Pro", isPlan("pro"), "", mail("m2", "two")),
            arm("Default", "", "")));
    var said = said(scene.run(trigger("'n': 1"), "elmo"), "branch_taken");
    assertThat(said.text("branch")).contains("Pro");
    assertThat(said.list("branches"))
        .isEqualTo(
            GuideEngine.json(
                    """
                    {'branches': [
                      {'name': 'Free', 'conditions': [
                        {'variable': 'recipient.plan', 'operator': 'equal_to', 'argument': 'free',
                         'value': 'pro', 'result': false},
                        {'variable': 'data.n', 'operator': 'equal_to', 'argument': 1,
                         'value': null, 'result': 'not_evaluated'}]},
                      {'name': 'Pro', 'conditions': [
                        {'variable': 'recipient.plan', 'operator': 'equal_to', 'argument': 'pro',
                         'value': 'pro', 'result': true}]}]}
                    """)
                .list("branches"));
  }

  @Test
  void a_run_that_comes_back_from_a_wait_stays_in_the_branch_it_took() {
    scene.workflow(
        "flow",
        branch(
            "branch",
            arm(
                "Pro",
                isPlan("pro"),
                "",
                step("delay", "'delay_for': {'unit': 'hours', 'value': 1}"),
                mail("m1", "still pro")),
            arm("Default", "", "", mail("m2", "not pro"))));
    trigger("");
    scene.user("elmo", "'plan': 'free'");
    scene.pass("PT1H");
    assertThat(scene.mails()).containsExactly("elmo: still pro");
  }

  @Test
  void branches_may_hold_any_or_all_of_their_conditions() {
    scene.workflow(
        "flow",
        branch(
            "branch",
            "{'name': 'Any', 'conditions': {'any': [%s, {'all': [%s, %s]}]}, 'steps': [%s]}"
                .formatted(isPlan("free"), isPlan("pro"), numberIs(2), mail("m1", "any")),
            arm("Default", "", "", mail("m2", "none"))));
    trigger("'n': 1");
    trigger("'n': 2");
    assertThat(scene.mails()).containsExactly("elmo: none", "elmo: any");
  }
}
