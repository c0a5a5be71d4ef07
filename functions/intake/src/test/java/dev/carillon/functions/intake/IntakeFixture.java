package dev.carillon.functions.intake;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.carillon.access.ApiKey;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.id.Digest;
import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.memory.InMemoryPorts;
import dev.carillon.memory.MutableClock;
import dev.carillon.source.Source;
import dev.carillon.source.SourceProvider;
import dev.carillon.workflow.WorkflowKey;
import dev.carillon.workflow.WorkflowReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The function with one environment, its two keys and the workflow {@code new-comment}. */
final class IntakeFixture {
  static final EnvironmentId LOCAL = new EnvironmentId("local");
  static final WorkflowKey NEW_COMMENT = new WorkflowKey("new-comment");
  private static final String WORKFLOW =
      """
      {"name": "New comment", "steps": [
        {"type": "channel", "ref": "feed", "channel_key": "feed", "channel_type": "in_app_feed",
         "template": {"markdown_body": "{{comment}}"}}]}
      """;

  static final WorkflowKey INVOICE_DUE = new WorkflowKey("invoice-due");
  private static final String WITH_SCHEMA =
      """
      {"name": "Invoice due", "trigger_data_json_schema": {
         "type": "object", "required": ["invoice", "amount"],
         "properties": {"invoice": {"type": "string"}, "amount": {"type": "number"},
           "lines": {"type": "array", "items": {"required": ["text"]}}}},
       "steps": [
        {"type": "channel", "ref": "feed", "channel_key": "feed", "channel_type": "in_app_feed",
         "template": {"markdown_body": "{{invoice}}"}}]}
      """;

  final MutableClock clock = new MutableClock(Instant.parse("2026-01-05T09:01:00Z"));
  final InMemoryPorts ports = InMemoryPorts.at(clock);
  private final RequestStreamHandler handler = new IntakeHandler(ports);
  private int calls;

  IntakeFixture() {
    ports.apiKeys().put(Digest.hex("sk_local"), new ApiKey(LOCAL, ApiKey.Kind.SECRET, false));
    ports.apiKeys().put(Digest.hex("pk_local"), new ApiKey(LOCAL, ApiKey.Kind.PUBLIC, false));
    commit(NEW_COMMENT, WORKFLOW);
    commit(INVOICE_DUE, WITH_SCHEMA);
    ports
        .sources()
        .save(
            new Source(
                LOCAL,
                "shop",
                ports.sources().freshId(),
                new Source.About("Shop", Optional.empty(), Optional.empty()),
                SourceProvider.SEGMENT.settings(),
                List.of(),
                0,
                new Source.Instants(clock.instant(), clock.instant())));
  }

  void commit(WorkflowKey key, String source) {
    if (WorkflowReader.read(key, (Json.Obj) JsonText.parse(source))
        instanceof WorkflowReader.Read.Ok(var workflow)) {
      ports.workflows().commit(LOCAL, workflow);
    }
  }

  record Answer(int status, Json.Obj headers, String body) {
    Json.Obj json() {
      return (Json.Obj) JsonText.parse(body);
    }
  }

  Answer play(byte[] event) throws IOException {
    var out = new ByteArrayOutputStream();
    handler.handleRequest(new ByteArrayInputStream(event), out, null);
    var json = (Json.Obj) JsonText.parse(out.toByteArray());
    int status =
        json.fields().get("statusCode") instanceof Json.Num(var value) ? value.intValueExact() : 0;
    return new Answer(status, json.object("headers"), json.text("body").orElse(""));
  }

  Answer trigger(String body) throws IOException {
    return trigger(body, Map.of());
  }

  Answer trigger(String body, Map<String, String> headers) throws IOException {
    return trigger(NEW_COMMENT, body, headers);
  }

  Answer trigger(WorkflowKey workflow, String body, Map<String, String> headers)
      throws IOException {
    return call(workflow, "/v1/workflows/{key}/trigger", body, headers);
  }

  Answer cancel(String body) throws IOException {
    return call(NEW_COMMENT, "/v1/workflows/{key}/cancel", body, Map.of());
  }

  Answer notify(String body) throws IOException {
    return call(NEW_COMMENT, "/v1/notify", body, Map.of());
  }

  Answer notifyCancel(String body) throws IOException {
    return call(NEW_COMMENT, "/v1/notify/cancel", body, Map.of());
  }

  private Answer call(WorkflowKey workflow, String route, String body, Map<String, String> headers)
      throws IOException {
    var all = new LinkedHashMap<String, Json>();
    all.put("authorization", Json.of("Bearer sk_local"));
    headers.forEach((name, value) -> all.put(name, Json.of(value)));
    return play(
        JsonText.bytes(
            Json.object()
                .with("version", "2.0")
                .with("routeKey", "POST " + route)
                .with("rawPath", route.replace("{key}", workflow.value()))
                .with("rawQueryString", "")
                .with("headers", new Json.Obj(all))
                .with("pathParameters", Json.object().with("key", workflow.value()))
                .with(
                    "requestContext",
                    Json.object()
                        .with("requestId", "request-" + ++calls)
                        .with("http", Json.object().with("method", "POST")))
                .with("body", body)
                .with("isBase64Encoded", Json.FALSE)));
  }
}
