package dev.carillon.functions.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.outbound.OutboundResult;
import dev.carillon.recipient.Identification;
import dev.carillon.recipient.RecipientId;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Trying one fetch step alone. */
class TestFetchTest {
  private final Bench bench = new Bench();

  TestFetchTest() {
    bench.push(
        Map.of(
            "workflows/report/workflow.json",
            """
            {"name": "Report", "steps": [
              {"type": "http_fetch", "ref": "fetch", "settings": {
                "method": "post", "url": "https://api.example/{{recipient.name}}",
                "headers": [{"key": "X-Key", "value": "{{vars.key}}"}],
                "query_params": [{"key": "plan", "value": "{{data.plan}}"}],
                "body": "{\\"of\\": \\"{{recipient.id}}\\"}",
                "response_path": "report"}},
              {"type": "delay", "ref": "delay", "settings": {"delay_for": {"unit": "days", "value": 1}}}]}
            """,
            "variables.json",
            "{\"key\": {\"type\": \"secret\", \"value\": \"hunter22\"}}"));
    bench
        .ports
        .recipients()
        .identify(
            Bench.LOCAL,
            RecipientId.user("ada"),
            new Identification(
                Json.object().with("name", "Ada"), Optional.empty(), Map.of(), Map.of()),
            "setting",
            bench.clock.instant());
  }

  private Json.Obj ask(String more) {
    return bench.ask(
        """
        {"action": "test_fetch", "environment": "local", "workflow": "report"%s}
        """
            .formatted(more));
  }

  private Json.Obj fetch() {
    return ask(
        ", \"step\": \"fetch\", \"recipient\": \"ada\", \"data\": {\"plan\": \"pro\", \"n\": 1}");
  }

  private void answers(int status, String body) {
    bench.answer =
        new OutboundResult.Answered(
            status,
            Map.of("content-type", List.of("application/json")),
            body.getBytes(StandardCharsets.UTF_8),
            OutboundResult.End.WHOLE);
  }

  @Test
  void it_shows_request_response_duration_and_the_data_that_the_next_step_would_see() {
    answers(200, "{\"lines\": 3}");
    assertThat(fetch())
        .isEqualTo(
            JsonText.parse(
                """
                {"request": {"method": "POST", "url": "https://api.example/Ada?plan=pro",
                   "headers": {"X-Key": "[secret]", "content-type": "application/json"},
                   "body": "{\\"of\\": \\"ada\\"}"},
                 "response": {"status": 200, "headers": {"content-type": "application/json"},
                   "body": "{\\"lines\\": 3}"},
                 "merged": {"plan": "pro", "n": 1, "report": {"lines": 3}},
                 "duration_ms": 40}
                """));
    assertThat(bench.requests).hasSize(1);
    assertThat(bench.requests.getFirst().headers()).containsEntry("X-Key", "hunter22");
  }

  @Test
  void what_a_run_would_try_again_is_tried_once_and_said_to_be_so() {
    answers(503, "busy");
    Json.Obj answer = fetch();
    assertThat(answer.text("error")).contains("status 503");
    assertThat(answer.get("would_retry")).contains(Json.TRUE);
    assertThat(answer.object("response").text("body")).contains("busy");
    assertThat(bench.requests).hasSize(1);
  }

  @Test
  void what_a_run_would_end_with_is_said_to_be_final() {
    answers(404, "gone");
    assertThat(fetch().get("would_retry")).contains(Json.FALSE);
    answers(200, "<html>");
    assertThat(fetch().text("error")).contains("the answer is no JSON");
    assertThat(fetch().get("would_retry")).contains(Json.FALSE);
  }

  @Test
  void secrets_in_an_answer_are_masked_too() {
    answers(200, "{\"echo\": \"hunter22\"}");
    assertThat(JsonText.write(fetch())).doesNotContain("hunter22");
  }

  @Test
  void without_content_the_data_stays_as_it_was() {
    answers(204, "");
    assertThat(fetch().object("merged")).isEqualTo(JsonText.parse("{\"plan\": \"pro\", \"n\": 1}"));
  }

  @Test
  void a_request_that_cannot_be_made_is_not_and_why_is_said() {
    bench.push(
        Map.of(
            "workflows/report/workflow.json",
            """
            {"name": "Report", "steps": [
              {"type": "http_fetch", "ref": "fetch", "settings": {"url": "{{data.nothing}}"}}]}
            """));
    Json.Obj answer = fetch();
    assertThat(answer.text("error").orElseThrow()).contains("url");
    assertThat(answer.get("request")).isEmpty();
    assertThat(bench.requests).isEmpty();
  }

  @Test
  void a_step_that_is_none_or_no_fetch_is_refused_and_so_is_an_unknown_workflow() {
    assertThat(Bench.error(ask(", \"step\": \"delay\""), "field")).isEqualTo("step");
    assertThat(Bench.error(ask(", \"step\": \"nothing\""), "field")).isEqualTo("step");
    assertThat(Bench.error(ask(", \"step\": \"fetch\", \"tries\": 3"), "field")).isEqualTo("tries");
    assertThat(
            Bench.error(
                bench.ask(
                    """
                    {"action": "test_fetch", "environment": "local", "workflow": "other",
                     "step": "fetch"}
                    """),
                "code"))
        .isEqualTo("workflow_missing");
  }

  @Test
  void nobody_needs_to_be_named() {
    answers(200, "{}");
    assertThat(ask(", \"step\": \"fetch\"").get("error")).isEmpty();
    assertThat(bench.requests.getFirst().url()).startsWith("https://api.example/");
  }
}
