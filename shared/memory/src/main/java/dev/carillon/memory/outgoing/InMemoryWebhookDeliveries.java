package dev.carillon.memory.outgoing;

import dev.carillon.endpoint.WebhookEndpointId;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.memory.NewestFirst;
import dev.carillon.page.Page;
import dev.carillon.page.PageRequest;
import dev.carillon.page.TimeRange;
import dev.carillon.webhook.WebhookDeliveries;
import dev.carillon.webhook.WebhookDelivery;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** The logs of webhook endpoints in memory, kept for good. */
public final class InMemoryWebhookDeliveries implements WebhookDeliveries {
  private record Key(EnvironmentId environment, WebhookEndpointId endpoint, String event) {}

  private final Map<Key, WebhookDelivery> deliveries = new HashMap<>();

  private static Key key(WebhookDelivery delivery) {
    return new Key(delivery.event().environment(), delivery.endpoint(), delivery.event().id());
  }

  @Override
  public synchronized boolean create(WebhookDelivery delivery) {
    return deliveries.putIfAbsent(key(delivery), delivery.stored()) == null;
  }

  @Override
  public synchronized Optional<WebhookDelivery> find(
      EnvironmentId environment, WebhookEndpointId endpoint, String event) {
    return Optional.ofNullable(deliveries.get(new Key(environment, endpoint, event)));
  }

  @Override
  public synchronized boolean save(WebhookDelivery delivery) {
    WebhookDelivery before = deliveries.get(key(delivery));
    if (before == null || before.revision() != delivery.revision()) {
      return false;
    }
    deliveries.put(key(delivery), delivery.stored());
    return true;
  }

  @Override
  public synchronized void delete(
      EnvironmentId environment, WebhookEndpointId endpoint, String event) {
    deliveries.remove(new Key(environment, endpoint, event));
  }

  @Override
  public synchronized Page<WebhookDelivery> newestFirst(
      EnvironmentId environment,
      WebhookEndpointId endpoint,
      TimeRange range,
      Predicate<WebhookDelivery> wanted,
      PageRequest page) {
    return NewestFirst.page(
        deliveries.values().stream()
            .filter(it -> it.event().environment().equals(environment))
            .filter(it -> it.endpoint().equals(endpoint))
            .filter(it -> range.contains(it.event().at()))
            .filter(wanted)
            .toList(),
        WebhookDelivery::position,
        page);
  }
}
