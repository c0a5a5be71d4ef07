package dev.carillon.testing.hooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.carillon.content.CommitId;
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
    put(
        "/v1/partials/card?commit=true",
        "{'partial': {'name': 'Card', 'type': 'html', 'content': 'x'}}");
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
