package dev.carillon.testing.engine;

import static dev.carillon.testing.scenarios.GuideEngine.mail;
import static dev.carillon.testing.scenarios.GuideEngine.said;
import static dev.carillon.testing.scenarios.GuideEngine.step;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.testing.scenarios.GuideEngine;
import dev.carillon.workflow.WorkflowKey;
import org.junit.jupiter.api.Test;

/** Workflows that are switched off, on again, or archived. */
class InactiveWorkflowTest {
  private static final String HOUR = step("delay", "'delay_for': {'unit': 'hours', 'value': 1}");
  private static final String BATCH =
      step("batch", "'batch_window': {'unit': 'hours', 'value': 1}");

  private final GuideEngine scene = GuideEngine.open().user("elmo");

  private void turn(boolean on) {
    scene.must(Call.put("/v1/workflows/flow/activate", GuideEngine.json("{'status': " + on + "}")));
  }

  @Test
  void a_trigger_of_an_inactive_workflow_is_refused_at_once() {
    scene.workflow("flow", mail("x"));
    turn(false);
    CallAnswer answer =
        scene.engine.call(Call.trigger("flow", GuideEngine.json("{'recipients': ['elmo']}")));
    assertThat(answer.ok()).isFalse();
    assertThat(answer.body().text("code")).contains("workflow_inactive");
    turn(true);
    scene.trigger("flow", "{'recipients': ['elmo']}");
    assertThat(scene.mails()).hasSize(1);
  }

  @Test
  void a_run_that_wakes_while_its_workflow_is_inactive_ends() {
    scene.workflow("flow", HOUR, mail("x"));
    var trigger = scene.trigger("flow", "{'recipients': ['elmo']}");
    turn(false);
    assertThat(scene.run(trigger, "elmo").status()).isEqualTo("paused");
    scene.pass("PT1H");
    var run = scene.run(trigger, "elmo");
    assertThat(run.status()).isEqualTo("completed");
    assertThat(said(run, "run_halted").text("reason")).contains("workflow_inactive");
    turn(true);
    scene.pass("PT2H");
    assertThat(scene.mails()).isEmpty();
  }

  @Test
  void a_run_goes_on_when_its_workflow_is_active_again_before_it_wakes() {
    scene.workflow("flow", HOUR, mail("x"));
    scene.trigger("flow", "{'recipients': ['elmo']}");
    turn(false);
    scene.pass("PT30M");
    turn(true);
    scene.pass("PT30M");
    assertThat(scene.mails()).hasSize(1);
  }

  @Test
  void a_batch_stays_open_while_its_workflow_is_inactive_and_closes_into_nothing() {
    scene.workflow("flow", BATCH, mail("{{total_activities}}"));
    scene.trigger("flow", "{'recipients': ['elmo']}");
    turn(false);
    scene.pass("PT2H");
    turn(true);
    scene.pass("PT2H");
    assertThat(scene.mails()).isEmpty();
    scene.trigger("flow", "{'recipients': ['elmo']}");
    scene.pass("PT1H");
    assertThat(scene.mails()).containsExactly("elmo: 1");
  }

  @Test
  void a_batch_goes_on_when_its_workflow_is_active_again_before_it_closes() {
    scene.workflow("flow", BATCH, mail("{{total_activities}}"));
    scene.trigger("flow", "{'recipients': ['elmo']}");
    turn(false);
    scene.pass("PT30M");
    turn(true);
    scene.trigger("flow", "{'recipients': ['elmo']}");
    scene.pass("PT30M");
    assertThat(scene.mails()).containsExactly("elmo: 2");
  }

  @Test
  void the_status_belongs_to_no_version() {
    scene.workflow("flow", mail("x"));
    turn(false);
    scene.workflow("flow", mail("y"));
    assertThat(
            scene
                .engine
                .call(Call.trigger("flow", GuideEngine.json("{'recipients': ['elmo']}")))
                .ok())
        .isFalse();
  }

  @Test
  void an_archived_workflow_ends_its_waiting_runs_when_they_wake_and_never_comes_back() {
    scene.workflow("flow", HOUR, mail("x"));
    var trigger = scene.trigger("flow", "{'recipients': ['elmo']}");
    scene.engine.ports().workflows().archive(InProcessEngine.ENVIRONMENT, new WorkflowKey("flow"));
    scene.pass("PT1H");
    var run = scene.run(trigger, "elmo");
    assertThat(run.status()).isEqualTo("completed");
    assertThat(said(run, "run_halted").text("reason")).contains("workflow_archived");
    assertThat(scene.mails()).isEmpty();
    CallAnswer answer =
        scene.engine.call(Call.trigger("flow", GuideEngine.json("{'recipients': ['elmo']}")));
    assertThat(answer.ok()).isFalse();
  }
}
