package dev.carillon.local.sockets;

import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.json.text.MalformedJson;
import dev.carillon.local.functions.InvocationResult;
import dev.carillon.local.functions.LocalFunctions;
import dev.carillon.local.http.HttpApiRequest;
import dev.carillon.local.iam.AccessControl;
import dev.carillon.local.iam.AccessRequest;
import dev.carillon.local.iam.Principal;
import dev.carillon.local.template.AccountRegion;
import dev.carillon.local.template.StackTemplate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The WebSocket API that the template puts before a function. Where a stage's name would stand in
 * the path, the stack's port serves it at {@link #PATH}: there clients look for it.
 */
public final class LocalSocketApi {
  /** Where clients of feeds connect. */
  public static final String PATH = "/ws/v1/websocket";

  /** After that API Gateway ends a connection. */
  private static final Duration LONGEST = Duration.ofHours(2);

  private static final Principal GATEWAY = new Principal.Service("apigateway.amazonaws.com");

  private static final int ID_BYTES = 11;
  private static final int GOING_AWAY = 1001;

  private final StackTemplate.SocketApi api;
  private final LocalFunctions functions;
  private final AccessControl access;
  private final InstantSource clock;
  private final Map<String, Open> connections = new ConcurrentHashMap<>();

  private record Open(SocketEvents events, Instant since, Line line) {}

  /** The way to a client. */
  public interface Line {
    void send(String text);

    void close(int code, String reason);
  }

  public LocalSocketApi(
      StackTemplate.SocketApi api,
      LocalFunctions functions,
      InstantSource clock,
      AccessControl access) {
    this.api = api;
    this.access = access;
    this.functions = functions;
    this.clock = clock;
  }

  /** A connection that the function let in, before there is a way to the client. */
  public final class Accepted {
    private final String id = newId();
    private final SocketEvents events;
    private final Instant since = clock.instant();

    private Accepted(HttpApiRequest request) {
      events = new SocketEvents(api.id(), api.stage(), id, request, since);
    }

    /** From now on the connection can be sent to. */
    public void open(Line line) {
      connections.put(id, new Open(events, since, line));
    }

    /** The client sent a text; what the function returns goes back to it. */
    public void said(String text) {
      var open = connections.get(id);
      if (open == null || over(open)) {
        return;
      }
      answer(invoke("$default", events.message(text, clock.instant())))
          .ifPresent(open.line()::send);
    }

    /** The connection is closed, by whomever. */
    public void closed(int code, String reason) {
      connections.remove(id);
      invoke("$disconnect", events.disconnect(code, reason, clock.instant()));
    }

    private Optional<String> answer(InvocationResult result) {
      return result instanceof InvocationResult.Returned(var payload)
          ? returned(payload).flatMap(it -> it.text("body"))
          : Optional.of(
              JsonText.write(
                  Json.object().with("message", "Internal server error").with("connectionId", id)));
    }
  }

  /** What became of an attempt to connect. */
  public sealed interface Attempt {
    record Let(Accepted connection) implements Attempt {}

    record Refused(int status) implements Attempt {}
  }

  /** Asks the function whether the request may open a connection. */
  public Attempt connect(HttpApiRequest request) {
    var connection = new Accepted(request);
    var result = invoke("$connect", connection.events.connect(clock.instant()));
    int status =
        result instanceof InvocationResult.Returned(var payload)
            ? returned(payload)
                .flatMap(it -> it.get("statusCode"))
                .map(it -> it instanceof Json.Num(var number) ? number.intValue() : 500)
                .orElse(500)
            : 500;
    return status >= 200 && status < 300
        ? new Attempt.Let(connection)
        : new Attempt.Refused(status);
  }

  /** Sends a text; false when there is no such connection, or none any more. */
  public boolean send(String stage, String id, String text) {
    var open = connections.get(id);
    if (open == null || !stage.equals(api.stage()) || over(open)) {
      return false;
    }
    open.line().send(text);
    return true;
  }

  /** On the stack's clock, which may have been moved. */
  private boolean over(Open open) {
    boolean over = Duration.between(open.since(), clock.instant()).compareTo(LONGEST) > 0;
    if (over) {
      open.line().close(GOING_AWAY, "Going away");
    }
    return over;
  }

  /** The function has to let the API's route call it. */
  private InvocationResult invoke(String key, byte[] event) {
    var route = api.routes().get(key);
    boolean allowed =
        access.allows(
            GATEWAY,
            AccessRequest.Need.of("lambda:InvokeFunction", route.integrationUri())
                .with(
                    "aws:SourceArn",
                    AccountRegion.LOCAL.arn(
                        "execute-api", api.id() + "/" + api.stage() + "/" + key)));
    return allowed
        ? functions.invoke(route.function(), event)
        : new InvocationResult.Failed("AccessDenied", "The function does not let the API call it");
  }

  /** What the template calls it. */
  public String id() {
    return api.id();
  }

  public String stage() {
    return api.stage();
  }

  private static Optional<Json.Obj> returned(byte[] payload) {
    try {
      return JsonText.parse(payload) instanceof Json.Obj object
          ? Optional.of(object)
          : Optional.empty();
    } catch (MalformedJson _) {
      return Optional.empty();
    }
  }

  private static String newId() {
    var bytes = new byte[ID_BYTES];
    ThreadLocalRandom.current().nextBytes(bytes);
    return Base64.getUrlEncoder().encodeToString(bytes);
  }
}
