package dev.carillon.memory;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.page.Page;
import dev.carillon.page.PageRequest;
import dev.carillon.recipient.RecipientId;
import dev.carillon.subscription.Subscribed;
import dev.carillon.subscription.Subscription;
import dev.carillon.subscription.Subscriptions;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** Subscriptions in memory; subscribers are listed by collection and id. */
public final class InMemorySubscriptions implements Subscriptions {
  private static final int PAGE = 100;

  private record Key(EnvironmentId environment, RecipientId object, RecipientId recipient) {}

  private final Map<Key, Subscribed> subscriptions = new HashMap<>();
  private final InstantSource clock;

  public InMemorySubscriptions(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public synchronized Optional<Subscription> find(
      EnvironmentId environment, RecipientId object, RecipientId recipient) {
    return Optional.ofNullable(subscriptions.get(new Key(environment, object, recipient)))
        .map(Subscribed::subscription);
  }

  @Override
  public synchronized Subscribed put(EnvironmentId environment, Subscription subscription) {
    var now = clock.instant();
    return subscriptions.merge(
        new Key(environment, subscription.object(), subscription.recipient()),
        new Subscribed(subscription, now, now),
        (before, after) -> new Subscribed(subscription, before.insertedAt(), now));
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
        all(environment, key -> key.object().equals(object)).stream()
            .map(Subscribed::subscription)
            .toList();
    return NewestFirst.ascending(all, it -> position(it.recipient()), cursor, PAGE);
  }

  @Override
  public synchronized List<Subscribed> findAll(
      EnvironmentId environment, List<Subscription> pairs) {
    return pairs.stream()
        .map(it -> subscriptions.get(new Key(environment, it.object(), it.recipient())))
        .filter(Objects::nonNull)
        .toList();
  }

  @Override
  public synchronized Page<ListedSubscription> toObject(
      EnvironmentId environment, RecipientId object, PageRequest page) {
    return listed(
        all(environment, key -> key.object().equals(object)),
        it -> position(it.subscription().recipient()),
        page);
  }

  @Override
  public synchronized Page<ListedSubscription> ofRecipient(
      EnvironmentId environment, RecipientId recipient, PageRequest page) {
    return listed(
        all(environment, key -> key.recipient().equals(recipient)),
        it -> position(it.subscription().object()),
        page);
  }

  private List<Subscribed> all(EnvironmentId environment, Predicate<Key> wanted) {
    return subscriptions.entrySet().stream()
        .filter(entry -> entry.getKey().environment().equals(environment))
        .filter(entry -> wanted.test(entry.getKey()))
        .map(Map.Entry::getValue)
        .toList();
  }

  private static Page<ListedSubscription> listed(
      List<Subscribed> all, Function<Subscribed, String> position, PageRequest page) {
    return NewestFirst.page(
        all.stream().map(it -> new ListedSubscription(it, position.apply(it))).toList(),
        ListedSubscription::position,
        page);
  }

  /** No id holds a line break. */
  private static String position(RecipientId id) {
    return id.collection() + "\n" + id.id();
  }
}
