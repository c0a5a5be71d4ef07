package dev.carillon.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.json.Json;
import dev.carillon.recipient.RecipientId;
import dev.carillon.testing.engine.Call;
import dev.carillon.testing.engine.CallAnswer;
import dev.carillon.testing.engine.InProcessEngine;
import dev.carillon.testing.scenarios.GuideEngine;
import dev.carillon.testing.scenarios.Scenarios;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who comes into audiences and leaves them, and the workflows that this triggers. */
class AudienceEntriesTest {
  private static final Duration CHANGED = Duration.ofMinutes(2);

  private final GuideEngine scene = GuideEngine.open();
  private final InProcessEngine engine = scene.engine;

  @BeforeEach
  void prepare() {
    engine.push(
        Map.of(
            "workflows/welcome/workflow.json",
            """
            {"name": "Welcome", "trigger": {"type": "audience", "audience_key": "pro"}, "steps": [
              {"type": "channel", "ref": "feed_1", "channel_type": "in_app_feed", "channel_key": "feed",
               "template": {"markdown_body": "Welcome {{recipient.name}}", "action_url": "/"}}]}
            """,
            "workflows/watching/workflow.json",
            """
            {"name": "Watching", "steps": [
              {"type": "wait_for_event", "ref": "wait_1", "settings": {
                 "event": {"event_type": "audience", "audience_key": "pro", "event_key": "exit"},
                 "expires_after": {"unit": "days", "value": 20}}},
              {"type": "channel", "ref": "feed_1", "channel_type": "in_app_feed", "channel_key": "feed",
               "template": {"markdown_body": "Come back", "action_url": "/"}}]}
            """));
  }

  private void audience(String segments) {
    engine.push(
        Map.of(
            "environment.json",
            """
            {"audiences": [{"key": "pro", "type": "dynamic", "segments": [%s]},
                           {"key": "beta", "type": "static"}]}
            """
                .formatted(segments)));
    engine.advance(CHANGED);
  }

  private static String where(String property, String value) {
    return """
    {"conditions": [{"property": "%s", "operator": "equal_to", "argument": "%s"}]}
    """
        .formatted(property, value);
  }

  private void user(String id, String properties) {
    scene.must(Call.put("/v1/users/" + id, GuideEngine.json(properties)));
    engine.settle();
  }

  private List<String> items(String workflow) {
    return Scenarios.messages(engine, it -> it.source().workflow().value().equals(workflow))
        .stream()
        .map(it -> it.recipient().id())
        .sorted()
        .toList();
  }

  private List<String> members() {
    CallAnswer answer =
        engine.call(
            new Call(
                "GET",
                "/v1/audiences/pro/members?page_size=50",
                Map.of("authorization", "Bearer sk_test"),
                Optional.empty()));
    return answer.body().list("entries").stream()
        .map(it -> ((Json.Obj) it).text("user_id").orElseThrow())
        .sorted()
        .toList();
  }

  @Test
  void whose_properties_come_to_fit_enters_once_and_whose_fit_no_more_leaves() {
    audience(where("plan", "pro"));
    user("ana", "{'name': 'Ana', 'plan': 'free'}");
    assertThat(items("welcome")).isEmpty();
    user("ana", "{'plan': 'pro'}");
    user("ana", "{'name': 'Anna'}");
    assertThat(items("welcome")).containsExactly("ana");
    assertThat(members()).containsExactly("ana");
    scene.must(Call.trigger("watching", GuideEngine.json("{'recipients': ['ana']}")));
    engine.settle();
    user("ana", "{'plan': 'free'}");
    assertThat(members()).isEmpty();
    assertThat(items("watching")).containsExactly("ana");
    user("ana", "{'plan': 'pro'}");
    assertThat(items("welcome")).containsExactly("ana", "ana");
  }

  @Test
  void the_run_of_who_entered_says_which_audience_triggered_it() {
    audience(where("plan", "pro"));
    user("ana", "{'plan': 'pro'}");
    var run = Scenarios.runs(engine).getFirst();
    CallAnswer answer =
        engine.call(
            new Call(
                "GET",
                "/v1/workflow_recipient_runs/" + run.id(),
                Map.of("authorization", "Bearer sk_test"),
                Optional.empty()));
    Json.Obj source = answer.body().object("trigger_source");
    assertThat(source.text("type")).contains("audience");
    assertThat(source.text("audience_key")).contains("pro");
  }

  @Test
  void who_is_deleted_or_merged_away_leaves_and_who_gains_by_a_merge_enters() {
    audience(where("plan", "pro"));
    user("ana", "{'plan': 'pro'}");
    user("bob", "{'name': 'Bob'}");
    scene.must(Call.post("/v1/users/bob/merge", GuideEngine.json("{'from_user_id': 'ana'}")));
    engine.advance(CHANGED);
    assertThat(members()).containsExactly("bob");
    assertThat(items("welcome")).containsExactly("ana", "bob");
    scene.must(Call.delete("/v1/users/bob", Json.object()));
    engine.settle();
    assertThat(members()).isEmpty();
    assertThat(
            engine
                .ports()
                .dynamicMembers()
                .of(InProcessEngine.ENVIRONMENT, RecipientId.user("bob")))
        .isEmpty();
  }

  @Test
  void bulk_calls_and_steps_let_users_enter_too() {
    audience(where("plan", "pro"));
    scene.must(
        Call.post(
            "/v1/users/bulk/identify",
            GuideEngine.json("{'users': [{'id': 'u1', 'plan': 'pro'}, {'id': 'u2'}]}")));
    engine.push(
        Map.of(
            "workflows/upgrade/workflow.json",
            """
            {"name": "Upgrade", "steps": [{"type": "update_user", "ref": "user_1", "settings": {
               "recipient_mode": "current", "update_properties": "{\\"plan\\": \\"pro\\"}"}}]}
            """));
    scene.must(
        Call.trigger("upgrade", GuideEngine.json("{'recipients': [{'id': 'u3', 'name': 'U'}]}")));
    engine.settle();
    assertThat(items("welcome")).containsExactly("u1", "u3");
    scene.must(Call.post("/v1/users/bulk/delete", GuideEngine.json("{'user_ids': ['u1', 'u3']}")));
    engine.settle();
    assertThat(members()).isEmpty();
  }

  @Test
  void who_fits_already_is_in_a_new_audience_without_having_entered() {
    var all = new ArrayList<String>();
    IntStream.rangeClosed(1, 120)
        .forEach(
            i -> {
              user("u" + i, "{'plan': 'pro'}");
              all.add("u" + i);
            });
    engine.advance(Duration.ofSeconds(1));
    audience(where("plan", "pro"));
    assertThat(items("welcome")).isEmpty();
    assertThat(
            engine
                .ports()
                .dynamicMembers()
                .of(InProcessEngine.ENVIRONMENT, RecipientId.user("u99")))
        .hasSize(1);
    assertThat(members()).hasSize(50);
  }

  @Test
  void changed_conditions_let_those_enter_and_leave_whom_they_fit_now_or_no_more() {
    audience(where("plan", "pro"));
    for (int i = 0; i < 60; i++) {
      user("u" + i, "{'plan': 'free', 'city': 'Kiel'}");
    }
    user("ana", "{'plan': 'pro'}");
    scene.must(Call.trigger("watching", GuideEngine.json("{'recipients': ['ana']}")));
    audience(where("city", "Kiel"));
    assertThat(items("welcome")).hasSize(61).doesNotHaveDuplicates();
    assertThat(items("watching")).containsExactly("ana");
    audience(where("city", "Kiel"));
    assertThat(items("welcome")).hasSize(61);
  }

  @Test
  void an_audience_that_asks_about_a_static_one_follows_it() {
    audience(
        """
        {"conditions": [{"property": "recipient", "operator": "is_audience_member", "argument": "beta"}]}
        """);
    scene.must(
        Call.post(
            "/v1/audiences/beta/members",
            GuideEngine.json("{'members': [{'user': {'id': 'ana'}}]}")));
    engine.settle();
    assertThat(members()).containsExactly("ana");
    scene.must(
        Call.delete(
            "/v1/audiences/beta/members",
            GuideEngine.json("{'members': [{'user': {'id': 'ana'}}]}")));
    engine.settle();
    assertThat(members()).isEmpty();
    assertThat(items("welcome")).containsExactly("ana");
  }

  @Test
  void each_new_member_of_a_static_audience_triggers_once_within_its_tenant() {
    engine.push(
        Map.of(
            "workflows/joined/workflow.json",
            """
            {"name": "Joined", "trigger": {"type": "audience", "audience_key": "beta"}, "steps": [
              {"type": "channel", "ref": "feed_1", "channel_type": "in_app_feed", "channel_key": "feed",
               "template": {"markdown_body": "Hello", "action_url": "/"}}]}
            """));
    audience("");
    Json.Obj two =
        GuideEngine.json(
            "{'members': [{'user': {'id': 'ana'}, 'tenant': 'acme'}, {'user': {'id': 'ana'}},"
                + " {'user': 'nobody'}]}");
    scene.must(Call.post("/v1/audiences/beta/members", two));
    engine.settle();
    scene.must(Call.post("/v1/audiences/beta/members", two));
    engine.settle();
    assertThat(items("joined")).containsExactly("ana", "ana");
    assertThat(Scenarios.runs(engine).stream().map(it -> it.tenant().map(t -> t.value())).toList())
        .containsExactlyInAnyOrder(Optional.of("acme"), Optional.empty());
    engine.advance(Duration.ofHours(1));
    scene.must(Call.post("/v1/audiences/beta/members", two));
    user("nobody", "{'name': 'Somebody'}");
    assertThat(items("joined")).hasSize(2);
  }

  @Test
  void a_version_that_names_another_audience_is_triggered_by_that_one_alone() {
    audience(where("plan", "pro"));
    engine.push(
        Map.of(
            "workflows/welcome/workflow.json",
            """
            {"name": "Welcome", "steps": [
              {"type": "channel", "ref": "feed_1", "channel_type": "in_app_feed", "channel_key": "feed",
               "template": {"markdown_body": "Hello", "action_url": "/"}}]}
            """));
    user("ana", "{'plan': 'pro'}");
    assertThat(members()).containsExactly("ana");
    assertThat(items("welcome")).isEmpty();
  }
}
