package dev.carillon.functions.webhooks;

import dev.carillon.task.WebhooksTask;
import dev.carillon.webhook.WebhookDeliveries;
import dev.carillon.webhook.WebhookDelivery;
import dev.carillon.webhook.WebhookEndpoint;
import dev.carillon.webhook.WebhookEndpoints;
import dev.carillon.webhook.WebhookEvent;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Notes in an endpoint's log that something happened which it is to hear of, and offers it for the
 * first time. The line of the log is made before the call, once for each event, and holds the
 * entity as it is sent from then on: a copy of the task finds the line and goes on from there.
 */
final class OfferEvent {
  private final WebhookEndpoints endpoints;
  private final WebhookDeliveries deliveries;
  private final MakeEvent make;
  private final CallEndpoint call;
  private final LookAgain again;
  private final InstantSource clock;

  OfferEvent(
      WebhookEndpoints endpoints,
      WebhookDeliveries deliveries,
      MakeEvent make,
      CallEndpoint call,
      LookAgain again,
      InstantSource clock) {
    this.endpoints = endpoints;
    this.deliveries = deliveries;
    this.make = make;
    this.call = call;
    this.again = again;
    this.clock = clock;
  }

  CallOutcome handle(WebhooksTask.Offer task) {
    Optional<WebhookEndpoint> found = endpoints.find(task.environment(), task.endpoint());
    if (found.isEmpty()) {
      return new CallOutcome.Past();
    }
    WebhookEndpoint endpoint = found.get();
    Optional<WebhookEvent> made = make.make(task.environment(), task.of());
    if (made.isEmpty()) {
      return endpoint.health().keepsLog() ? later(task) : new CallOutcome.Past();
    }
    return endpoint.filter().passes(made.get())
        ? offer(endpoint, made.get())
        : new CallOutcome.Past();
  }

  private CallOutcome offer(WebhookEndpoint endpoint, WebhookEvent event) {
    Instant now = clock.instant();
    WebhookDelivery delivery = WebhookDelivery.of(event, endpoint.id(), now);
    if (endpoint.health().enabled()) {
      deliveries.create(delivery);
    } else if (endpoint.health().keepsLog() && deliveries.create(delivery.dropped(now))) {
      // Nobody calls it; once it is mended, the log says what it missed.
      return new CallOutcome.Past();
    }
    // Of one that is not called, too: the worker that gave it up over this event may have died
    // before that was noted and told.
    return call.handle(CallEndpoint.first(delivery));
  }

  private CallOutcome later(WebhooksTask.Offer task) {
    return again.later(task, task.at()) ? new CallOutcome.Later() : new CallOutcome.Past();
  }
}
