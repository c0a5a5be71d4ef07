package dev.carillon.local.control;

import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.json.text.MalformedJson;
import dev.carillon.local.clock.StackClock;
import dev.carillon.local.engine.Engines;
import dev.carillon.local.http.HttpApiRequest;
import dev.carillon.local.http.HttpApiResponse;
import dev.carillon.local.outbox.MessageContents;
import dev.carillon.local.outbox.Outbox;
import dev.carillon.local.outbox.OutboxPage;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Everything below {@code /_local}: what only a stack on a laptop can do. */
public final class LocalPages {
  /** Where the stream of all events goes, and is listed. */
  public static final String EVENTS = "/_local/events";

  private static final int MOST_EVENTS = 1_000;
  private static final Duration FARTHEST = Duration.ofDays(3660);

  private final Outbox outbox;
  private final MessageContents contents;
  private final TimeControl advance;
  private final Engines engines;
  private final StackClock clock;
  private final LoopbackOrigins origins;
  private final Set<String> scheduleGroups;
  private final Deque<Json> events = new ArrayDeque<>();

  public LocalPages(
      LoopbackOrigins origins,
      Outbox outbox,
      MessageContents contents,
      TimeControl advance,
      Engines engines,
      StackClock clock,
      List<String> scheduleGroups) {
    this.origins = origins;
    this.outbox = outbox;
    this.contents = contents;
    this.advance = advance;
    this.engines = engines;
    this.clock = clock;
    this.scheduleGroups = Set.copyOf(scheduleGroups);
  }

  /** Whether the path is one of ours. */
  public static boolean owns(String path) {
    return path.equals("/_local") || path.startsWith("/_local/");
  }

  public HttpApiResponse answer(HttpApiRequest request) {
    var refusal = origins.refusalOfPages(request);
    if (refusal.isPresent()) {
      return problem(403, refusal.get());
    }
    return switch (request.method() + " " + request.rawPath()) {
      case "GET /_local/outbox", "HEAD /_local/outbox" ->
          HttpApiResponse.html(OutboxPage.of(outbox, contents))
              .with("content-security-policy", OutboxPage.POLICY)
              .with("x-frame-options", "DENY")
              .with("cache-control", "no-store");
      case "GET /_local/outbox.json" ->
          HttpApiResponse.json(200, outbox.json(contents)).with("cache-control", "no-store");
      case "DELETE /_local/outbox", "DELETE /_local/outbox.json" -> {
        outbox.clear();
        yield new HttpApiResponse(204, List.of(), new byte[0]);
      }
      case "POST /_local/advance" -> withBody(request, this::advance);
      case "POST /_local/faults" -> withBody(request, this::faults);
      case "POST /_local/scheduler" -> withBody(request, this::scheduler);
      case "POST " + EVENTS -> withBody(request, this::streamed);
      case "GET " + EVENTS -> HttpApiResponse.json(200, streamed());
      case "DELETE /_local/faults" -> {
        engines.faults().clear();
        yield new HttpApiResponse(204, List.of(), new byte[0]);
      }
      case "GET /_local/stats" -> HttpApiResponse.json(200, engines.stats().json());
      case "GET /_local/access" -> HttpApiResponse.json(200, engines.access().records().json());
      case "GET /_local/health" -> HttpApiResponse.json(200, health());
      default ->
          request.rawPath().startsWith("/_local/sink")
              ? HttpApiResponse.json(200, Json.object())
              : reference(request)
                  .orElseGet(
                      () ->
                          problem(
                              404, "There is no " + request.method() + " " + request.rawPath()));
    };
  }

  private static Optional<HttpApiResponse> reference(HttpApiRequest request) {
    String path = request.rawPath();
    boolean asked = request.method().equals("GET") || request.method().equals("HEAD");
    if (asked && path.equals(ReferencePage.PATH)) {
      return ReferencePage.file("");
    }
    return asked && path.startsWith(ReferencePage.PATH + "/")
        ? ReferencePage.file(path.substring(ReferencePage.PATH.length() + 1))
        : Optional.empty();
  }

  @FunctionalInterface
  private interface Command {
    HttpApiResponse run(Json.Obj body) throws InterruptedException;
  }

  private static HttpApiResponse withBody(HttpApiRequest request, Command command) {
    try {
      return JsonText.parse(request.body()) instanceof Json.Obj body
          ? command.run(body)
          : problem(400, "The body must be a JSON object");
    } catch (MalformedJson | IllegalArgumentException | ArithmeticException | DateTimeException e) {
      return problem(400, e.getMessage());
    } catch (IllegalStateException e) {
      return problem(503, e.getMessage());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return problem(503, "The stack is stopping");
    }
  }

  private HttpApiResponse advance(Json.Obj body) throws InterruptedException {
    var by =
        Duration.parse(
            body.text("by")
                .orElseThrow(
                    () -> new IllegalArgumentException("by must be a duration such as PT2H")));
    if (by.isNegative() || by.compareTo(FARTHEST) > 0) {
      throw new IllegalArgumentException("by must be between PT0S and " + FARTHEST);
    }
    return HttpApiResponse.json(200, Json.object().with("now", advance.by(by).toString()));
  }

  private HttpApiResponse streamed(Json.Obj event) {
    synchronized (events) {
      events.addFirst(event);
      if (events.size() > MOST_EVENTS) {
        events.removeLast();
      }
    }
    return HttpApiResponse.json(200, Json.object());
  }

  /** Newest first. */
  private Json.Obj streamed() {
    synchronized (events) {
      return Json.object().with("events", Json.array(List.copyOf(events)));
    }
  }

  /** Whether schedules go off anywhere within their minute, as in AWS, or at its start. */
  private HttpApiResponse scheduler(Json.Obj body) {
    if (!(body.get("spread").orElse(Json.NULL) instanceof Json.Bool(var spread))) {
      throw new IllegalArgumentException("spread must be true or false");
    }
    engines.schedules().spreadWithinMinute(spread);
    return HttpApiResponse.json(200, Json.object().with("spread", Json.of(spread)));
  }

  private HttpApiResponse faults(Json.Obj body) {
    var times =
        switch (body.get("times").orElse(Json.of(1))) {
          case Json.Num(var value) -> value.intValueExact();
          case Json.Obj _, Json.Arr _, Json.Str _, Json.Bool _, Json.Null _ ->
              throw new IllegalArgumentException("times must be a number");
        };
    var target =
        body.text("target")
            .orElseThrow(() -> new IllegalArgumentException("target must name a service"));
    var kind =
        body.text("kind").orElseThrow(() -> new IllegalArgumentException("kind must be a text"));
    engines.faults().add(target, kind, times);
    return HttpApiResponse.json(
        200, Json.object().with("target", target).with("kind", kind).with("times", Json.of(times)));
  }

  private Json.Obj health() {
    var queues = Json.object();
    for (var entry : engines.queues().depths().entrySet()) {
      queues =
          queues.with(
              entry.getKey(),
              Json.object()
                  .with("visible", Json.of(entry.getValue().visible()))
                  .with("in_flight", Json.of(entry.getValue().inFlight()))
                  .with("delayed", Json.of(entry.getValue().delayed())));
    }
    var schedules = scheduleGroups.stream().mapToInt(engines.schedules()::size).sum();
    return Json.object()
        .with("status", "ok")
        .with("now", clock.instant().toString())
        .with("queues", queues)
        .with("schedules", Json.of(schedules))
        .with("aws_endpoint", engines.endpoint().toString());
  }

  private static HttpApiResponse problem(int status, String message) {
    return HttpApiResponse.json(status, Json.object().with("message", message));
  }
}
