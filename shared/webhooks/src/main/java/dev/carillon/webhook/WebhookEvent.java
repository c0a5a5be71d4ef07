package dev.carillon.webhook;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.id.Digest;
import dev.carillon.id.Ksuid;
import dev.carillon.json.Json;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Something that endpoints may hear of.
 *
 * @param id names the happening: told twice, tried again and replayed it has the same id: {@code
 *     evt_} and a KSUID of its second, so ids sort by age. No full stop: it would end the id in
 *     what is signed.
 * @param at when it happened
 * @param data the entity that it is of, as the API shows it
 * @param details what the event adds; empty for most
 * @param trace the trace that it is part of; empty for what comes of no trigger
 */
public record WebhookEvent(
    EnvironmentId environment,
    String id,
    WebhookEventType type,
    Instant at,
    WebhookSubject subject,
    Json.Obj data,
    Optional<Json.Obj> details,
    Optional<WebhookTrace> trace) {
  private static final String PREFIX = "evt_";

  /** Of what comes of no trigger. */
  public WebhookEvent(
      EnvironmentId environment,
      String id,
      WebhookEventType type,
      Instant at,
      WebhookSubject subject,
      Json.Obj data,
      Optional<Json.Obj> details) {
    this(environment, id, type, at, subject, data, details, Optional.empty());
  }

  public WebhookEvent {
    if (!isId(id)) {
      throw new IllegalArgumentException("Not the id of a webhook event: " + id);
    }
  }

  /** The id of what happened then, made of the names of what it was. */
  public static String id(Instant at, Digest digest) {
    return PREFIX + Ksuid.of(at, digest);
  }

  public static boolean isId(String text) {
    return text.startsWith(PREFIX) && Ksuid.isValid(text.substring(PREFIX.length()));
  }

  /** The second in which an event of that id happened. */
  public static Instant second(String id) {
    return Ksuid.time(id.substring(PREFIX.length()));
  }

  /** 0 to 15, spread evenly: which of the parts of an hour holds the event. */
  public static int shard(String id) {
    return Ksuid.lastByte(id.substring(PREFIX.length())) & 0xF;
  }

  /**
   * What is sent, the same at every try: {@code {"__typename": "Event", "type", "created_at",
   * "data", "event_data": {"__typename": "EventData", …} | null}}.
   */
  public Json.Obj payload() {
    return Json.object()
        .with("__typename", "Event")
        .with("type", type.wireName())
        .with("created_at", at.truncatedTo(ChronoUnit.MICROS).toString())
        .with("data", data)
        .with(
            "event_data",
            details
                .<Json>map(it -> Json.object().with("__typename", "EventData").merged(it))
                .orElse(Json.NULL));
  }
}
