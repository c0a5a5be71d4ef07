package dev.carillon.local.outbox;

import dev.carillon.json.Json;
import java.time.Instant;
import java.util.Optional;

/**
 * One message that reached its recipient.
 *
 * @param at on the stack's clock
 * @param channelType email, in_app_feed, sms, push, chat or http
 * @param messageId Carillon's own id of the message; the provider's when the sender gave none
 * @param headers name to value
 * @param request what a provider or a webhook's receiver got: method, url, headers, body
 * @param complete false for a message whose content has not been read yet
 */
record OutboxEntry(
    Instant at,
    String channelType,
    String provider,
    String messageId,
    Optional<String> to,
    Optional<String> from,
    Optional<String> subject,
    Optional<String> html,
    Optional<String> text,
    Json.Obj headers,
    Optional<Json.Obj> request,
    boolean complete) {

  Json.Obj json() {
    return Json.object()
        .with("at", at.toString())
        .with("channel_type", channelType)
        .with("provider", provider)
        .with("message_id", messageId)
        .with("to", Json.ofNullable(to))
        .with("from", Json.ofNullable(from))
        .with("subject", Json.ofNullable(subject))
        .with("html", Json.ofNullable(html))
        .with("text", Json.ofNullable(text))
        .with("headers", headers)
        .with("request", request.<Json>map(r -> r).orElse(Json.NULL));
  }

  static OutboxEntry of(Json.Obj json, boolean complete) {
    return new OutboxEntry(
        Instant.parse(json.text("at").orElseThrow()),
        json.text("channel_type").orElse(""),
        json.text("provider").orElse(""),
        json.text("message_id").orElse(""),
        json.text("to"),
        json.text("from"),
        json.text("subject"),
        json.text("html"),
        json.text("text"),
        json.object("headers"),
        json.get("request").filter(Json.Obj.class::isInstance).map(Json.Obj.class::cast),
        complete);
  }
}
