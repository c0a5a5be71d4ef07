package dev.carillon.functions.management;

import static dev.carillon.functions.management.ManagementFixture.LOCAL;
import static dev.carillon.functions.management.ManagementFixture.partial;
import static dev.carillon.functions.management.ManagementFixture.workflow;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.workflow.WorkflowKey;
import dev.carillon.workflow.Workflows;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BranchCallsTest {
  private static final String BODY = "steps.0.template.html_body";
  private static final String MERGE = "/v1/commits/promote?to_environment=development&branch=try";

  private final ManagementFixture desk = new ManagementFixture();

  @BeforeEach
  void something_serves() {
    desk.put("/v1/partials/card?commit=true", partial("old"));
    desk.put("/v1/workflows/welcome?commit=true", workflow("main"));
    desk.put("/v1/workflows/aside?commit=true", workflow("main"));
  }

  private String body(String key, String query) {
    return desk.get("/v1/workflows/" + key + query).text(BODY);
  }

  private void commitOnBranch(String key, String text) {
    assertThat(
            desk.put(
                    "/v1/workflows/" + key + "?branch=try&commit=true&commit_message=Tried",
                    workflow(text))
                .status())
        .isEqualTo(200);
  }

  private void merge() {
    assertThat(desk.put(MERGE).text("result")).isEqualTo("success");
  }

  @Test
  void is_made_listed_shown_and_deleted() {
    assertThat(desk.get("/v1/branches/try").text("code")).isEqualTo("branch_not_found");
    assertThat(desk.post("/v1/branches/try").status()).isEqualTo(201);
    desk.post("/v1/branches/other");
    assertThat(desk.post("/v1/branches/try").text("errors.0.field")).isEqualTo("branch_slug");
    assertThat(desk.get("/v1/branches/try").text("slug")).isEqualTo("try");
    assertThat(desk.get("/v1/branches").text("entries.0.slug")).isEqualTo("other");
    commitOnBranch("welcome", "branch");
    assertThat(desk.get("/v1/branches?limit=1").text("entries.0.slug")).isEqualTo("try");
    assertThat(desk.get("/v1/branches").text("entries.0.last_commit_at")).startsWith("2026-01-05");
    assertThat(desk.get("/v1/branches").text("entries.1.last_commit_at")).isEqualTo("null");
    assertThat(desk.delete("/v1/branches/try").status()).isEqualTo(204);
    assertThat(desk.delete("/v1/branches/try").text("code")).isEqualTo("branch_not_found");
    assertThat(desk.get("/v1/workflows?branch=try").text("code")).isEqualTo("branch_not_found");
    assertThat(desk.get("/v1/changes").json().toString())
        .contains("branched", "branch/try", "deleted");
  }

  @Test
  void is_called_as_slugs_are_and_only_of_where_content_is_written() {
    assertThat(desk.post("/v1/branches/Try").text("errors.0.field")).isEqualTo("branch_slug");
    assertThat(desk.post("/v1/branches/try?environment=production").text("errors.0.field"))
        .isEqualTo("environment");
    assertThat(desk.as("knock_st_reader").post("/v1/branches/try").text("code"))
        .isEqualTo("insufficient_scope");
  }

  @Test
  void begins_with_what_serves_and_is_then_of_its_own() {
    desk.put("/v1/workflows/welcome", workflow("draft of main"));
    desk.post("/v1/branches/try");
    assertThat(body("welcome", "?branch=try")).isEqualTo("main");
    desk.put("/v1/workflows/welcome?branch=try", workflow("branch"));
    desk.put("/v1/workflows/fresh?branch=try", workflow("{% render \\\"card\\\" %}"));
    assertThat(body("welcome", "?branch=try")).isEqualTo("branch");
    assertThat(body("welcome", "?branch=try&hide_uncommitted_changes=true")).isEqualTo("main");
    assertThat(body("welcome", "")).isEqualTo("draft of main");
    assertThat(desk.get("/v1/workflows?branch=try").text("entries.1.key")).isEqualTo("fresh");
    assertThat(desk.get("/v1/workflows").text("entries.1.key")).isEqualTo("welcome");

    desk.put("/v1/commits?branch=try");
    assertThat(desk.get("/v1/commits?branch=try&promoted=false").json().toString())
        .contains("fresh", "welcome");
    assertThat(served("fresh")).isFalse();
    assertThat(desk.get("/v1/commits").json().toString()).doesNotContain("fresh");
  }

  private boolean served(String key) {
    return desk.ports
        .workflows()
        .live(LOCAL, new WorkflowKey(key))
        .filter(Workflows.Live::active)
        .isPresent();
  }

  @Test
  void pushing_back_what_a_branch_began_with_is_no_draft() {
    desk.post("/v1/branches/try");
    desk.put("/v1/workflows/welcome?branch=try", workflow("main"));
    desk.put("/v1/commits?branch=try");
    assertThat(desk.get("/v1/commits?branch=try").text("entries")).isEqualTo("[]");
    desk.put("/v1/workflows/welcome?branch=try", workflow("branch"));
    desk.put("/v1/workflows/welcome?branch=try", workflow("main"));
    desk.put("/v1/commits?branch=try");
    assertThat(desk.get("/v1/commits?branch=try").text("entries")).isEqualTo("[]");
  }

  @Test
  void a_branch_is_checked_with_its_own_partials() {
    desk.post("/v1/branches/try");
    desk.put("/v1/partials/own?branch=try&commit=true", partial("x"));
    String uses = workflow("{% render \\\"own\\\" %}{% render \\\"card\\\" %}");
    assertThat(desk.put("/v1/workflows/fresh?branch=try&commit=true", uses).status())
        .isEqualTo(200);
    assertThat(desk.put("/v1/workflows/fresh?commit=true", uses).status()).isEqualTo(422);
    merge();
    assertThat(served("fresh")).isTrue();
  }

  @Test
  void is_merged_with_its_messages_and_a_draft_beside_it_stays() {
    desk.post("/v1/branches/try");
    commitOnBranch("welcome", "branch");
    desk.put("/v1/workflows/aside?commit=true", workflow("moved on"));
    desk.put("/v1/workflows/welcome", workflow("draft"));
    merge();
    assertThat(body("welcome", "?hide_uncommitted_changes=true")).isEqualTo("branch");
    assertThat(body("welcome", "")).isEqualTo("draft");
    assertThat(body("aside", "")).isEqualTo("moved on");
    assertThat(desk.get("/v1/commits").text("entries.0.commit_message")).isEqualTo("Tried");
    assertThat(
            desk.get("/v1/commits?branch=try&promoted=true").text("entries.0.resource.identifier"))
        .isEqualTo("welcome");
    assertThat(desk.get("/v1/changes").json().toString()).contains("merged");
  }

  @Test
  void merging_twice_and_going_on_after_a_merge_is_no_conflict() {
    desk.post("/v1/branches/try");
    commitOnBranch("welcome", "one");
    merge();
    merge();
    commitOnBranch("welcome", "two");
    merge();
    assertThat(body("welcome", "")).isEqualTo("two");
  }

  @Test
  void what_others_committed_meanwhile_is_not_overwritten_unseen() {
    desk.post("/v1/branches/try");
    commitOnBranch("welcome", "branch");
    commitOnBranch("aside", "branch");
    desk.put("/v1/workflows/welcome?commit=true", workflow("theirs"));
    var refused = desk.put(MERGE);
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.text("errors.0.field")).isEqualTo("workflow/welcome");
    assertThat(body("welcome", "")).isEqualTo("theirs");
    assertThat(body("aside", "")).isEqualTo("main");

    String one =
        desk.get("/v1/commits?branch=try&resource_type=workflow&resource_id=welcome")
            .text("entries.0.id");
    assertThat(desk.put("/v1/commits/" + one + "/promote").status()).isEqualTo(409);
    assertThat(desk.put("/v1/branches/try/rebase").text("slug")).isEqualTo("try");
    merge();
    assertThat(body("welcome", "")).isEqualTo("branch");
    assertThat(body("aside", "")).isEqualTo("branch");
  }

  @Test
  void a_rebase_brings_what_serves_by_now_and_keeps_what_the_branch_committed() {
    desk.post("/v1/branches/try");
    commitOnBranch("welcome", "branch");
    desk.put("/v1/workflows/welcome?commit=true", workflow("theirs"));
    desk.put("/v1/workflows/aside?commit=true", workflow("theirs"));
    desk.put("/v1/workflows/fresh?commit=true", workflow("theirs"));
    assertThat(body("aside", "?branch=try")).isEqualTo("main");
    desk.put("/v1/branches/try/rebase");
    assertThat(body("welcome", "?branch=try")).isEqualTo("branch");
    assertThat(body("aside", "?branch=try")).isEqualTo("theirs");
    assertThat(body("fresh", "?branch=try")).isEqualTo("theirs");
  }

  @Test
  void one_commit_of_a_branch_is_shown_compared_reverted_and_promoted() {
    desk.post("/v1/branches/try");
    commitOnBranch("welcome", "one");
    commitOnBranch("aside", "one");
    String id =
        desk.get("/v1/commits?branch=try&resource_type=workflow&resource_id=welcome")
            .text("entries.0.id");
    assertThat(desk.get("/v1/commits/" + id).text("environment")).isEqualTo("development");
    assertThat(desk.get("/v1/commits/" + id + "/diff").text("changes.0.before")).isEqualTo("main");
    assertThat(desk.put("/v1/commits/" + id + "/promote").text("commit.resource.identifier"))
        .isEqualTo("welcome");
    assertThat(body("welcome", "")).isEqualTo("one");
    assertThat(body("aside", "")).isEqualTo("main");
    desk.put("/v1/commits/" + id + "/revert");
    assertThat(body("welcome", "?branch=try")).isEqualTo("main");
    assertThat(body("welcome", "")).isEqualTo("one");
  }

  @Test
  void a_branch_made_anew_knows_nothing_of_the_one_before() {
    desk.post("/v1/branches/try");
    commitOnBranch("welcome", "branch");
    desk.delete("/v1/branches/try");
    desk.post("/v1/branches/try");
    assertThat(body("welcome", "?branch=try")).isEqualTo("main");
    assertThat(desk.get("/v1/commits?branch=try").text("entries")).isEqualTo("[]");
  }

  @Test
  void of_two_who_make_or_change_a_branch_at_once_one_is_told() {
    var other = new String[1];
    desk.on(
        ports ->
            DyingPorts.interrupted(
                ports,
                "save",
                () -> {
                  desk.on(it -> it);
                  other[0] = desk.post("/v1/branches/try").text("slug");
                }));
    assertThat(desk.post("/v1/branches/try").status()).isEqualTo(422);
    assertThat(other[0]).isEqualTo("try");

    desk.on(
        ports ->
            DyingPorts.interrupted(
                ports,
                "save",
                () -> {
                  desk.on(it -> it);
                  other[0] = desk.put("/v1/branches/try/rebase").text("slug");
                }));
    assertThat(desk.put("/v1/branches/try/rebase").text("code")).isEqualTo("content_changed");
    assertThat(other[0]).isEqualTo("try");
  }

  @Test
  void who_commits_beside_a_merge_is_told_or_tells_it() {
    desk.post("/v1/branches/try");
    commitOnBranch("welcome", "branch");
    desk.on(
        ports ->
            DyingPorts.interrupted(
                ports,
                "commit",
                () -> {
                  desk.on(it -> it);
                  desk.put("/v1/workflows/welcome?commit=true", workflow("theirs"));
                }));
    assertThat(desk.put(MERGE).text("code")).isEqualTo("content_changed");
    assertThat(body("welcome", "")).isEqualTo("theirs");
  }

  @Test
  void audiences_are_shared_with_the_environment() {
    desk.post("/v1/branches/try");
    desk.put(
        "/v1/audiences/vips?branch=try&commit=true",
        "{'audience': {'name': 'VIPs', 'type': 'static'}}");
    assertThat(desk.get("/v1/audiences").text("entries.0.key")).isEqualTo("vips");
    assertThat(desk.get("/v1/audiences?branch=try").text("entries.0.key")).isEqualTo("vips");
  }

  @Test
  void what_has_no_branches_says_so() {
    desk.post("/v1/branches/try");
    assertThat(desk.put("/v1/branches/try/rebase?branch=try").text("code")).isEqualTo("not_built");
  }
}
