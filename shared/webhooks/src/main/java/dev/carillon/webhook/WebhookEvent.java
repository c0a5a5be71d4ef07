package dev.carillon.webhook;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Something that endpoints may hear of.
 *
 * @param id names the happening: told twice, tried again and replayed it has the same id. Letters,
 *     digits, {@code _} and {@code -}, at most 64: a full stop would end it in what is signed.
 * @param at when it happened
 * @param data the entity that it is of, as the API shows it
 * @param details what the event adds; empty for most
 */
public record WebhookEvent(
    EnvironmentId environment,
    String id,
    WebhookEventType type,
    Instant at,
    WebhookSubject subject,
    Json.Obj data,
    Optional<Json.Obj> details) {
  private static final Pattern ID = Pattern.compile("[0-9A-Za-z_-]{1,64}");

  public WebhookEvent {
    if (!ID.matcher(id).matches()) {
      throw new IllegalArgumentException("Not the id of a webhook event: " + id);
    }
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
