package dev.carillon.testing.hooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.carillon.functions.delivery.SendMessage.Sent;
import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.outbound.OutboundRequest;
import dev.carillon.outbound.OutboundResult;
import dev.carillon.provider.DeliveryResult;
import dev.carillon.testing.engine.Call;
import dev.carillon.testing.engine.FakeEndpoints.Heard;
import dev.carillon.testing.engine.FakeOutside;
import dev.carillon.testing.scenarios.EngineFixtures;
import dev.carillon.testing.scenarios.GuideEngine;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a collector of traces is told, by OTLP. */
class SpansTest {
  private static final String COLLECTOR = "https://otel.example/v1/traces";
  private static final String HOOK = "https://hooks.example/a";
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

  private final GuideEngine scene = GuideEngine.open();

  SpansTest() {
    scene.engine.ports().webhookEndpoints().traceTo(COLLECTOR);
    scene.user("ana").workflow("reset", GuideEngine.mail("Reset"));
  }

  private void mailed(String traceparent) {
    var answer =
        scene.engine.call(
            Call.trigger("reset", GuideEngine.json("{'recipients': ['ana']}"))
                .with("traceparent", traceparent));
    assertThat(answer.ok()).isTrue();
    scene.engine.settle();
  }

  private void mailed() {
    mailed("00-" + TRACE + "-00f067aa0ba902b7-01");
  }

  private static Json.Obj first(Json.Obj object, String list) {
    return (Json.Obj) object.list(list).getFirst();
  }

  /** Each once, however often it came: what differs in anything is another here. */
  private List<Json.Obj> spans() {
    return scene.engine.endpoints().heard(COLLECTOR).stream()
        .filter(Heard::taken)
        .map(it -> (Json.Obj) JsonText.parse(it.request().body(), JsonText.DEPTH + 8))
        .flatMap(it -> first(first(it, "resourceSpans"), "scopeSpans").list("spans").stream())
        .map(Json.Obj.class::cast)
        .distinct()
        .toList();
  }

  private List<Json.Obj> spans(String name) {
    return spans().stream().filter(it -> it.text("name").equals(Optional.of(name))).toList();
  }

  private static Optional<String> attribute(Json.Obj span, String key) {
    return span.list("attributes").stream()
        .map(Json.Obj.class::cast)
        .filter(it -> it.text("key").equals(Optional.of(key)))
        .flatMap(it -> it.object("value").text("stringValue").stream())
        .findFirst();
  }

  private static Optional<String> traceparent(OutboundRequest request) {
    return Optional.ofNullable(request.headers().get("traceparent"));
  }

  private Json.Obj span(String name) {
    return spans().stream()
        .filter(it -> it.text("name").equals(Optional.of(name)))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void a_run_and_the_attempt_at_its_mail_are_spans_of_the_callers_trace() {
    mailed();
    assertThat(spans())
        .extracting(it -> it.text("name").orElse(""))
        .containsExactlyInAnyOrder("workflow reset", "deliver email", "message.created");
    assertThat(spans()).allSatisfy(it -> assertThat(it.text("traceId")).contains(TRACE));
    Json.Obj run = span("workflow reset");
    assertThat(run.text("spanId").orElseThrow()).matches("[0-9a-f]{16}");
    assertThat(run.get("parentSpanId")).isEmpty();
    assertThat(run.text("startTimeUnixNano")).contains("1767603600000000000");
    Json.Obj attempt = span("deliver email");
    assertThat(attempt.text("parentSpanId")).isEqualTo(run.text("spanId"));
    assertThat(attempt.get("kind")).contains(Json.of(3));
    assertThat(attempt.object("status").get("code")).contains(Json.of(1));
    assertThat(attempt.list("attributes"))
        .contains(
            GuideEngine.json("{'key': 'carillon.workflow', 'value': {'stringValue': 'reset'}}"))
        .allSatisfy(it -> assertThat(it.toString()).doesNotContain("ana@example.com"));
  }

  @Test
  void a_failed_attempt_and_the_one_after_it_are_two_spans() {
    scene.engine.email().says(new Sent(new DeliveryResult.Deferred("busy", Optional.empty())));
    mailed();
    scene.pass("PT1H");
    assertThat(spans().stream().filter(it -> it.text("name").equals(Optional.of("deliver email"))))
        .hasSize(2)
        .extracting(it -> it.object("status").get("code"))
        .containsExactlyInAnyOrder(Optional.of(Json.of(2)), Optional.of(Json.of(1)));
    assertThat(spans()).extracting(it -> it.text("spanId")).doesNotHaveDuplicates();
  }

  @Test
  void a_request_to_an_endpoint_bears_the_span_of_its_attempt() {
    scene.workflow(
        "called",
        """
        {'type': 'channel', 'ref': 'call', 'channel_key': 'webhook', 'channel_type': 'http',
         'template': {'method': 'post', 'url': 'https://acme.example/in', 'body': '{}'}}\
        """);
    scene.trigger("called", "{'recipients': ['ana']}");
    scene.engine.settle();
    var message = EngineFixtures.messages(scene.engine).getFirst();
    assertThat(message.trace().header("attempt", message.id().value(), "1"))
        .contains(span("deliver http").text("spanId").orElseThrow());
  }

  @Test
  void what_the_caller_does_not_sample_is_not_exported() {
    mailed("00-" + TRACE + "-00f067aa0ba902b7-00");
    assertThat(scene.engine.endpoints().heard(COLLECTOR)).isEmpty();
    assertThat(scene.engine.deadLetters()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 502, 503, 504})
  void what_the_collector_does_not_take_for_now_comes_again_as_the_same_span(int status) {
    var calls = new AtomicInteger();
    scene
        .engine
        .endpoints()
        .at(COLLECTOR, _ -> FakeOutside.json(calls.incrementAndGet() <= 2 ? status : 200, "{}"));
    mailed();
    scene.pass("PT30M");
    assertThat(spans()).hasSize(3);
    assertThat(spans()).extracting(it -> it.text("spanId")).doesNotHaveDuplicates();
    assertThat(scene.engine.deadLetters()).isEmpty();
  }

  @Test
  void what_the_collector_will_never_take_is_dropped_and_what_it_breaks_off_is_not() {
    scene.engine.endpoints().at(COLLECTOR, _ -> FakeOutside.json(400, "{}"));
    mailed();
    scene.pass("PT1H");
    assertThat(scene.engine.endpoints().heard(COLLECTOR)).hasSize(3);
    assertThat(scene.engine.deadLetters()).isEmpty();
    scene.engine.endpoints().at(COLLECTOR, _ -> new OutboundResult.Broken());
    mailed();
    scene.engine.endpoints().at(COLLECTOR, _ -> FakeOutside.json(200, "{}"));
    scene.pass("PT1H");
    assertThat(spans()).hasSize(3);
  }

  @Test
  void each_request_of_a_fetch_step_is_a_span_of_its_run_under_the_id_that_it_bore() {
    scene
        .engine
        .outside()
        .says(FakeOutside.json(503, "{}"))
        .saysAlways(FakeOutside.json(200, "{\"b\": 1}"));
    scene.workflow(
        "asking",
        """
        {'type': 'http_fetch', 'ref': 'ask',
         'settings': {'method': 'get', 'url': 'https://data.example/in?token=hidden'}}\
        """);
    scene.trigger("asking", "{'recipients': ['ana']}");
    scene.pass("PT1H");
    List<Json.Obj> fetched = spans("fetch ask");
    assertThat(fetched)
        .extracting(
            it -> attribute(it, "carillon.attempt").orElse(""),
            it -> attribute(it, "http.response.status_code").orElse(""),
            it -> it.object("status").get("code").orElse(Json.NULL))
        .containsExactly(tuple("1", "503", Json.of(2)), tuple("2", "200", Json.of(1)));
    assertThat(fetched)
        .extracting(it -> it.text("parentSpanId"))
        .containsOnly(span("workflow asking").text("spanId"));
    assertThat(scene.engine.outside().requests())
        .extracting(it -> traceparent(it).orElse("").substring(36, 52))
        .containsExactlyElementsOf(
            fetched.stream().map(it -> it.text("spanId").orElseThrow()).toList());
    assertThat(fetched.toString()).doesNotContain("hidden");
  }

  @Test
  void each_call_of_an_endpoint_is_a_span_of_the_run_under_the_id_that_it_bore() {
    var calls = new AtomicInteger();
    scene
        .engine
        .endpoints()
        .at(HOOK, _ -> FakeOutside.json(calls.incrementAndGet() == 1 ? 500 : 200, "{}"));
    hook();
    mailed();
    scene.pass("PT1H");
    List<Json.Obj> called = spans("webhook message.sent");
    assertThat(called)
        .extracting(it -> attribute(it, "http.response.status_code").orElse(""))
        .containsExactlyInAnyOrder("500", "200");
    assertThat(called)
        .extracting(it -> it.text("parentSpanId"))
        .containsOnly(span("workflow reset").text("spanId"));
    assertThat(scene.engine.endpoints().heard(HOOK))
        .extracting(it -> traceparent(it.request()).orElse(""))
        .containsExactlyInAnyOrderElementsOf(
            called.stream()
                .map(it -> "00-" + TRACE + "-" + it.text("spanId").orElseThrow() + "-01")
                .toList());
    assertThat(scene.engine.deadLetters()).isEmpty();
  }

  @Test
  void the_collector_sees_its_headers_and_no_endpoint_does() {
    scene.engine.ports().collectorHeaders().put(Map.of("x-honeycomb-team", "s3cret"));
    hook();
    mailed();
    assertThat(scene.engine.endpoints().heard(COLLECTOR))
        .isNotEmpty()
        .allSatisfy(
            it ->
                assertThat(it.request().headers())
                    .containsEntry("x-honeycomb-team", "s3cret")
                    .containsEntry("content-type", "application/json"));
    assertThat(scene.engine.endpoints().heard(HOOK))
        .isNotEmpty()
        .allSatisfy(it -> assertThat(it.request().headers().toString()).doesNotContain("s3cret"));
  }

  private void hook() {
    var hook = GuideEngine.json("{'url': '" + HOOK + "', 'event_types': ['message.sent']}");
    assertThat(scene.engine.call(Call.post("/v1/webhooks", hook)).ok()).isTrue();
  }
}
