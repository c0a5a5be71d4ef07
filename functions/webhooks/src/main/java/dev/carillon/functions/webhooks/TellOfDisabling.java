package dev.carillon.functions.webhooks;

import dev.carillon.task.Task;
import dev.carillon.task.Tasks;
import dev.carillon.webhook.WebhookDeliveries;
import dev.carillon.webhook.WebhookDelivery;
import dev.carillon.webhook.WebhookEndpoint;
import dev.carillon.webhook.WebhookEndpoints;
import dev.carillon.webhook.WebhookEvent;
import dev.carillon.webhook.WebhookEvents;
import dev.carillon.webhook.WebhookHearing;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Tells an environment's other endpoints that one was given up. */
final class TellOfDisabling {
  private final WebhookEndpoints endpoints;
  private final WebhookDeliveries deliveries;
  private final Tasks tasks;
  private final InstantSource clock;

  TellOfDisabling(
      WebhookEndpoints endpoints, WebhookDeliveries deliveries, Tasks tasks, InstantSource clock) {
    this.endpoints = endpoints;
    this.deliveries = deliveries;
    this.tasks = tasks;
    this.clock = clock;
  }

  /** The other endpoints only; safe to repeat, the event is the same. */
  void tell(WebhookEndpoint disabled) {
    Optional<WebhookEvent> event = WebhookEvents.disabled(disabled);
    if (event.isEmpty()) {
      return;
    }
    Instant now = clock.instant();
    List<Tasks.Sending> owed =
        endpoints.hearing(disabled.environment()).stream()
            .filter(it -> !it.id().equals(disabled.id()))
            .filter(it -> it.concerns(event.get().type(), event.get().subject()))
            .map(it -> noted(event.get(), it, now))
            .map(task -> new Tasks.Sending(task, Duration.ZERO))
            .toList();
    if (!owed.isEmpty()) {
      tasks.send(owed);
    }
  }

  private Task noted(WebhookEvent event, WebhookHearing hearing, Instant now) {
    WebhookDelivery delivery = WebhookDelivery.of(event, hearing.id(), now);
    deliveries.create(delivery);
    return CallEndpoint.first(delivery);
  }
}
