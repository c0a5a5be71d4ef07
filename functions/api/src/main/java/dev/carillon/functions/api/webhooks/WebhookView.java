package dev.carillon.functions.api.webhooks;

import dev.carillon.channel.ChannelId;
import dev.carillon.edge.view.Times;
import dev.carillon.json.Json;
import dev.carillon.recipient.TenantId;
import dev.carillon.webhook.EndpointHealth.State;
import dev.carillon.webhook.WebhookAnswer;
import dev.carillon.webhook.WebhookDelivery;
import dev.carillon.webhook.WebhookEndpoint;
import dev.carillon.webhook.WebhookEventType;
import dev.carillon.webhook.WebhookTry;
import dev.carillon.webhook.signature.WebhookSecret;
import dev.carillon.workflow.WorkflowKey;
import java.time.Instant;
import java.util.Set;
import java.util.function.Function;

/** Webhook endpoints and lines of their logs as responses show them. */
final class WebhookView {
  private WebhookView() {}

  /** Without its secrets. */
  static Json.Obj of(WebhookEndpoint endpoint) {
    Json.Obj shown =
        Json.object()
            .with("__typename", "WebhookEndpoint")
            .with("id", endpoint.id().toString())
            .with("url", endpoint.url())
            .with("event_types", texts(endpoint.filter().types(), WebhookEventType::wireName))
            .with("workflows", texts(endpoint.filter().workflows(), WorkflowKey::value))
            .with("channels", texts(endpoint.filter().channels(), ChannelId::toString))
            .with("tenants", texts(endpoint.filter().tenants(), TenantId::value))
            .with("owner_email", Json.ofNullable(endpoint.contact().owner()))
            .with("enabled", Json.of(endpoint.health().enabled()))
            .with("failing_since", Times.of(endpoint.health().spell().map(spell -> spell.first())))
            .with(
                "previous_secret_until",
                Times.of(endpoint.secrets().retiring().map(it -> it.until())))
            .with("created_at", Times.of(endpoint.insertedAt()));
    return switch (endpoint.health().state()) {
      case State.Enabled() ->
          shown.with("disabled_reason", Json.NULL).with("disabled_at", Json.NULL);
      case State.Disabled(var cause, var at) ->
          shown.with("disabled_reason", cause.wireName()).with("disabled_at", Times.of(at));
    };
  }

  /** With a secret that is shown this once. */
  static Json.Obj of(WebhookEndpoint endpoint, WebhookSecret secret) {
    return of(endpoint).with("secret", secret.reveal());
  }

  private static <T> Json texts(Set<T> values, Function<T, String> text) {
    return Json.texts(values.stream().map(text).sorted().toList());
  }

  /** A line of a log, without what was sent. */
  static Json.Obj of(WebhookDelivery delivery) {
    Json.Obj shown =
        Json.object()
            .with("__typename", "WebhookDelivery")
            .with("id", delivery.event().id())
            .with("webhook_id", delivery.endpoint().toString())
            .with("event_type", delivery.event().type().wireName())
            .with("happened_at", Times.of(delivery.event().at()));
    Json.Obj standing =
        switch (delivery.state()) {
          case WebhookDelivery.State.Pending(var _, var next) ->
              standing(shown, "pending", Times.of(next), Json.NULL);
          case WebhookDelivery.State.Taken(var at) ->
              standing(shown, "delivered", Json.NULL, Times.of(at));
          case WebhookDelivery.State.Dropped(var at) ->
              standing(shown, "failed", Json.NULL, Times.of(at));
        };
    return standing
        .with("attempts", Json.array(delivery.tries().stream().map(WebhookView::of).toList()))
        .with("inserted_at", Times.of(delivery.insertedAt()));
  }

  private static Json.Obj standing(Json.Obj shown, String status, Json next, Json ended) {
    return shown.with("status", status).with("next_attempt_at", next).with("ended_at", ended);
  }

  /** A line of a log with what was sent. */
  static Json.Obj detailed(WebhookDelivery delivery) {
    return of(delivery).with("payload", delivery.event().payload());
  }

  private static Json of(WebhookTry made) {
    Json.Obj shown =
        Json.object()
            .with("url", made.url())
            .with("at", Times.of(made.at()))
            .with("took_ms", Json.of(made.tookMillis()));
    return switch (made.answer()) {
      case WebhookAnswer.Status(var status, var body, var _) ->
          shown.with("status", Json.of(status)).with("body", body).with("error", Json.NULL);
      case WebhookAnswer.Silence(var why) ->
          shown.with("status", Json.NULL).with("body", Json.NULL).with("error", why.wireName());
    };
  }

  /** Where an endpoint stands in the list of them, newest first. */
  static String position(WebhookEndpoint endpoint) {
    Instant at = endpoint.insertedAt();
    return "%d.%09d.%s".formatted(at.getEpochSecond(), at.getNano(), endpoint.id());
  }
}
