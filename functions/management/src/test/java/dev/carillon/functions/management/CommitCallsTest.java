package dev.carillon.functions.management;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.webhook.WebhookEventType;
import dev.carillon.webhook.WebhookFilter;
import dev.carillon.workflow.WorkflowKey;
import dev.carillon.workflow.Workflows;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CommitCallsTest {
  private final ManagementFixture desk = new ManagementFixture();

  private void save(String text) {
    assertThat(desk.put("/v1/workflows/welcome", ManagementFixture.workflow(text)).status())
        .isEqualTo(200);
  }

  private String commit(String text) {
    save(text);
    assertThat(desk.put("/v1/commits?commit_message=" + text).status()).isEqualTo(200);
    return desk.get("/v1/commits").text("entries.0.id");
  }

  private String serving(dev.carillon.environment.EnvironmentId environment) {
    return desk.ports
        .workflows()
        .live(environment, new WorkflowKey("welcome"))
        .map(Workflows.Live::version)
        .flatMap(it -> desk.ports.workflows().version(environment, new WorkflowKey("welcome"), it))
        .map(
            it ->
                ((dev.carillon.workflow.Step.ChannelStep) it.steps().getFirst())
                    .template()
                    .text("html_body")
                    .orElse(""))
        .orElse("nothing");
  }

  @Test
  void a_commit_is_shown_with_who_and_why() {
    String id = commit("a");
    var shown = desk.get("/v1/commits/" + id);
    assertThat(shown.text("commit_message")).isEqualTo("a");
    assertThat(shown.text("environment")).isEqualTo("development");
    assertThat(shown.text("author.email")).isEqualTo("laptop@example.com");
    assertThat(desk.get("/v1/commits/" + id.replace('a', 'b').replace('1', '2')).status())
        .isEqualTo(404);
    assertThat(desk.get("/v1/commits/x").status()).isEqualTo(404);
    // Nothing to commit is no mistake, and no commit.
    assertThat(desk.put("/v1/commits").text("result")).isEqualTo("success");
    assertThat(desk.get("/v1/commits").body().list("entries")).hasSize(1);
  }

  @Test
  void everything_is_promoted_one_step_up() {
    commit("a");
    desk.put("/v1/partials/card", ManagementFixture.partial("b"));
    commit("b");
    save("draft");
    assertThat(desk.get("/v1/commits?promoted=false").body().list("entries")).hasSize(3);
    assertThat(desk.put("/v1/commits/promote?to_environment=production").text("result"))
        .isEqualTo("success");
    assertThat(serving(ManagementFixture.PRODUCTION)).isEqualTo("b");
    assertThat(desk.ports.assets().current(ManagementFixture.PRODUCTION).partials().fields())
        .containsKey("card");
    assertThat(desk.get("/v1/commits?promoted=false").body().list("entries")).isEmpty();
    assertThat(desk.get("/v1/commits?promoted=true").body().list("entries")).hasSize(3);
    var there = desk.get("/v1/commits?environment=production");
    assertThat(there.body().list("entries")).hasSize(2);
    assertThat(there.text("entries.0.environment")).isEqualTo("production");
    desk.put("/v1/commits/promote?to_environment=production");
    assertThat(desk.get("/v1/commits?environment=production").body().list("entries")).hasSize(2);
    assertThat(desk.put("/v1/commits/promote?to_environment=development").text("errors.0.field"))
        .isEqualTo("to_environment");
    assertThat(desk.put("/v1/commits/promote").status()).isEqualTo(422);
  }

  @Test
  void one_commit_is_promoted_as_it_was() {
    String first = commit("a");
    commit("b");
    var promoted = desk.put("/v1/commits/" + first + "/promote");
    assertThat(promoted.text("commit.environment")).isEqualTo("production");
    assertThat(promoted.text("commit.commit_message")).isEqualTo("a");
    assertThat(serving(ManagementFixture.PRODUCTION)).isEqualTo("a");
    assertThat(desk.put("/v1/commits/" + first + "/promote").json()).isEqualTo(promoted.json());
    assertThat(desk.get("/v1/commits?promoted=false").text("entries.0.commit_message"))
        .isEqualTo("b");
    assertThat(
            desk.put("/v1/commits/" + promoted.text("commit.id") + "/promote")
                .text("errors.0.field"))
        .isEqualTo("id");
  }

  @Test
  void a_revert_is_a_new_commit_of_what_served_before() {
    String first = commit("a");
    String second = commit("b");
    save("draft");
    var reverted = desk.put("/v1/commits/" + second + "/revert");
    assertThat(reverted.text("commit.commit_message")).isEqualTo("Revert " + second);
    assertThat(serving(ManagementFixture.LOCAL)).isEqualTo("a");
    assertThat(desk.get("/v1/workflows/welcome").text("steps.0.template.html_body"))
        .isEqualTo("draft");
    assertThat(desk.put("/v1/commits/" + second + "/revert").status()).isEqualTo(422);
    assertThat(desk.put("/v1/commits/" + first + "/revert").status()).isEqualTo(422);
    assertThat(desk.get("/v1/commits").body().list("entries")).hasSize(3);
  }

  @Test
  void an_empty_commit_is_made_when_it_is_asked_for() {
    commit("a");
    String path = "/v1/commits?resource_type=workflow&resource_id=welcome";
    desk.put(path);
    assertThat(desk.get("/v1/commits").body().list("entries")).hasSize(1);
    desk.put(path + "&allow_empty=true");
    assertThat(desk.get("/v1/commits").body().list("entries")).hasSize(2);
  }

  @Test
  void a_commit_says_what_it_changed() {
    commit("a");
    var diff = desk.get("/v1/commits/" + commit("b") + "/diff");
    assertThat(diff.body().list("changes")).hasSize(1);
    assertThat(diff.text("changes.0.path")).isEqualTo("steps[0].template.html_body");
    assertThat(diff.text("changes.0.before")).isEqualTo("a");
    assertThat(diff.text("changes.0.after")).isEqualTo("b");
  }

  @Test
  void a_commit_that_was_forestalled_is_told_so() {
    save("a");
    desk.on(
        ports ->
            DyingPorts.interrupted(
                ports, "commit", () -> desk.on(it -> it).put("/v1/commits?commit_message=first")));
    var late = desk.put("/v1/commits?commit_message=second");
    assertThat(late.status()).isEqualTo(409);
    assertThat(late.text("code")).isEqualTo("content_changed");
    assertThat(desk.on(it -> it).get("/v1/commits").text("entries.0.commit_message"))
        .isEqualTo("first");
  }

  @Test
  void more_than_fit_one_transaction_are_committed_used_before_user() {
    for (int i = 0; i < 30; i++) {
      desk.put("/v1/partials/p" + i, ManagementFixture.partial("x"));
      desk.put(
          "/v1/workflows/w" + i, ManagementFixture.workflow("{% render \\\"p" + i + "\\\" %}"));
    }
    assertThat(desk.put("/v1/commits").text("result")).isEqualTo("success");
    assertThat(desk.get("/v1/commits?limit=50").body().list("entries")).hasSize(50);
    assertThat(desk.get("/v1/workflows?hide_uncommitted_changes=true").body().list("entries"))
        .hasSize(30);
  }

  @Test
  void an_archived_workflow_is_committed_no_more() {
    commit("a");
    desk.ports.workflows().archive(ManagementFixture.LOCAL, new WorkflowKey("welcome"));
    save("b");
    assertThat(desk.put("/v1/commits").text("code")).isEqualTo("archived");
  }

  @Test
  void every_change_is_recorded_with_who_when_and_from_where() {
    commit("a");
    desk.put("/v1/workflows/welcome/activate?status=false");
    desk.put("/v1/commits/promote?to_environment=production");
    var changes = desk.get("/v1/changes");
    assertThat(
            List.of(
                changes.text("entries.0.action"),
                changes.text("entries.1.action"),
                changes.text("entries.2.action")))
        .containsExactly("deactivated", "committed", "saved");
    assertThat(changes.text("entries.0.by")).isEqualTo("laptop");
    assertThat(changes.text("entries.0.address")).isEqualTo("203.0.113.7");
    assertThat(changes.text("entries.0.before")).isEqualTo("true");
    assertThat(changes.text("entries.1.subject")).isEqualTo("workflow/welcome");
    assertThat(desk.get("/v1/changes?environment=production").text("entries.0.action"))
        .isEqualTo("promoted");
  }

  @Test
  void endpoints_are_told_of_what_comes_to_serve_in_their_environment_and_of_nothing_else() {
    desk.hears(ManagementFixture.LOCAL);
    desk.hears(ManagementFixture.PRODUCTION);
    save("a");
    desk.put("/v1/message_types/card?commit=true", "{'message_type': {'name': 'Card'}}");
    assertThat(desk.told(ManagementFixture.LOCAL)).as("a draft, a message type").isEmpty();
    String first = commit("a");
    assertThat(desk.told(ManagementFixture.LOCAL)).hasToString("[" + first + "]");
    desk.post("/v1/branches/try");
    desk.put(
        "/v1/workflows/welcome?branch=try&commit=true", ManagementFixture.workflow("branched"));
    assertThat(desk.told(ManagementFixture.LOCAL)).as("a branch").hasSize(1);
    assertThat(desk.told(ManagementFixture.PRODUCTION)).isEmpty();
    desk.put("/v1/commits/promote?to_environment=production");
    assertThat(desk.told(ManagementFixture.PRODUCTION))
        .hasToString(
            "["
                + desk.get("/v1/commits?environment=production&resource_type=workflow")
                    .text("entries.0.id")
                + "]");
    commit("b");
    desk.put("/v1/commits/" + desk.get("/v1/commits").text("entries.0.id") + "/revert");
    assertThat(desk.told(ManagementFixture.LOCAL)).hasSize(3);
  }

  @Test
  void an_endpoint_that_asks_for_one_workflow_hears_of_no_others_commits() {
    desk.hears(
        ManagementFixture.LOCAL,
        new WebhookFilter(
            Set.of(WebhookEventType.WORKFLOW_COMMITTED, WebhookEventType.PARTIAL_COMMITTED),
            Set.of(new WorkflowKey("welcome")),
            Set.of(),
            Set.of()));
    desk.put("/v1/workflows/other?commit=true", ManagementFixture.workflow("a"));
    desk.put("/v1/partials/card?commit=true", ManagementFixture.partial("a"));
    assertThat(desk.told(ManagementFixture.LOCAL)).isEmpty();
    commit("a");
    assertThat(desk.told(ManagementFixture.LOCAL)).hasSize(1);
  }
}
