package dev.carillon.testing.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.json.Json;
import dev.carillon.outbound.OutboundRequest;
import dev.carillon.outbound.OutboundResult;
import dev.carillon.testing.engine.Call;
import dev.carillon.testing.engine.CallAnswer;
import dev.carillon.testing.engine.FakeEndpoints.Heard;
import dev.carillon.testing.engine.InProcessEngine;
import dev.carillon.testing.scenarios.GuideEngine;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** An engine with a workflow that mails, and endpoints that hear of it. */
final class HookScene {
  static final String URL = "https://hooks.example/a";
  static final String OTHER = "https://hooks.example/b";
  static final List<String> EVERYTHING =
      List.of(
          "message.sent",
          "message.delivered",
          "message.seen",
          "workflow_recipient_run.started",
          "workflow_recipient_run.completed",
          "webhook_endpoint.disabled");

  final InProcessEngine engine = InProcessEngine.at(Instant.parse("2026-01-05T09:00:00Z"));

  HookScene() {
    engine.workflow(
        "welcome",
        """
        {"name": "Welcome", "steps": [
          {"type": "channel", "ref": "email_1", "channel_key": "email", "channel_type": "email",
           "template": {"settings": {"layout_key": null}, "subject": "Hi",
             "html_body": "<p>{{word}}</p>", "text_body": "{{word}}"}}]}
        """);
  }

  /** The webhook as the call that made it was answered. */
  Json.Obj hook(String url, List<String> types) {
    return hook(url, types, Json.Obj.EMPTY);
  }

  /** As {@link #hook(String, List)}, with more fields. */
  Json.Obj hook(String url, List<String> types, Json.Obj more) {
    CallAnswer answer =
        engine.call(
            Call.post(
                "/v1/webhooks",
                Json.object()
                    .with("url", url)
                    .with("event_types", Json.texts(types))
                    .merged(more)));
    assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
    return answer.body();
  }

  /** Lets somebody be welcomed. */
  void welcome(String... people) {
    String recipients =
        String.join(
            ", ",
            Arrays.stream(people)
                .map(it -> "{'id': '" + it + "', 'email': '" + it + "@example.com'}")
                .toList());
    var answer =
        engine.call(
            Call.trigger(
                "welcome",
                GuideEngine.json(
                    "{'recipients': [" + recipients + "], 'data': {'word': 'ahoy'}}")));
    assertThat(answer.ok()).as(answer.body().toString()).isTrue();
    engine.settle();
  }

  List<Heard> heard(String url) {
    return engine.endpoints().heard(url);
  }

  void answers(String url, Function<OutboundRequest, OutboundResult> how) {
    engine.endpoints().at(url, how);
  }

  /** The answer to that call about the webhook. */
  Json.Obj get(Json.Obj hook, String rest) {
    return engine.call(Call.get("/v1/webhooks/" + hook.text("id").orElseThrow() + rest)).body();
  }

  CallAnswer post(Json.Obj hook, String rest, Json.Obj body) {
    return engine.call(Call.post("/v1/webhooks/" + hook.text("id").orElseThrow() + rest, body));
  }

  CallAnswer put(Json.Obj hook, Json.Obj body) {
    return engine.call(Call.put("/v1/webhooks/" + hook.text("id").orElseThrow(), body));
  }
}
