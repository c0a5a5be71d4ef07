package dev.carillon.testing;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** Turns calls into events of payload format 2.0, as the HTTP API of the deployment does. */
final class InProcessGateway {
  /** What API Gateway calls a request that matches no route. */
  private static final String DEFAULT = "$default";

  private static final List<String> INTAKE =
      List.of(
          "POST /v1/workflows/{key}/trigger",
          "POST /v1/workflows/{key}/cancel",
          "POST /v1/notify",
          "POST /v1/notify/cancel");
  private static final List<String> FEEDS = List.of("GET /v1/users/{id}/feeds/{channel}");
  private static final List<String> API =
      List.of(
          "GET /v1/users/{id}",
          "PUT /v1/users/{id}",
          "GET /v1/messages",
          "GET /v1/messages/{id}",
          "GET /v1/messages/{id}/events",
          "GET /v1/messages/{id}/content",
          "GET /v1/messages/{id}/delivery_logs",
          "GET /v1/messages/{id}/activities",
          "PUT /v1/messages/{id}/seen",
          "PUT /v1/messages/{id}/read",
          "PUT /v1/messages/{id}/archived",
          "PUT /v1/messages/{id}/interacted",
          "DELETE /v1/messages/{id}/seen",
          "DELETE /v1/messages/{id}/read",
          "DELETE /v1/messages/{id}/archived",
          "GET /v1/schedules",
          "POST /v1/schedules",
          "PUT /v1/schedules",
          "DELETE /v1/schedules",
          "GET /v1/users/{id}/schedules",
          "GET /v1/objects/{collection}/{id}/schedules",
          "PUT /v1/workflows/{key}/activate",
          "GET /v1/workflow_recipient_runs",
          "GET /v1/workflow_recipient_runs/{id}",
          "GET /v1/explain",
          "GET /v1/waiting",
          "POST /v1/waiting/{id}/cancel",
          "POST /v1/waiting/{id}/send_now",
          "POST /v1/waiting/{id}/flush",
          "GET /v1/audit",
          DEFAULT);

  private final Map<String, RequestStreamHandler> routes = new LinkedHashMap<>();
  private final AtomicLong requests = new AtomicLong();

  InProcessGateway(Handlers handlers) {
    INTAKE.forEach(route -> routes.put(route, handlers.intake()));
    FEEDS.forEach(route -> routes.put(route, handlers.feeds()));
    API.forEach(route -> routes.put(route, handlers.api()));
  }

  /** Every call is a request of its own, with an id of its own. */
  CallAnswer answer(Call call) {
    String path = call.path().split("\\?", 2)[0];
    String query = call.path().contains("?") ? call.path().split("\\?", 2)[1] : "";
    for (var route : routes.entrySet()) {
      Optional<Json.Obj> parameters = match(route.getKey(), call.method() + " " + path);
      if (parameters.isPresent()) {
        return invoke(route.getValue(), event(route.getKey(), parameters.get(), path, query, call));
      }
    }
    throw new IllegalStateException("No route takes everything");
  }

  private static Optional<Json.Obj> match(String route, String request) {
    Json.Obj parameters = Json.object();
    if (route.equals(DEFAULT)) {
      return Optional.of(parameters);
    }
    String[] wanted = route.split("/", -1);
    String[] given = request.split("/", -1);
    if (wanted.length != given.length) {
      return Optional.empty();
    }
    for (int i = 0; i < wanted.length; i++) {
      if (wanted[i].startsWith("{")) {
        String name = wanted[i].substring(1, wanted[i].length() - 1);
        String value = given[i].replace("+", "%2B");
        parameters = parameters.with(name, URLDecoder.decode(value, StandardCharsets.UTF_8));
      } else if (!wanted[i].equals(given[i])) {
        return Optional.empty();
      }
    }
    return Optional.of(parameters);
  }

  private Json event(String route, Json.Obj parameters, String path, String query, Call call) {
    Json.Obj headers = Json.object().with("content-type", "application/json");
    for (var header : call.headers().entrySet()) {
      headers = headers.with(header.getKey(), header.getValue());
    }
    Json.Obj event =
        Json.object()
            .with("version", "2.0")
            .with("routeKey", route)
            .with("rawPath", path)
            .with("rawQueryString", query)
            .with("headers", headers)
            .with("pathParameters", parameters)
            .with(
                "requestContext",
                Json.object()
                    .with("requestId", "request-" + requests.incrementAndGet())
                    .with("http", Json.object().with("method", call.method()).with("path", path)))
            .with("isBase64Encoded", Json.FALSE);
    return call.body().map(body -> event.with("body", body)).orElse(event);
  }

  private static CallAnswer invoke(RequestStreamHandler function, Json event) {
    var out = new ByteArrayOutputStream();
    try {
      function.handleRequest(Text.stream(event), out, Invocation.NO_CONTEXT);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Json.Obj response = Text.object(out.toByteArray());
    var headers = new LinkedHashMap<String, String>();
    response
        .object("headers")
        .fields()
        .forEach(
            (name, value) -> {
              if (value instanceof Json.Str(var text)) {
                headers.put(name, text);
              }
            });
    String body = response.text("body").orElse("");
    return new CallAnswer(
        Integer.parseInt(JsonText.write(response.fields().get("statusCode"))),
        headers,
        body.isEmpty() ? Json.NULL : JsonText.parse(body));
  }
}
