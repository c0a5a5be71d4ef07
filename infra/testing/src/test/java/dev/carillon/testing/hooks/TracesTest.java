package dev.carillon.testing.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.message.ContentCodec;
import dev.carillon.outbound.OutboundRequest;
import dev.carillon.runtime.Log;
import dev.carillon.runtime.Ports;
import dev.carillon.testing.engine.Call;
import dev.carillon.testing.engine.CallAnswer;
import dev.carillon.testing.engine.FakeEndpoints.Heard;
import dev.carillon.testing.engine.FakeOutside;
import dev.carillon.testing.engine.FakeProvider.Offer;
import dev.carillon.testing.engine.Handlers;
import dev.carillon.testing.engine.InProcessEngine;
import dev.carillon.testing.scenarios.GuideEngine;
import dev.carillon.trigger.TraceContext;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A caller's trace, from its trigger to whatever we call, log and show because of it. */
class TracesTest {
  private static final String BUS = "arn:aws:events:eu-central-1:123456789012:event-bus/warehouse";
  private static final TraceContext TRACE =
      new TraceContext("4bf92f3577b34da6a3ce929d0e0e4736", true);
  private static final Pattern LINK =
      Pattern.compile("https://links\\.carillon\\.example(/[A-Za-z0-9/_.-]+)");

  private final ByteArrayOutputStream logged = new ByteArrayOutputStream();
  private final InProcessEngine engine =
      new InProcessEngine(
          Instant.parse("2026-01-05T09:00:00Z"),
          (ports, surroundings) -> Handlers.on(logging(ports), surroundings),
          10);

  TracesTest() {
    engine.workflow(
        "outer",
        """
        {"name": "Outer", "steps": [
          {"type": "http_fetch", "ref": "fetch_1",
           "settings": {"method": "get", "url": "https://data.example/"}},
          {"type": "channel", "ref": "email_1", "channel_key": "email", "channel_type": "email",
           "channel_overrides": {"link_tracking": true},
           "template": {"settings": {"layout_key": null}, "subject": "Hi",
             "html_body": "<a href='https://acme.example/a'>A</a>", "text_body": "A"}},
          {"type": "trigger_workflow", "ref": "trigger_1",
           "settings": {"workflow_key": "inner"}}]}
        """);
    engine.workflow(
        "inner",
        """
        {"name": "Inner", "steps": [
          {"type": "channel", "ref": "call_1", "channel_key": "webhook", "channel_type": "http",
           "template": {"method": "post", "url": "https://acme.example/in", "body": "{}"}}]}
        """);
  }

  /** The ports, with a log that can be read. */
  private Ports logging(Ports ports) {
    var log = new Log(new PrintStream(logged, true), ports.clock(), Optional.empty());
    return (Ports)
        Proxy.newProxyInstance(
            Ports.class.getClassLoader(),
            new Class<?>[] {Ports.class},
            (_, method, arguments) -> {
              try {
                return method.getName().equals("log") ? log : method.invoke(ports, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private String trigger(Map<String, String> headers) {
    Call call =
        Call.trigger(
            "outer",
            GuideEngine.json("{'recipients': [{'id': 'ada', 'email': 'ada@example.com'}]}"));
    for (var header : headers.entrySet()) {
      call = call.with(header.getKey(), header.getValue());
    }
    CallAnswer answer = engine.call(call);
    assertThat(answer.ok()).as(answer.body().toString()).isTrue();
    engine.settle();
    return answer.body().text("workflow_run_id").orElseThrow();
  }

  private static Optional<TraceContext> traceOf(OutboundRequest request) {
    return Optional.ofNullable(request.headers().get("traceparent")).flatMap(TraceContext::parent);
  }

  private List<Json.Obj> lines() {
    return logged
        .toString(StandardCharsets.UTF_8)
        .lines()
        .map(it -> (Json.Obj) JsonText.parse(it))
        .toList();
  }

  @Test
  void all_that_comes_of_a_trigger_is_of_the_trace_that_its_caller_named() {
    engine.ports().webhookEndpoints().streamTo(BUS);
    var hook =
        Json.object()
            .with("url", HookScene.URL)
            .with("event_types", Json.texts(HookScene.EVERYTHING));
    assertThat(engine.call(Call.post("/v1/webhooks", hook)).ok()).isTrue();
    var calls = new AtomicInteger();
    engine
        .endpoints()
        .at(HookScene.URL, _ -> FakeOutside.json(calls.incrementAndGet() == 1 ? 503 : 200, "{}"));

    trigger(Map.of("traceparent", TRACE.header("the caller's span")));
    visitLink();
    engine.advance(Duration.ofMinutes(5));

    assertThat(engine.outside().requests())
        .hasSize(1)
        .allSatisfy(it -> assertThat(traceOf(it)).contains(TRACE));
    assertThat(engine.email().offers())
        .hasSize(1)
        .allSatisfy(it -> assertThat(it.message().trace()).isEqualTo(TRACE));
    assertThat(engine.webhook().offers())
        .as("of the workflow that a step triggers")
        .hasSize(1)
        .allSatisfy(it -> assertThat(it.message().trace()).isEqualTo(TRACE));

    List<Heard> heard = engine.endpoints().heard(HookScene.URL);
    assertThat(heard)
        .isNotEmpty()
        .allSatisfy(it -> assertThat(traceOf(it.request())).contains(TRACE));
    assertThat(heard.stream().map(Heard::event).distinct()).hasSizeLessThan(heard.size());
    assertThat(
            heard.stream()
                .collect(
                    Collectors.groupingBy(
                        Heard::event,
                        Collectors.mapping(
                            it -> it.request().headers().get("traceparent"), Collectors.toSet()))))
        .as("a span for each call, of which one event had two")
        .anySatisfy((_, spans) -> assertThat(spans).hasSize(2));
    assertThat(heard)
        .extracting(it -> it.request().headers().get("traceparent"))
        .doesNotHaveDuplicates();
    assertThat(engine.endpoints().heard(BUS))
        .isNotEmpty()
        .extracting(it -> ((Json.Obj) JsonText.parse(it.request().body(), 90)).text("trace_id"))
        .containsOnly(Optional.of(TRACE.id()));

    var told =
        List.of(
            "trigger.fanned_out",
            "run.advanced",
            "delivery.attempted",
            "webhook.called",
            "tracking.recorded");
    List<Json.Obj> telling =
        lines().stream().filter(it -> told.contains(it.text("decision").orElse(""))).toList();
    assertThat(telling.stream().map(it -> it.text("decision").orElseThrow()).distinct())
        .containsExactlyInAnyOrderElementsOf(told);
    assertThat(telling).extracting(it -> it.text("trace_id")).containsOnly(Optional.of(TRACE.id()));

    assertThat(engine.call(Call.get("/v1/explain?recipient=ada")).body().list("items"))
        .isNotEmpty()
        .extracting(it -> ((Json.Obj) it).text("trace_id"))
        .containsOnly(Optional.of(TRACE.id()));
  }

  private void visitLink() {
    Offer mail = engine.email().accepted().getFirst();
    Matcher link = LINK.matcher(JsonText.write(ContentCodec.write(mail.content().content())));
    assertThat(link.find()).isTrue();
    engine.call(
        Call.get(link.group(1))
            .with("authorization", "none")
            .with(
                "user-agent",
                "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"));
    engine.settle();
  }

  @Test
  void without_one_its_trace_is_named_after_the_trigger() {
    String trigger = trigger(Map.of("traceparent", "junk"));
    String id = trigger.replace("-", "");
    assertThat(engine.outside().requests())
        .hasSize(1)
        .allSatisfy(it -> assertThat(traceOf(it).map(TraceContext::id)).contains(id));
    assertThat(engine.email().offers().getFirst().message().trace().id()).isEqualTo(id);
    assertThat(engine.webhook().offers().getFirst().message().trace().id())
        .as("of the workflow that a step triggers")
        .isEqualTo(id);
  }
}
