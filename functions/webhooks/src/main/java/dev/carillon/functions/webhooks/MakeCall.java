package dev.carillon.functions.webhooks;

import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.outbound.OutboundRequest;
import dev.carillon.outbound.OutboundResult;
import dev.carillon.task.Tasks;
import dev.carillon.task.WebhooksTask;
import dev.carillon.trigger.TraceContext;
import dev.carillon.webhook.AwsDestination;
import dev.carillon.webhook.WebhookDelivery;
import dev.carillon.webhook.WebhookEndpoint;
import dev.carillon.webhook.WebhookTry;
import dev.carillon.webhook.signature.WebhookSignatures;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Makes the one request of a try, signed and as a span of the event's trace. The collector of
 * traces, where there is one, is told before the try is recorded, and looks for it until it is.
 */
final class MakeCall {
  private final SendWebhook send;
  private final BooleanSupplier tracing;
  private final Tasks tasks;
  private final InstantSource clock;

  /**
   * @param tracing whether the deployment has a collector of traces
   */
  MakeCall(SendWebhook send, BooleanSupplier tracing, Tasks tasks, InstantSource clock) {
    this.send = send;
    this.tracing = tracing;
    this.tasks = tasks;
    this.clock = clock;
  }

  WebhookTry make(WebhookEndpoint endpoint, WebhookDelivery delivery) {
    Instant at = clock.instant();
    byte[] body = body(endpoint.url(), delivery.event().payload());
    OutboundResult result =
        send.send(
            new OutboundRequest(
                "POST", endpoint.url(), headers(endpoint, delivery, at, body), body));
    var made =
        new WebhookTry(
            endpoint.url(),
            at,
            Answers.of(result, at),
            Duration.between(at, clock.instant()).toMillis());
    tell(delivery, made);
    return made;
  }

  private void tell(WebhookDelivery delivery, WebhookTry made) {
    if (tracing.getAsBoolean() && delivery.event().trace().isPresent()) {
      tasks.send(
          new WebhooksTask.TraceCall(
              delivery.event().environment(),
              delivery.endpoint(),
              delivery.event().id(),
              made.at()),
          Duration.ZERO);
    }
  }

  private static Map<String, String> headers(
      WebhookEndpoint endpoint, WebhookDelivery delivery, Instant at, byte[] body) {
    var headers =
        new LinkedHashMap<>(
            WebhookSignatures.headers(delivery.event(), endpoint.secrets(), at, body));
    delivery
        .event()
        .trace()
        .ifPresent(
            it -> headers.put(TraceContext.HEADER, it.context().bearing(delivery.spanAt(at))));
    return headers;
  }

  /**
   * Queues refuse some characters that JSON may hold; escaped, all pass. What AWS has no room for
   * it would refuse as often as it comes: a message that is too large is told of without its data,
   * as in the stream of all events.
   */
  static byte[] body(String url, Json.Obj payload) {
    Optional<AwsDestination> destination = AwsDestination.parse(url);
    if (destination.isEmpty()) {
      return JsonText.bytes(payload);
    }
    byte[] whole = escaped(payload);
    return whole.length <= destination.get().kind().mostBytes()
        ? whole
        : escaped(withoutData(payload));
  }

  private static byte[] escaped(Json.Obj payload) {
    return JsonText.queueBody(payload).getBytes(StandardCharsets.US_ASCII);
  }

  private static Json.Obj withoutData(Json.Obj payload) {
    Json.Obj entity = payload.object("data");
    return entity.get("data").isPresent()
        ? payload.with("data", entity.with("data", Json.NULL))
        : payload;
  }
}
