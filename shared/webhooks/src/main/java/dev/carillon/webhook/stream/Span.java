package dev.carillon.webhook.stream;

import dev.carillon.json.Json;
import dev.carillon.message.Attempt;
import dev.carillon.message.Message;
import dev.carillon.run.Run;
import dev.carillon.run.fetch.FetchTry;
import dev.carillon.task.WebhooksTask.RunChange;
import dev.carillon.trigger.TraceContext;
import dev.carillon.webhook.WebhookAnswer;
import dev.carillon.webhook.WebhookDelivery;
import dev.carillon.webhook.WebhookTry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A part of a trace, as OpenTelemetry's collectors take it: a run, a request of its fetch steps, an
 * attempt to hand a message to its provider, a call of an endpoint, or an instant of a message's
 * timeline, such as a click. Made again it is the same.
 *
 * @param id 16 hexadecimal digits; of a request that which it bore
 * @param parent empty for a run, whose caller's own span is not kept
 * @param attributes ids and names, never content
 * @param error why it did not go well; empty when it did
 */
public record Span(
    TraceContext trace,
    String id,
    Optional<String> parent,
    String name,
    Kind kind,
    Time time,
    Map<String, String> attributes,
    Optional<String> error) {
  private static final String PREFIX = "carillon.";

  /** As OpenTelemetry's conventions for HTTP name it. */
  private static final String STATUS = "http.response.status_code";

  /** By which an attempt ends. */
  private static final Set<String> OUTCOMES =
      Set.of("sent", "delivered", "delivery_attempted", "undelivered", "bounced");

  private static final Set<String> FAILURES =
      Set.of("delivery_attempted", "undelivered", "bounced");

  /** OpenTelemetry's kinds of spans that there are here, and their numbers on the wire. */
  public enum Kind {
    INTERNAL(1),
    CLIENT(3);

    private final int number;

    Kind(int number) {
      this.number = number;
    }
  }

  /** From when to when; an instant begins and ends at once. */
  public record Time(Instant start, Instant end) {
    static Time at(Instant instant) {
      return new Time(instant, instant);
    }
  }

  public Span {
    attributes = Map.copyOf(attributes);
  }

  /**
   * The spans of a run that ended so: itself, and each request of its fetch steps. Empty when it
   * did not end, or another change tells of it.
   */
  public static List<Span> ofRun(Run run, RunChange change) {
    boolean tells =
        switch (change) {
          case STARTED -> false;
          case COMPLETED -> true;
          case ERROR -> !(run.state() instanceof Run.State.Completed);
        };
    if (!tells) {
      return List.of();
    }
    var attributes = attributesOf(run);
    attributes.put(PREFIX + "status", run.status());
    var spans = new ArrayList<Span>();
    spans.add(
        new Span(
            run.trace(),
            TraceContext.spanOf(run.id()),
            Optional.empty(),
            "workflow " + run.workflow().value(),
            Kind.INTERNAL,
            new Time(run.insertedAt(), run.updatedAt()),
            attributes,
            run.errors() > 0 ? Optional.of(run.errors() + " errors") : Optional.empty()));
    FetchTry.in(run).stream().map(it -> ofFetch(run, it)).forEach(spans::add);
    return List.copyOf(spans);
  }

  private static Span ofFetch(Run run, FetchTry made) {
    var attributes = attributesOf(run);
    attributes.put(PREFIX + "step_ref", made.step().value());
    attributes.put(PREFIX + "attempt", Integer.toString(made.attempt()));
    made.method().ifPresent(it -> attributes.put("http.request.method", it));
    made.status().ifPresent(it -> attributes.put(STATUS, it));
    return new Span(
        run.trace(),
        made.span(run.id()),
        Optional.of(TraceContext.spanOf(run.id())),
        "fetch " + made.step().value(),
        Kind.CLIENT,
        new Time(made.at(), made.at().plus(made.took())),
        attributes,
        made.error());
  }

  private static Map<String, String> attributesOf(Run run) {
    var attributes = new LinkedHashMap<String, String>();
    attributes.put(PREFIX + "environment", run.environment().value());
    attributes.put(PREFIX + "workflow", run.workflow().value());
    attributes.put(PREFIX + "workflow_run_id", run.trigger().toString());
    attributes.put(PREFIX + "workflow_recipient_run_id", run.id().toString());
    return attributes;
  }

  /** The span of a call of an endpoint; empty for an event that is of no trace. */
  public static Optional<Span> ofCall(WebhookDelivery delivery, WebhookTry made) {
    var attributes = new LinkedHashMap<String, String>();
    attributes.put(PREFIX + "environment", delivery.event().environment().value());
    attributes.put(PREFIX + "webhook_id", delivery.endpoint().toString());
    attributes.put(PREFIX + "event_id", delivery.event().id());
    attributes.put(PREFIX + "event", delivery.event().type().wireName());
    attributes.put("http.request.method", "POST");
    String answer =
        switch (made.answer()) {
          case WebhookAnswer.Status(var status, var _, var _) -> Integer.toString(status);
          case WebhookAnswer.Silence(var why) -> why.wireName();
        };
    if (made.answer() instanceof WebhookAnswer.Status) {
      attributes.put(STATUS, answer);
    }
    return delivery
        .event()
        .trace()
        .map(
            it ->
                new Span(
                    it.context(),
                    delivery.spanAt(made.at()),
                    it.parent(),
                    "webhook " + delivery.event().type().wireName(),
                    Kind.CLIENT,
                    new Time(made.at(), made.at().plusMillis(made.tookMillis())),
                    attributes,
                    made.answer().succeeded() ? Optional.empty() : Optional.of(answer)));
  }

  /**
   * The span of what stands at that place of the message's timeline: of an attempt's outcome the
   * attempt, else an instant.
   *
   * @param index from 0
   */
  public static Span ofMessage(Message message, int index) {
    Message.Event event = message.events().get(index);
    Optional<Attempt> attempt = attemptOf(message, index);
    var attributes = new LinkedHashMap<String, String>();
    attributes.put(PREFIX + "environment", message.environment().value());
    attributes.put(PREFIX + "workflow", message.source().workflow().value());
    attributes.put(PREFIX + "workflow_run_id", message.source().trigger().toString());
    attributes.put(PREFIX + "workflow_recipient_run_id", message.source().run().toString());
    attributes.put(PREFIX + "message_id", message.id().value());
    attributes.put(PREFIX + "step_ref", message.source().step().value());
    attributes.put(PREFIX + "channel_id", message.channel().toString());
    attributes.put(PREFIX + "channel_type", message.channelType().wireName());
    attributes.put(PREFIX + "event", "message." + event.type());
    attempt.ifPresent(it -> attributes.put(PREFIX + "attempt", Integer.toString(it.number())));
    return new Span(
        message.trace(),
        attempt
            .map(it -> idOf(message, it))
            .orElseGet(
                () -> TraceContext.span("message", message.id().value(), Integer.toString(index))),
        Optional.of(TraceContext.spanOf(message.source().run())),
        attempt
            .map(_ -> "deliver " + message.channelType().wireName())
            .orElse("message." + event.type()),
        attempt.isPresent() ? Kind.CLIENT : Kind.INTERNAL,
        attempt
            .map(it -> new Time(it.at(), it.at().plusMillis(it.tookMillis())))
            .orElseGet(() -> Time.at(event.at())),
        attributes,
        FAILURES.contains(event.type())
            ? Optional.of(event.data().text("failure_reason").orElse(event.type()))
            : Optional.empty());
  }

  /** As requests to endpoints bear it. */
  private static String idOf(Message message, Attempt attempt) {
    int inRound = message.currentAttempts().indexOf(attempt);
    boolean again = message.retries() > 0 && inRound >= 0;
    return TraceContext.span(
        "attempt",
        again ? message.id().value() + "-" + message.retries() : message.id().value(),
        Integer.toString(again ? inRound + 1 : attempt.number()));
  }

  /**
   * The n-th outcome in the timeline is that of the n-th attempt; what is reported later is none.
   */
  private static Optional<Attempt> attemptOf(Message message, int index) {
    List<Message.Event> events = message.events();
    if (!OUTCOMES.contains(events.get(index).type())) {
      return Optional.empty();
    }
    long before =
        events.subList(0, index).stream().filter(it -> OUTCOMES.contains(it.type())).count();
    return before < message.attempts().size()
        ? Optional.of(message.attempts().get((int) before))
        : Optional.empty();
  }

  /**
   * A request of OTLP over HTTP, in JSON.
   *
   * @param spans at least one
   */
  public static Json.Obj request(List<Span> spans) {
    return Json.object()
        .with(
            "resourceSpans",
            Json.array(
                List.of(
                    Json.object()
                        .with(
                            "resource",
                            Json.object()
                                .with("attributes", attributes(Map.of("service.name", "carillon"))))
                        .with(
                            "scopeSpans",
                            Json.array(
                                List.of(
                                    Json.object()
                                        .with("scope", Json.object().with("name", "dev.carillon"))
                                        .with(
                                            "spans",
                                            Json.array(
                                                spans.stream().map(Span::json).toList()))))))));
  }

  private Json json() {
    var fields =
        Json.object()
            .with("traceId", trace.id())
            .with("spanId", id)
            .with("name", name)
            .with("kind", Json.of(kind.number))
            .with("startTimeUnixNano", nanos(time.start()))
            .with("endTimeUnixNano", nanos(time.end()))
            .with("attributes", attributes(attributes))
            .with(
                "status",
                error
                    .map(it -> Json.object().with("code", Json.of(2)).with("message", it))
                    .orElseGet(() -> Json.object().with("code", Json.of(1))));
    return parent.isPresent() ? fields.with("parentSpanId", parent.get()) : fields;
  }

  private static Json attributes(Map<String, String> attributes) {
    return Json.array(
        attributes.entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(
                it ->
                    Json.object()
                        .with("key", it.getKey())
                        .with("value", Json.object().with("stringValue", it.getValue())))
            .toList());
  }

  /** As a text: JSON's numbers are too short for it. */
  private static String nanos(Instant at) {
    return Long.toString(
        Math.addExact(Math.multiplyExact(at.getEpochSecond(), 1_000_000_000L), at.getNano()));
  }
}
