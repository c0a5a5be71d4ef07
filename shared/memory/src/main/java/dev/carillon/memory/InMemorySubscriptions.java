package dev.carillon.memory;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.page.Page;
import dev.carillon.recipient.RecipientId;
import dev.carillon.subscription.Subscription;
import dev.carillon.subscription.Subscriptions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Subscriptions in memory; subscribers are listed by collection and id. */
public final class InMemorySubscriptions implements Subscriptions {
  private static final int PAGE = 100;

  private record Key(EnvironmentId environment, RecipientId object, RecipientId recipient) {}

  private final Map<Key, Subscription> subscriptions = new HashMap<>();

  @Override
  public synchronized Optional<Subscription> find(
      EnvironmentId environment, RecipientId object, RecipientId recipient) {
    return Optional.ofNullable(subscriptions.get(new Key(environment, object, recipient)));
  }

  @Override
  public synchronized void put(EnvironmentId environment, Subscription subscription) {
    subscriptions.put(
        new Key(environment, subscription.object(), subscription.recipient()), subscription);
  }

  @Override
  public synchronized void remove(
      EnvironmentId environment, RecipientId object, RecipientId recipient) {
    subscriptions.remove(new Key(environment, object, recipient));
  }

  @Override
  public synchronized Page<Subscription> of(
      EnvironmentId environment, RecipientId object, Optional<String> cursor) {
    List<Subscription> all =
        subscriptions.entrySet().stream()
            .filter(entry -> entry.getKey().environment().equals(environment))
            .filter(entry -> entry.getKey().object().equals(object))
            .map(Map.Entry::getValue)
            .toList();
    return NewestFirst.ascending(all, InMemorySubscriptions::position, cursor, PAGE);
  }

  /** No id holds a line break. */
  private static String position(Subscription subscription) {
    return subscription.recipient().collection() + "\n" + subscription.recipient().id();
  }
}
