package dev.carillon.functions.webhooks;

import dev.carillon.runtime.Log;
import dev.carillon.task.Task;
import dev.carillon.task.Tasks;
import dev.carillon.webhook.EndpointHealth;
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

/**
 * Tells that an endpoint was given up: the environment's other endpoints by an event, its owner by
 * mail, those who run the deployment by a line of the log, which has an alarm.
 */
final class TellOfDisabling {
  private final WebhookEndpoints endpoints;
  private final WebhookDeliveries deliveries;
  private final Tasks tasks;
  private final MailOwner mail;
  private final InstantSource clock;
  private final Log log;

  TellOfDisabling(
      WebhookEndpoints endpoints,
      WebhookDeliveries deliveries,
      Tasks tasks,
      MailOwner mail,
      InstantSource clock,
      Log log) {
    this.endpoints = endpoints;
    this.deliveries = deliveries;
    this.tasks = tasks;
    this.mail = mail;
    this.clock = clock;
    this.log = log;
  }

  /** For the one whose write gave it up: the line of the log is once for each time. */
  void givenUp(WebhookEndpoint endpoint) {
    switch (endpoint.health().state()) {
      case EndpointHealth.State.Enabled() -> {}
      case EndpointHealth.State.Disabled(var cause, var _) ->
          log.decision(
              "webhook.disabled",
              "environment",
              endpoint.environment().value(),
              "webhook",
              endpoint.id(),
              "reason",
              cause.wireName());
    }
    tell(endpoint);
  }

  /** The other endpoints and the owner; safe to repeat, the event and the mail are the same. */
  void tell(WebhookEndpoint disabled) {
    mail.mail(disabled);
    tellOthers(disabled);
  }

  private void tellOthers(WebhookEndpoint disabled) {
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
