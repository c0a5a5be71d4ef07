package dev.carillon.testing.engine;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.carillon.edge.route.RouteDeclaration;
import dev.carillon.edge.route.RouteTable;
import dev.carillon.functions.delivery.DeliveryRoutes;
import dev.carillon.functions.feeds.FeedsRoutes;
import dev.carillon.functions.intake.IntakeRoutes;
import dev.carillon.functions.management.ManagementRoutes;
import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.source.SourceId;
import dev.carillon.task.TaskQueue;
import dev.carillon.tracking.link.TrackingPaths;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Stream;

/** Turns calls into events of payload format 2.0, as the HTTP API of the deployment does. */
public final class InProcessGateway {
  /** What API Gateway calls the route of a request that no other one takes. */
  private static final String DEFAULT = "$default";

  /** The same for every engine, of which tests make a great many. */
  private static final RouteTable<Function<Handlers, RequestStreamHandler>> ROUTES =
      new RouteTable<>(
          Stream.of(
                  entries(IntakeRoutes.declared(), Handlers::intake),
                  entries(FeedsRoutes.declared(), Handlers::feeds),
                  entries(DeliveryRoutes.declared(), it -> it.readers().get(TaskQueue.DELIVERY)),
                  entries(ManagementRoutes.declared(), Handlers::management))
              .flatMap(entries -> entries)
              .toList());

  private final Handlers handlers;
  private final AtomicLong requests = new AtomicLong();

  public InProcessGateway(Handlers handlers) {
    this.handlers = handlers;
  }

  private static Stream<RouteTable.Entry<Function<Handlers, RequestStreamHandler>>> entries(
      List<RouteDeclaration> routes, Function<Handlers, RequestStreamHandler> function) {
    return routes.stream().map(route -> new RouteTable.Entry<>(route, function));
  }

  /** Every call is a request of its own, with an id of its own. */
  public CallAnswer answer(Call call) {
    String[] parts = call.path().split("\\?", 2);
    String query = parts.length > 1 ? parts[1] : "";
    String path;
    try {
      path = URLDecoder.decode(parts[0].replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException _) {
      return new CallAnswer(400, Map.of(), Json.object().with("message", "Bad Request"));
    }
    var match = ROUTES.match(call.method(), path);
    return invoke(
        match.map(it -> it.target().apply(handlers)).orElseGet(() -> otherwise(path)),
        event(
            match.map(it -> it.route().key()).orElse(DEFAULT),
            match.map(RouteTable.Match::parameters).orElse(Map.of()),
            path,
            query,
            call));
  }

  private RequestStreamHandler otherwise(String path) {
    if (path.startsWith(SourceId.PATH)) {
      return handlers.intake();
    }
    return TrackingPaths.read(path) instanceof TrackingPaths.Asked.Nothing
        ? handlers.api()
        : handlers.tracking();
  }

  private Json event(
      String route, Map<String, String> parameters, String path, String query, Call call) {
    Json.Obj headers = Json.object().with("content-type", "application/json");
    for (var header : call.headers().entrySet()) {
      headers = headers.with(header.getKey(), header.getValue());
    }
    Json.Obj inPath = Json.object();
    for (var parameter : parameters.entrySet()) {
      inPath = inPath.with(parameter.getKey(), parameter.getValue());
    }
    Json.Obj event =
        Json.object()
            .with("version", "2.0")
            .with("routeKey", route)
            .with("rawPath", path)
            .with("rawQueryString", query)
            .with("headers", headers)
            .with("pathParameters", inPath)
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
      function.handleRequest(InvocationJson.stream(event), out, Invocation.NO_CONTEXT);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Json.Obj response = InvocationJson.object(out.toByteArray());
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
        Integer.parseInt(JsonText.write(response.fields().get("statusCode"))), headers, json(body));
  }

  /** Pages and pictures that people see are no JSON. */
  private static Json json(String body) {
    if (body.isEmpty()) {
      return Json.NULL;
    }
    return body.startsWith("{") || body.startsWith("[") ? JsonText.parse(body) : Json.of(body);
  }
}
