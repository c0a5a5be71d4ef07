package dev.carillon.functions.api.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.functions.api.ApiFixture;
import dev.carillon.json.Json;
import dev.carillon.workflow.Workflows;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkflowCallsTest {
  private final ApiFixture park = new ApiFixture();

  @Test
  void a_workflow_is_switched_off_and_on_at_once_whatever_its_version() {
    var version = live().version();

    assertThat(activate("", "{\"status\": false}").at("workflow.active")).isEqualTo(Json.FALSE);
    assertThat(live().active()).isFalse();
    assertThat(activate("", "{\"status\": false}").status()).isEqualTo(200);
    assertThat(activate("", "{\"status\": true}").at("workflow.active")).isEqualTo(Json.TRUE);
    assertThat(live().active()).isTrue();
    assertThat(live().version()).isEqualTo(version);
  }

  @Test
  void the_answer_shows_the_workflow_that_serves() {
    var reply = activate("environment=development", "{\"status\": false}");

    assertThat(reply.text("workflow.key")).isEqualTo("new-comment");
    assertThat(reply.text("workflow.name")).isEqualTo("New comment");
    assertThat(reply.text("workflow.environment")).isEqualTo("development");
    assertThat(reply.text("workflow.sha")).isEqualTo(live().version().toString());
    assertThat(reply.at("workflow.valid")).isEqualTo(Json.TRUE);
    assertThat(reply.text("workflow.categories.0")).isEqualTo("comments");
    assertThat(reply.text("workflow.steps.0.ref")).isEqualTo("feed_1");
  }

  @Test
  void the_status_may_stand_in_the_query_and_is_true_when_it_stands_nowhere() {
    activate("status=false", "{}");
    assertThat(live().active()).isFalse();
    activate("", "");
    assertThat(live().active()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          environment=production |                    | environment
          branch=mine            |                    | branch
                                 | {"status": "off"}  | status
                                 | {"state": true}    | state
          status=off             |                    | status
          """)
  void what_is_wrong_is_named(String query, String body, String field) {
    var reply = activate(query == null ? "" : query, body == null ? "" : body);
    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.text("errors.0.field")).isEqualTo(field);
    assertThat(live().active()).isTrue();
  }

  @Test
  void a_workflow_that_is_unknown_elsewhere_or_archived_is_a_404() {
    for (var key : new String[] {"no-such", "NOT A KEY"}) {
      var reply = park.call("PUT /v1/workflows/{key}/activate", Map.of("key", key), "", "{}");
      assertThat(reply.status()).isEqualTo(404);
      assertThat(reply.text("code")).isEqualTo("workflow_missing");
    }
    assertThat(
            park.call(
                    "sk_elsewhere",
                    "PUT /v1/workflows/{key}/activate",
                    Map.of("key", "new-comment"),
                    "",
                    "{}")
                .status())
        .isEqualTo(404);
    park.ports.workflows().archive(ApiFixture.DEVELOPMENT, ApiFixture.NEW_COMMENT);
    assertThat(activate("", "{\"status\": true}").status()).isEqualTo(404);
  }

  @Test
  void a_public_key_cannot_switch_workflows() {
    var reply =
        park.call(
            "pk_local",
            "PUT /v1/workflows/{key}/activate",
            Map.of("key", "new-comment"),
            "",
            "{\"status\": false}");
    assertThat(reply.status()).isEqualTo(403);
    assertThat(live().active()).isTrue();
  }

  private Workflows.Live live() {
    return park.ports
        .workflows()
        .live(ApiFixture.DEVELOPMENT, ApiFixture.NEW_COMMENT)
        .orElseThrow();
  }

  private ApiFixture.Reply activate(String query, String body) {
    return park.call("PUT /v1/workflows/{key}/activate", Map.of("key", "new-comment"), query, body);
  }
}
