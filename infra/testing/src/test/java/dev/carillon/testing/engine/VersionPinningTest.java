package dev.carillon.testing.engine;

import static dev.carillon.testing.scenarios.GuideEngine.mail;
import static dev.carillon.testing.scenarios.GuideEngine.said;
import static dev.carillon.testing.scenarios.GuideEngine.step;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.testing.scenarios.GuideEngine;
import dev.carillon.testing.scenarios.Scenarios;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Which version of a workflow a run goes by, and what a batch is a batch of. */
class VersionPinningTest {
  private static final String HOUR = "'unit': 'hours', 'value': 1}";
  private static final String DELAY = step("delay", "'delay_for': {" + HOUR);

  private final GuideEngine scene = GuideEngine.open().user("elmo");

  private static String batch(String ref, String more) {
    return step("batch", ref, "'batch_window': {" + HOUR + more);
  }

  private void trigger(int n) {
    scene.trigger("flow", "{'recipients': ['elmo'], 'data': {'n': " + n + "}}");
    // Activities of one second have no order.
    scene.pass("PT2S");
  }

  @Test
  void a_run_that_waits_goes_on_in_the_version_it_began_in() {
    scene.workflow("flow", DELAY, mail("old"));
    trigger(1);
    scene.workflow("flow", DELAY, mail("new"));
    trigger(2);
    scene.pass("PT1H");
    assertThat(scene.mails()).containsExactlyInAnyOrder("elmo: old", "elmo: new");
  }

  @Test
  void a_run_goes_on_past_a_step_that_the_newest_version_has_not() {
    scene.workflow("flow", DELAY, mail("old"), mail("more", "old too"));
    trigger(1);
    scene.workflow("flow", mail("new"));
    scene.pass("PT1H");
    assertThat(scene.mails()).containsExactly("elmo: old", "elmo: old too");
  }

  @Test
  void a_message_names_the_version_it_was_made_in() {
    scene.workflow("flow", DELAY, mail("old"));
    trigger(1);
    var began = Scenarios.runs(scene.engine).getFirst().version();
    scene.workflow("flow", DELAY, mail("new"));
    scene.pass("PT1H");
    assertThat(scene.messages().getFirst().source().version()).isEqualTo(began);
  }

  /** {@code pinned}, which is meant when nothing is said. */
  @Nested
  class Pinned {
    @Test
    void runs_of_two_versions_are_two_batches() {
      scene.workflow("flow", batch("batch", ""), mail("old {{total_activities}}"));
      trigger(1);
      scene.workflow("flow", batch("batch", ""), mail("new {{total_activities}}"));
      trigger(2);
      trigger(3);
      scene.pass("PT1H");
      assertThat(scene.mails()).containsExactlyInAnyOrder("elmo: old 1", "elmo: new 2");
    }

    @Test
    void two_steps_in_parallel_branches_share_a_batch() {
      inBranches("");
      trigger(1);
      trigger(2);
      scene.pass("PT2H");
      assertThat(scene.mails()).containsExactly("elmo: one 2");
    }

    @Test
    void a_key_keeps_them_apart() {
      inBranches(", 'batch_key': '{{data.n}}'");
      trigger(1);
      trigger(2);
      scene.pass("PT2H");
      assertThat(scene.mails()).containsExactlyInAnyOrder("elmo: one 1", "elmo: two 1");
    }

    private void inBranches(String more) {
      scene.workflow("flow", branches(more));
    }

    @Test
    void the_later_of_two_batches_in_sequence_sees_one_activity_and_waits_as_long_as_it_says() {
      scene.workflow(
          "flow",
          batch("first", ""),
          mail("m1", "first {{total_activities}}"),
          batch("second", ""),
          mail("m2", "second {{total_activities}}"));
      trigger(1);
      trigger(2);
      scene.pass("PT1H");
      assertThat(scene.mails()).containsExactly("elmo: first 2");
      scene.pass("PT1H");
      assertThat(scene.mails()).containsExactly("elmo: first 2", "elmo: second 1");
    }
  }

  private static String branches(String more) {
    return """
    {'type': 'branch', 'ref': 'branch', 'branches': [
      {'name': 'one', 'conditions': {'all': [
        {'variable': 'data.n', 'operator': 'equal_to', 'argument': '1'}]},
       'steps': [%s, %s]},
      {'name': 'two', 'steps': [%s, %s]}]}\
    """
        .formatted(
            batch("b1", more),
            mail("m1", "one {{total_activities}}"),
            batch("b2", more),
            mail("m2", "two {{total_activities}}"));
  }

  @Nested
  class Latest {
    private static final String MODE = ", 'workflow_version_mode': 'latest'";

    @Test
    void runs_of_two_versions_are_one_batch_that_goes_on_in_the_newest() {
      scene.workflow("flow", batch("batch", MODE), mail("old {{total_activities}}"));
      trigger(1);
      scene.workflow("flow", batch("batch", MODE), mail("new {{total_activities}}"));
      trigger(2);
      scene.pass("PT1H");
      assertThat(scene.mails()).containsExactly("elmo: new 2");
    }

    @Test
    void it_goes_on_in_the_version_that_serves_when_it_closes_even_if_no_run_began_in_it() {
      scene.workflow("flow", batch("batch", MODE), mail("old"));
      trigger(1);
      scene.workflow("flow", batch("batch", MODE), DELAY, mail("new {{n}}"));
      scene.pass("PT2H");
      assertThat(scene.mails()).containsExactly("elmo: new 1");
    }

    @Test
    void waits_after_the_close_stay_in_the_version_it_closed_in() {
      scene.workflow("flow", batch("batch", MODE), mail("old"));
      trigger(1);
      scene.workflow("flow", batch("batch", MODE), DELAY, mail("second"));
      scene.pass("PT1H");
      scene.workflow("flow", batch("batch", MODE), DELAY, mail("third"));
      scene.pass("PT1H");
      assertThat(scene.mails()).containsExactly("elmo: second");
    }

    @Test
    void without_the_step_in_the_newest_version_it_goes_on_in_its_own() {
      scene.workflow("flow", batch("batch", MODE), mail("old"));
      trigger(1);
      scene.workflow("flow", mail("new"));
      scene.pass("PT1H");
      assertThat(scene.mails()).containsExactly("elmo: old");
    }

    @Test
    void two_steps_are_two_batches() {
      scene.workflow("flow", branches(MODE));
      trigger(1);
      trigger(2);
      scene.pass("PT2H");
      assertThat(scene.mails()).containsExactlyInAnyOrder("elmo: one 1", "elmo: two 1");
    }

    @Test
    void the_later_of_two_in_sequence_sees_one_activity() {
      scene.workflow(
          "flow", batch("first", MODE), batch("second", MODE), mail("{{total_activities}} {{n}}"));
      trigger(1);
      trigger(2);
      scene.pass("PT1H");
      assertThat(scene.mails()).isEmpty();
      scene.pass("PT1H");
      assertThat(scene.mails()).containsExactly("elmo: 1 2");
    }
  }

  @Test
  void the_log_says_which_batch_a_run_joined_and_who_holds_it() {
    scene.workflow("flow", batch("batch", ", 'batch_key': 'n'"), mail("x"));
    var opener = scene.trigger("flow", "{'recipients': ['elmo'], 'data': {'n': 1}}");
    var joiner = scene.trigger("flow", "{'recipients': ['elmo'], 'data': {'n': 1}}");
    var opened = said(scene.run(opener, "elmo"), "batch_opened");
    var joined = said(scene.run(joiner, "elmo"), "batch_joined");
    assertThat(joined.text("batch")).isEqualTo(opened.text("batch"));
    assertThat(joined.text("run")).contains(scene.run(opener, "elmo").id().toString());
    assertThat(joined.text("closes_at")).contains("2026-01-05T10:00:00Z");
    assertThat(InvocationJson.of(joined)).contains("\"key\":1").contains("\"window\":\"fixed\"");
  }
}
