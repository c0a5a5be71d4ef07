package dev.carillon.functions.fanout.erase;

import dev.carillon.endpoint.WebhookEndpointId;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;
import dev.carillon.message.Message;
import dev.carillon.message.MessageId;
import dev.carillon.message.Messages;
import dev.carillon.webhook.WebhookDeliveries;
import dev.carillon.webhook.WebhookEndpoints;
import dev.carillon.webhook.WebhookEvents;
import dev.carillon.webhook.WebhookHearing;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Removes from the logs of webhook endpoints what they were told of a message: it shows whom the
 * message went to. The ids of those events follow from the message's timeline. Costs a read where
 * an environment has no endpoints, otherwise a delete for each event and endpoint besides.
 */
final class EraseWebhookLogs {
  private final Messages messages;
  private final WebhookEndpoints endpoints;
  private final WebhookDeliveries deliveries;

  EraseWebhookLogs(Messages messages, WebhookEndpoints endpoints, WebhookDeliveries deliveries) {
    this.messages = messages;
    this.endpoints = endpoints;
    this.deliveries = deliveries;
  }

  void ofMessage(EnvironmentId environment, MessageId id) {
    List<WebhookEndpointId> told =
        endpoints.hearing(environment).stream().map(WebhookHearing::id).toList();
    if (!told.isEmpty()) {
      messages.find(environment, id).ifPresent(message -> erase(message, told));
    }
  }

  private void erase(Message message, List<WebhookEndpointId> told) {
    IntStream.range(0, message.events().size())
        .mapToObj(index -> WebhookEvents.ofMessage(message, index, Json.Obj.EMPTY))
        .flatMap(Optional::stream)
        .forEach(
            event ->
                told.forEach(
                    endpoint -> deliveries.delete(message.environment(), endpoint, event.id())));
  }
}
