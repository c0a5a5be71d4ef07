package dev.carillon.functions.api.webhooks;

import dev.carillon.edge.route.Operations;
import dev.carillon.runtime.Ports;

/** What is answered about webhook endpoints and what was told to them. */
public final class WebhookRoutes {
  public static final Operations<Ports> ALL =
      Operations.all(
          Operations.of(
              WebhookCalls.OPERATIONS,
              ports ->
                  new WebhookCalls(
                      ports.webhookEndpoints(),
                      ports.webhookDestinations(),
                      ports.channels(),
                      ports.clock())),
          Operations.of(
              WebhookLogCalls.OPERATIONS,
              ports ->
                  new WebhookLogCalls(
                      ports.webhookEndpoints(),
                      ports.webhookDeliveries(),
                      ports.tasks(),
                      ports.clock())));

  private WebhookRoutes() {}
}
