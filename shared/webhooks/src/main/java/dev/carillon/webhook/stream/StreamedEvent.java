package dev.carillon.webhook.stream;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;
import dev.carillon.json.JsonLiteral;
import dev.carillon.message.Message;
import dev.carillon.trigger.TraceContext;
import dev.carillon.webhook.WebhookEvent;
import dev.carillon.webhook.WebhookEventType;
import dev.carillon.webhook.WebhookEvents;
import dev.carillon.webhook.WebhookTrace;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * An event in the stream of all events: whatever happens in the timeline of a message, also what
 * webhooks do not hear of, and what becomes of runs. {@code stream-event.schema.json} beside this
 * class says how it looks.
 *
 * @param trace the trace that it is part of
 * @param id the same however often it comes, and that of the webhooks' event of the same happening
 */
public record StreamedEvent(
    EnvironmentId environment,
    String id,
    String type,
    Instant at,
    Json.Obj data,
    Optional<Json.Obj> details,
    Optional<TraceContext> trace) {
  /**
   * Bytes of a message's data that are streamed with it; an entry of EventBridge has room for 256
   * KB in all.
   */
  static final int MOST_DATA = 100 * 1024;

  /**
   * @param index the place of the event in the timeline, from 0
   * @param shown the message as the API shows it
   */
  public static StreamedEvent ofMessage(Message message, int index, Json.Obj shown) {
    Message.Event event = message.events().get(index);
    return new StreamedEvent(
        message.environment(),
        WebhookEvents.idOf(message, index),
        "message." + event.type(),
        event.at(),
        shown,
        WebhookEventType.ofMessageEvent(event.type())
            .flatMap(type -> WebhookEvents.details(type, event.data())),
        Optional.of(message.trace()));
  }

  public static StreamedEvent of(WebhookEvent event) {
    return new StreamedEvent(
        event.environment(),
        event.id(),
        event.type().wireName(),
        event.at(),
        event.data(),
        event.details(),
        event.trace().map(WebhookTrace::context));
  }

  /** What is written. Data of a message that have no room are null. */
  public Json.Obj payload() {
    boolean fits =
        JsonLiteral.write(data.object("data")).getBytes(StandardCharsets.UTF_8).length <= MOST_DATA;
    return Json.object()
        .with("id", id)
        .with("environment_id", environment.value())
        .with("__typename", "Event")
        .with("type", type)
        .with("trace_id", trace.<Json>map(it -> Json.of(it.id())).orElse(Json.NULL))
        .with("created_at", at.truncatedTo(ChronoUnit.MICROS).toString())
        .with("data", fits ? data : data.with("data", Json.NULL))
        .with(
            "event_data",
            details
                .<Json>map(it -> Json.object().with("__typename", "EventData").merged(it))
                .orElse(Json.NULL));
  }
}
