package dev.carillon.memory.outgoing;

import dev.carillon.endpoint.WebhookEndpointId;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.id.Digest;
import dev.carillon.webhook.WebhookEndpoint;
import dev.carillon.webhook.WebhookEndpoints;
import dev.carillon.webhook.WebhookHearing;
import dev.carillon.webhook.signature.WebhookSecret;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Webhook endpoints in memory. */
public final class InMemoryWebhookEndpoints implements WebhookEndpoints {
  private record Key(EnvironmentId environment, WebhookEndpointId id) {}

  private final Map<Key, WebhookEndpoint> endpoints = new HashMap<>();
  private int secrets;
  private Optional<String> stream = Optional.empty();
  private Optional<String> collector = Optional.empty();

  /** From now on every event goes there too. */
  public synchronized void streamTo(String destination) {
    stream = Optional.of(destination);
  }

  /** From now on spans go there. */
  public synchronized void traceTo(String destination) {
    collector = Optional.of(destination);
  }

  /** Where spans go. */
  public synchronized Optional<String> collector() {
    return collector;
  }

  /** Where every event goes. */
  public synchronized Optional<String> stream() {
    return stream;
  }

  @Override
  public synchronized Optional<WebhookEndpoint> find(
      EnvironmentId environment, WebhookEndpointId id) {
    return Optional.ofNullable(endpoints.get(new Key(environment, id)));
  }

  @Override
  public synchronized List<WebhookEndpoint> all(EnvironmentId environment) {
    return endpoints.values().stream()
        .filter(it -> it.environment().equals(environment))
        .sorted(
            Comparator.comparing(WebhookEndpoint::insertedAt)
                .thenComparing(it -> it.id().toString()))
        .toList();
  }

  @Override
  public List<WebhookHearing> hearing(EnvironmentId environment) {
    return all(environment).stream().map(WebhookEndpoint::hearing).toList();
  }

  @Override
  public synchronized boolean save(WebhookEndpoint endpoint) {
    var key = new Key(endpoint.environment(), endpoint.id());
    long revision =
        Optional.ofNullable(endpoints.get(key)).map(WebhookEndpoint::revision).orElse(0L);
    if (revision != endpoint.revision()) {
      return false;
    }
    endpoints.put(key, endpoint.stored());
    return true;
  }

  /** The first, the second and so on: tests can tell them. */
  @Override
  public synchronized WebhookSecret freshSecret() {
    secrets++;
    return WebhookSecret.of(Digest.of("webhook secret", Integer.toString(secrets)).first(32));
  }

  @Override
  public synchronized void delete(EnvironmentId environment, WebhookEndpointId id) {
    endpoints.remove(new Key(environment, id));
  }
}
