package dev.carillon.memory.recipient;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.memory.NewestFirst;
import dev.carillon.page.Page;
import dev.carillon.page.PageRequest;
import dev.carillon.recipient.RecipientId;
import dev.carillon.subscription.Subscribed;
import dev.carillon.subscription.Subscription;
import dev.carillon.subscription.Subscriptions;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** Subscriptions in memory; subscribers are listed by collection and id. */
public final class InMemorySubscriptions implements Subscriptions {
  /** Between where a part begins and where it ends; no position holds two line breaks. */
  private static final String UP_TO = "\n\n";

  private record Key(EnvironmentId environment, RecipientId object, RecipientId recipient) {}

  private final Map<Key, Subscribed> subscriptions = new HashMap<>();
  private final InstantSource clock;
  private int pageSize = 100;

  public InMemorySubscriptions(InstantSource clock) {
    this.clock = clock;
  }

  /** Gives pages of so many subscribers: a small object is gone through as a large one is. */
  public synchronized void pagesOf(int subscribers) {
    pageSize = subscribers;
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
    Stretch stretch = cursor.map(Stretch::of).orElse(Stretch.ALL);
    List<Subscription> within = within(environment, object, stretch);
    Page<Subscription> page =
        NewestFirst.ascending(within, it -> position(it.recipient()), Optional.empty(), pageSize);
    return new Page<>(page.items(), page.next().map(it -> stretch.from(it).cursor()));
  }

  /** What lies behind a position, up to another, which it includes. */
  private record Stretch(String after, Optional<String> end) {
    static final Stretch ALL = new Stretch("", Optional.empty());

    static Stretch of(String cursor) {
      int at = cursor.indexOf(UP_TO);
      return at < 0
          ? new Stretch(cursor, Optional.empty())
          : new Stretch(
              cursor.substring(0, at), Optional.of(cursor.substring(at + UP_TO.length())));
    }

    Stretch from(String position) {
      return new Stretch(position, end);
    }

    String cursor() {
      return after + end.map(it -> UP_TO + it).orElse("");
    }

    boolean holds(String position) {
      return position.compareTo(after) > 0
          && end.map(it -> position.compareTo(it) <= 0).orElse(true);
    }
  }

  private List<Subscription> within(
      EnvironmentId environment, RecipientId object, Stretch stretch) {
    return all(environment, key -> key.object().equals(object)).stream()
        .map(Subscribed::subscription)
        .filter(it -> stretch.holds(position(it.recipient())))
        .toList();
  }

  @Override
  public synchronized List<String> split(
      EnvironmentId environment, RecipientId object, String cursor) {
    Stretch whole = Stretch.of(cursor);
    List<String> positions =
        within(environment, object, whole).stream()
            .map(it -> position(it.recipient()))
            .sorted()
            .toList();
    int pieces = Math.clamp(positions.size(), 1, PIECES);
    var split = new ArrayList<String>();
    String after = whole.after();
    for (int piece = 1; piece < pieces; piece++) {
      String end = positions.get(positions.size() * piece / pieces - 1);
      split.add(new Stretch(after, Optional.of(end)).cursor());
      after = end;
    }
    split.add(whole.from(after).cursor());
    return split;
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
