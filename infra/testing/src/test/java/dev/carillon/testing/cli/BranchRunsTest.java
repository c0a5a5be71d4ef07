package dev.carillon.testing.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.message.ContentCodec;
import dev.carillon.message.Message;
import dev.carillon.message.MessageContent;
import dev.carillon.page.PageRequest;
import dev.carillon.page.TimeRange;
import dev.carillon.testing.engine.Call;
import dev.carillon.testing.engine.CallAnswer;
import dev.carillon.testing.engine.InProcessEngine;
import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What was committed on a branch runs for calls that name the branch, and for no others. */
class BranchRunsTest {
  private static final String ON_TRY = "?branch=try&commit=true";

  private EngineOverHttp carillon;

  @BeforeEach
  void a_branch_of_what_serves() throws IOException {
    carillon = new EngineOverHttp();
    carillon.identify("ada");
    put("/v1/partials/card?commit=true", partial("main card"));
    put("/v1/workflows/hello?commit=true", workflow("Hello: {% render 'card' %}"));
    put("/v1/workflows/calm?commit=true", workflow("Calm"));
    assertThat(
            carillon
                .management()
                .call("POST", "/v1/branches/try", Optional.of(Json.object()))
                .status())
        .isEqualTo(201);
  }

  @AfterEach
  void stop() {
    carillon.close();
  }

  private static Json.Obj json(String text) {
    return (Json.Obj) JsonText.parse(text);
  }

  private static Json.Obj partial(String text) {
    return json(
        """
        {"partial": {"name": "Card", "type": "markdown", "content": "%s"}}
        """
            .formatted(text));
  }

  private static Json.Obj workflow(String text) {
    return steps(feed("feed_1", text));
  }

  private static Json.Obj steps(String steps) {
    return json(
        """
        {"workflow": {"name": "W", "steps": [%s]}}
        """
            .formatted(steps));
  }

  private static String feed(String ref, String text) {
    return """
    {"ref": "%s", "type": "channel", "channel_key": "feed", "channel_type": "in_app_feed",
     "template": {"markdown_body": "%s"}}\
    """
        .formatted(ref, text);
  }

  private void put(String path, Json.Obj body) {
    var answer = carillon.management().call("PUT", path, Optional.of(body));
    assertThat(answer.ok()).as("%s", answer.body()).isTrue();
  }

  private static Call call(String workflow) {
    return Call.trigger(workflow, json("{\"recipients\": [\"ada\"]}"));
  }

  private static Call onTry(String workflow) {
    return call(workflow).with("x-knock-branch", "try");
  }

  private CallAnswer trigger(Call call) {
    CallAnswer answer = carillon.engine().call(call);
    carillon.engine().advance(Duration.ofSeconds(1));
    return answer;
  }

  private List<String> got() {
    return carillon
        .engine()
        .ports()
        .messages()
        .newestFirst(InProcessEngine.ENVIRONMENT, TimeRange.ALL, _ -> true, PageRequest.first(100))
        .items()
        .stream()
        .sorted(
            Comparator.comparing(Message::insertedAt)
                .thenComparing(message -> message.id().value()))
        .map(this::body)
        .toList();
  }

  private String body(Message message) {
    Json.Obj content =
        carillon
            .engine()
            .ports()
            .messages()
            .content(InProcessEngine.ENVIRONMENT, message.id())
            .map(MessageContent::content)
            .map(ContentCodec::write)
            .orElseThrow();
    return ((Json.Obj) content.list("blocks").getFirst())
        .text("rendered")
        .orElseThrow()
        .replaceAll("</?p>", "");
  }

  @Test
  void a_workflow_runs_as_it_was_committed_on_the_branch_that_the_call_names() {
    put("/v1/workflows/hello" + ON_TRY, workflow("Tried: {% render 'card' %}"));
    trigger(call("hello"));
    trigger(onTry("hello"));
    put("/v1/partials/card" + ON_TRY, partial("tried card"));
    trigger(call("hello"));
    trigger(onTry("hello"));
    assertThat(got())
        .containsExactly(
            "Hello: main card", "Tried: main card", "Hello: main card", "Tried: tried card");
  }

  @Test
  void what_nobody_committed_on_the_branch_runs_as_it_serves() {
    trigger(onTry("calm"));
    put("/v1/workflows/calm?branch=try", workflow("A draft"));
    trigger(onTry("calm"));
    assertThat(got()).containsExactly("Calm", "Calm");
  }

  @Test
  void a_workflow_of_the_branch_alone_runs_there_alone() {
    put("/v1/workflows/fresh" + ON_TRY, workflow("Fresh"));
    assertThat(trigger(call("fresh")).status()).isEqualTo(404);
    assertThat(trigger(onTry("fresh")).ok()).isTrue();
    assertThat(got()).containsExactly("Fresh");
  }

  @Test
  void waits_batches_and_what_steps_trigger_stay_on_the_branch() {
    String batch =
        """
        {"ref": "batch_1", "type": "batch", "settings": {"batch_window": {"unit": "hours", "value": 1}}},
        """;
    String start =
        """
        , {"ref": "trigger_1", "type": "trigger_workflow", "settings": {"workflow_key": "calm",
           "recipients": "{{ recipient.id }}"}}
        """;
    put(
        "/v1/workflows/hello?commit=true",
        steps(batch + feed("feed_1", "Main {{ total_activities }}")));
    put(
        "/v1/workflows/hello" + ON_TRY,
        steps(batch + feed("feed_1", "Tried {{ total_activities }}") + start));
    put("/v1/workflows/calm" + ON_TRY, workflow("Tried calm"));
    trigger(call("hello"));
    trigger(onTry("hello"));
    trigger(onTry("hello"));
    carillon.engine().advance(Duration.ofHours(2));
    assertThat(got()).containsExactlyInAnyOrder("Main 1", "Tried 2", "Tried calm");
  }

  @Test
  void a_workflow_is_switched_off_on_the_branch_alone() {
    put("/v1/workflows/hello" + ON_TRY, workflow("Tried"));
    put("/v1/workflows/hello/activate?branch=try&status=false", Json.object());
    assertThat(trigger(onTry("hello")).status()).isEqualTo(422);
    assertThat(trigger(call("hello")).ok()).isTrue();
    var refused =
        carillon
            .management()
            .call(
                "PUT",
                "/v1/workflows/calm/activate?branch=try&status=false",
                Optional.of(Json.object()));
    assertThat(refused.status()).isEqualTo(404);
    assertThat(refused.reasons().getFirst()).contains("committed on the branch");
    assertThat(got()).containsExactly("Hello: main card");
  }

  @Test
  void a_test_run_may_name_a_branch_and_a_branch_that_is_not_there_is_told() {
    put("/v1/workflows/hello" + ON_TRY, workflow("Tried"));
    put("/v1/workflows/hello/run?branch=try", json("{\"recipients\": [\"ada\"]}"));
    carillon.engine().settle();
    assertThat(got()).containsExactly("Tried");
    CallAnswer answer = trigger(call("hello").with("x-knock-branch", "none"));
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.body().text("code")).contains("branch_not_found");
    carillon.management().call("DELETE", "/v1/branches/try", Optional.empty());
    assertThat(trigger(onTry("hello")).status()).isEqualTo(404);
  }

  @Test
  void once_merged_it_serves_for_all() {
    put("/v1/workflows/hello" + ON_TRY, workflow("Tried"));
    put("/v1/commits/promote?to_environment=development&branch=try", Json.object());
    trigger(call("hello"));
    trigger(onTry("hello"));
    assertThat(got()).containsExactly("Tried", "Tried");
  }
}
