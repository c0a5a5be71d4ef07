package dev.carillon.functions.management;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.workflow.WorkflowKey;
import dev.carillon.workflow.Workflows;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WorkflowCallsTest {
  private static final String ACTIVATE = "/v1/workflows/welcome/activate";
  private static final String RUN = "/v1/workflows/welcome/run";

  private final ManagementFixture desk = new ManagementFixture();

  @BeforeEach
  void a_workflow_serves() {
    desk.put("/v1/workflows/welcome?commit=true", ManagementFixture.workflow("x"));
  }

  private Workflows.Live live() {
    return desk.ports
        .workflows()
        .live(ManagementFixture.LOCAL, new WorkflowKey("welcome"))
        .orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(strings = {"knock_st_local", "sk_local"})
  void a_workflow_is_switched_off_and_on_at_once_whatever_its_version(String credential) {
    desk.as(credential);
    var version = live().version();
    var off = desk.put(ACTIVATE, "{'status': false}");
    assertThat(off.text("workflow.active")).isEqualTo("false");
    assertThat(off.text("workflow.key")).isEqualTo("welcome");
    assertThat(off.text("workflow.name")).isEqualTo("Welcome");
    assertThat(off.text("workflow.environment")).isEqualTo("development");
    assertThat(off.text("workflow.sha")).isEqualTo(version.toString());
    assertThat(off.text("workflow.steps.0.ref")).isEqualTo("email_1");
    assertThat(live().active()).isFalse();
    assertThat(desk.put(ACTIVATE, "{'status': true}").text("workflow.active")).isEqualTo("true");
    assertThat(live().version()).isEqualTo(version);
  }

  @Test
  void the_status_may_stand_in_the_query_and_is_true_when_it_stands_nowhere() {
    desk.put(ACTIVATE + "?environment=development&status=false");
    assertThat(live().active()).isFalse();
    desk.put(ACTIVATE);
    assertThat(live().active()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          environment=production | {}                | environment
          x=1                    | {}                | x
                                 | {'status': 'off'} | status
                                 | {'state': true}   | state
          status=off             | {}                | status
          """)
  void what_is_wrong_is_named(String query, String body, String field) {
    var reply = desk.as("sk_local").put(ACTIVATE + (query == null ? "" : "?" + query), body);
    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.text("errors.0.field")).isEqualTo(field);
    assertThat(live().active()).isTrue();
  }

  @Test
  void a_workflow_that_is_unknown_elsewhere_or_archived_is_a_404() {
    assertThat(desk.put("/v1/workflows/no-such/activate").text("code"))
        .isEqualTo("workflow_missing");
    assertThat(desk.put("/v1/workflows/NOT A KEY/activate").status()).isEqualTo(404);
    assertThat(desk.put(ACTIVATE + "?environment=production").status()).isEqualTo(404);
    desk.ports.workflows().archive(ManagementFixture.LOCAL, new WorkflowKey("welcome"));
    assertThat(desk.put(ACTIVATE).status()).isEqualTo(404);
  }

  @Test
  void a_public_key_cannot_switch_workflows() {
    assertThat(desk.as("pk_local").put(ACTIVATE, "{'status': false}").status()).isEqualTo(403);
    assertThat(live().active()).isTrue();
  }

  @Test
  void what_serves_is_run_for_up_to_five() {
    desk.put("/v1/workflows/welcome", ManagementFixture.workflow("draft"));
    var run = desk.put(RUN, "{'recipients': ['ada'], 'data': {'a': 1}}");
    assertThat(run.status()).isEqualTo(200);
    assertThat(run.text("workflow_run_id")).hasSize(36);
    assertThat(desk.put(RUN, "{'recipients': ['1','2','3','4','5','6']}").text("errors.0.field"))
        .isEqualTo("recipients");
    assertThat(desk.put("/v1/workflows/nope/run", "{'recipients': ['ada']}").text("code"))
        .isEqualTo("workflow_missing");
  }
}
