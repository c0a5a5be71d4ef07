package dev.carillon.webhook.stream;

import dev.carillon.json.Json;
import dev.carillon.message.Attempt;
import dev.carillon.message.Message;
import dev.carillon.run.Run;
import dev.carillon.task.WebhooksTask.RunChange;
import dev.carillon.trigger.RunId;
import dev.carillon.trigger.TraceContext;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A part of a trace, as OpenTelemetry's collectors take it: a run, an attempt to hand a message to
 * its provider, or an instant of a message's timeline, such as a click. Made again it is the same.
 *
 * @param id 16 hexadecimal digits; of an attempt that which the provider's request bore
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

  /** The span of a run that ended so; empty when it did not end, or another change tells of it. */
  public static Optional<Span> ofRun(Run run, RunChange change) {
    boolean tells =
        switch (change) {
          case STARTED -> false;
          case COMPLETED -> true;
          case ERROR -> !(run.state() instanceof Run.State.Completed);
        };
    if (!tells) {
      return Optional.empty();
    }
    var attributes = new LinkedHashMap<String, String>();
    attributes.put(PREFIX + "environment", run.environment().value());
    attributes.put(PREFIX + "workflow", run.workflow().value());
    attributes.put(PREFIX + "workflow_run_id", run.trigger().toString());
    attributes.put(PREFIX + "workflow_recipient_run_id", run.id().toString());
    attributes.put(PREFIX + "status", run.status());
    return Optional.of(
        new Span(
            run.trace(),
            idOf(run.id()),
            Optional.empty(),
            "workflow " + run.workflow().value(),
            Kind.INTERNAL,
            new Time(run.insertedAt(), run.updatedAt()),
            attributes,
            run.errors() > 0 ? Optional.of(run.errors() + " errors") : Optional.empty()));
  }

  private static String idOf(RunId run) {
    return TraceContext.span("run", run.toString());
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
        Optional.of(idOf(message.source().run())),
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

  /** A request of OTLP over HTTP, in JSON, with this span alone. */
  public Json.Obj request() {
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
    if (parent.isPresent()) {
      fields = fields.with("parentSpanId", parent.get());
    }
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
                                        .with("spans", Json.array(List.of(fields)))))))));
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
