package dev.carillon.testing.hooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.carillon.change.ChangeId;
import dev.carillon.content.CommitId;
import dev.carillon.content.ContentId;
import dev.carillon.content.ContentType;
import dev.carillon.endpoint.WebhookEndpointId;
import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.task.WebhooksTask;
import dev.carillon.testing.engine.Call;
import dev.carillon.testing.engine.CallAnswer;
import dev.carillon.testing.engine.FakeEndpoints.Heard;
import dev.carillon.testing.engine.InProcessEngine;
import dev.carillon.testing.scenarios.GuideEngine;
import dev.carillon.testing.scenarios.HookScenarios;
import dev.carillon.workflow.VersionId;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Endpoints hear of what comes to serve, as the management API shows it. */
class HearingCommitsTest {
  private static final List<String> COMMITS =
      List.of(
          "workflow.committed",
          "email_layout.committed",
          "partial.committed",
          "translation.committed");

  private static final String CARD =
      "{'partial': {'name': 'Card', 'type': 'html', 'content': 'x'}}";

  private final HookScene scene = new HookScene();
  private final InProcessEngine engine = scene.engine;

  @BeforeEach
  void somebody_may_commit() {
    HookScenarios.somebodyMayCommit(engine);
  }

  private Json.Obj ask(Call call) {
    CallAnswer answer = engine.call(HookScenarios.managing(call));
    assertThat(answer.ok()).as(answer.body().toString()).isTrue();
    return answer.body();
  }

  private void put(String path, String body) {
    ask(Call.put(path, GuideEngine.json(body)));
  }

  private static String greeting(String word) {
    return """
    {'workflow': {'name': 'Greeting', 'steps': [
      {'type': 'channel', 'ref': 'email_1', 'channel_key': 'email', 'channel_type': 'email',
       'template': {'subject': '%s', 'html_body': '<p>x</p>', 'settings': {}}}]}}
    """
        .formatted(word);
  }

  private List<Json.Obj> heard() {
    engine.settle();
    return scene.heard(HookScene.URL).stream()
        .map(Heard::request)
        .map(it -> (Json.Obj) JsonText.parse(it.body()))
        .toList();
  }

  @Test
  void what_is_told_of_a_commit_is_what_serves_since_and_the_commits_id() {
    scene.hook(HookScene.URL, COMMITS);
    put("/v1/workflows/greeting?commit=true", greeting("a"));
    Json.Obj told = heard().getFirst();
    assertThat(told.text("type")).contains("workflow.committed");
    assertThat(told.object("data")).isEqualTo(ask(Call.get("/v1/workflows/greeting")));
    var commit = (Json.Obj) ask(Call.get("/v1/commits")).list("entries").getFirst();
    assertThat(told.object("event_data"))
        .isEqualTo(
            Json.object()
                .with("__typename", "EventData")
                .with("commit_id", commit.text("id").orElseThrow()));
    assertThat(told.text("created_at").orElseThrow()).startsWith("2026-01-05T09:00:00");
  }

  @Test
  void layouts_partials_and_translations_are_told_as_workflows_are() {
    scene.hook(HookScene.URL, COMMITS);
    put("/v1/partials/card?commit=true", CARD);
    put(
        "/v1/email_layouts/plain?commit=true",
        "{'email_layout': {'name': 'Plain', 'html_layout': '<p>{{ content }}</p>', 'text_layout':"
            + " '{{ content }}', 'template_language': 'liquid'}}");
    put(
        "/v1/translations/de?commit=true",
        "{'translation': {'format': 'json', 'content': {'hi': 'Hallo'}}}");
    assertThat(heard())
        .extracting(it -> it.text("type").orElseThrow(), it -> it.object("data"))
        .containsExactlyInAnyOrder(
            tuple("partial.committed", ask(Call.get("/v1/partials/card"))),
            tuple("email_layout.committed", ask(Call.get("/v1/email_layouts/plain"))),
            tuple(
                "translation.committed",
                ask(Call.get("/v1/translations/de")).without("translation")));
  }

  @Test
  void each_commit_is_told_with_its_own_content_whatever_was_written_since() {
    scene.hook(HookScene.URL, COMMITS);
    put("/v1/workflows/greeting?commit=true", greeting("a"));
    put("/v1/workflows/greeting?commit=true", greeting("b"));
    put("/v1/workflows/greeting", greeting("draft"));
    assertThat(heard())
        .extracting(
            it ->
                ((Json.Obj) it.object("data").list("steps").getFirst())
                    .object("template")
                    .text("subject")
                    .orElseThrow())
        .containsExactlyInAnyOrder("a", "b");
    assertThat(scene.heard(HookScene.URL).stream().map(Heard::event).distinct()).hasSize(2);
  }

  private static final List<String> SAVES =
      List.of(
          "workflow.updated",
          "email_layout.updated",
          "partial.updated",
          "translation.updated",
          "source_event_action.updated");

  @Test
  void what_is_saved_is_told_as_a_draft_and_what_changes_nothing_is_not() {
    scene.hook(HookScene.URL, SAVES);
    put("/v1/workflows/greeting", greeting("a"));
    put("/v1/workflows/greeting", greeting("a"));
    assertThat(heard())
        .singleElement()
        .satisfies(
            told -> {
              assertThat(told.text("type")).contains("workflow.updated");
              assertThat(told.object("data"))
                  .isEqualTo(ask(Call.get("/v1/workflows/greeting")).without("valid"));
              assertThat(told.get("event_data")).contains(Json.NULL);
            });
    put("/v1/workflows/greeting", greeting("b"));
    put("/v1/workflows/greeting", greeting("c"));
    put("/v1/commits", "{}");
    assertThat(heard())
        .extracting(
            it ->
                ((Json.Obj) it.object("data").list("steps").getFirst())
                    .object("template")
                    .text("subject")
                    .orElseThrow())
        .as("each with its own words, and no commit")
        .containsExactlyInAnyOrder("a", "b", "c");
    assertThat(scene.heard(HookScene.URL).stream().map(Heard::event).distinct()).hasSize(3);
  }

  @Test
  void drafts_of_every_kind_that_is_committed_are_told() {
    scene.hook(HookScene.URL, SAVES);
    put("/v1/partials/card", CARD);
    put(
        "/v1/email_layouts/plain",
        "{'email_layout': {'name': 'Plain', 'html_layout': '<p>{{ content }}</p>', 'text_layout':"
            + " '{{ content }}', 'template_language': 'liquid'}}");
    put("/v1/translations/de", "{'translation': {'format': 'json', 'content': {'hi': 'Hallo'}}}");
    assertThat(heard())
        .extracting(it -> it.text("type").orElseThrow(), it -> it.object("data"))
        .containsExactlyInAnyOrder(
            tuple("partial.updated", ask(Call.get("/v1/partials/card")).without("valid")),
            tuple("email_layout.updated", ask(Call.get("/v1/email_layouts/plain"))),
            tuple(
                "translation.updated",
                ask(Call.get("/v1/translations/de")).without("translation")));
  }

  private static String shop(String workflow) {
    return """
    {'source': {'name': 'Shop', 'preconfigured_provider': 'http', 'environment_settings': {
      'development': {'mappings': [
        {'event_type': 'Left', 'action_type': 'users_delete',
         'action_parameters': {'id': 'body.id'}},
        {'event_type': 'Added', 'action_type': 'workflows_trigger',
         'action_parameters': {'key': '%s', 'recipients': 'body.id'}}]}}}}
    """
        .formatted(workflow);
  }

  @Test
  void what_events_of_a_source_do_is_told_when_it_is_changed() {
    scene.hook(HookScene.URL, SAVES);
    put("/v1/sources/shop", shop("greeting"));
    assertThat(heard()).hasSize(2);
    engine.advance(Duration.ofSeconds(1));
    put("/v1/sources/shop", shop("welcome"));
    engine.advance(Duration.ofSeconds(1)); // of one instant there is one change
    put("/v1/sources/shop", shop("welcome"));
    assertThat(heard())
        .hasSize(3)
        .last()
        .satisfies(
            told -> {
              assertThat(told.text("type")).contains("source_event_action.updated");
              assertThat(told.object("data").text("source")).contains("shop");
              assertThat(told.object("data").text("event_type")).contains("Added");
              assertThat(told.object("data").object("action_parameters").text("key"))
                  .contains("welcome");
            });
  }

  @Test
  void a_save_that_was_announced_and_never_made_is_told_to_nobody() {
    Json.Obj hook = scene.hook(HookScene.URL, SAVES);
    for (var never :
        List.of(
            new WebhooksTask.Subject.OfSave(
                new ContentId(ContentType.PARTIAL, "card"),
                new VersionId(new UUID(1, 2)),
                new ChangeId(new UUID(3, 4))),
            new WebhooksTask.Subject.OfSourceAction("shop", 0, engine.now()))) {
      engine
          .ports()
          .tasks()
          .send(
              new WebhooksTask.Offer(
                  InProcessEngine.ENVIRONMENT,
                  WebhookEndpointId.parse(hook.text("id").orElseThrow()),
                  never,
                  engine.now()));
    }
    engine.advance(Duration.ofHours(1));
    assertThat(heard()).isEmpty();
    assertThat(engine.deadLetters()).isEmpty();
  }

  @Test
  void what_events_of_a_source_do_is_told_as_committed_with_the_workflow_that_they_start() {
    scene.hook(HookScene.URL, List.of("source_event_action.committed"));
    put("/v1/sources/shop", shop("greeting"));
    put("/v1/sources/depot", shop("welcome").replace("Shop", "Depot"));
    put("/v1/workflows/greeting", greeting("draft"));
    put("/v1/partials/card?commit=true", CARD);
    assertThat(heard()).as("nothing of it serves yet").isEmpty();

    put("/v1/workflows/greeting?commit=true", greeting("a"));
    Json.Obj commit =
        ask(Call.get("/v1/commits")).list("entries").stream()
            .map(Json.Obj.class::cast)
            .filter(it -> it.object("resource").text("type").filter("workflow"::equals).isPresent())
            .findFirst()
            .orElseThrow();
    assertThat(heard())
        .singleElement()
        .satisfies(
            told -> {
              assertThat(told.text("type")).contains("source_event_action.committed");
              assertThat(told.object("data").text("source")).contains("shop");
              assertThat(told.object("data").text("event_type")).contains("Added");
              assertThat(told.object("event_data").text("commit_id")).isEqualTo(commit.text("id"));
            });
  }

  @Test
  void a_filter_by_workflow_lets_through_what_starts_it() {
    scene.hook(
        HookScene.URL,
        List.of("source_event_action.committed"),
        Json.object().with("workflows", Json.texts(List.of("welcome"))));
    put("/v1/sources/shop", shop("greeting"));
    put("/v1/sources/depot", shop("welcome"));
    put("/v1/workflows/greeting?commit=true", greeting("a"));
    put("/v1/workflows/welcome?commit=true", greeting("a"));
    assertThat(heard())
        .extracting(told -> told.object("data").text("source").orElseThrow())
        .containsExactly("depot");
  }

  @Test
  void what_starts_another_workflow_by_the_time_it_is_told_is_not_told_as_committed() {
    Json.Obj hook = scene.hook(HookScene.URL, List.of("source_event_action.committed"));
    put("/v1/sources/shop", shop("welcome"));
    put("/v1/workflows/greeting?commit=true", greeting("a"));
    CommitId commit =
        ((Json.Obj) ask(Call.get("/v1/commits")).list("entries").getFirst())
            .text("id")
            .flatMap(CommitId::parse)
            .orElseThrow();
    for (int index : List.of(0, 1, 2)) {
      engine
          .ports()
          .tasks()
          .send(
              new WebhooksTask.Offer(
                  InProcessEngine.ENVIRONMENT,
                  WebhookEndpointId.parse(hook.text("id").orElseThrow()),
                  new WebhooksTask.Subject.OfActionCommit(commit, "shop", index),
                  engine.now()));
    }
    engine.advance(Duration.ofHours(1));
    assertThat(heard()).isEmpty();
    assertThat(engine.deadLetters()).isEmpty();
  }

  @Test
  void a_commit_that_was_announced_and_never_made_is_told_to_nobody() {
    Json.Obj hook = scene.hook(HookScene.URL, COMMITS);
    engine
        .ports()
        .tasks()
        .send(
            new WebhooksTask.Offer(
                InProcessEngine.ENVIRONMENT,
                WebhookEndpointId.parse(hook.text("id").orElseThrow()),
                new WebhooksTask.Subject.OfCommit(new CommitId(new UUID(1, 2))),
                engine.now()));
    engine.advance(Duration.ofHours(1));
    assertThat(heard()).isEmpty();
    assertThat(engine.deadLetters()).isEmpty();
  }
}
