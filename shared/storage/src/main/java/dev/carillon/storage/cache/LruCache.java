package dev.carillon.storage.cache;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * What was used last, up to a weight. The one used last of all stays whatever it weighs: a thousand
 * tasks in a row may want it. Of those that run side by side one reads it, the others wait for it.
 */
public final class LruCache<K, V> {
  /**
   * @param weight in any unit, the same for all
   */
  public record Weighed<V>(V value, long weight) {}

  private final long most;
  private final Map<K, Weighed<V>> held = new LinkedHashMap<>(16, 0.75f, true);
  private final StripedLocks reading = new StripedLocks();
  private long weight;

  public LruCache(long most) {
    this.most = most;
  }

  public synchronized Optional<V> get(K key) {
    return Optional.ofNullable(held.get(key)).map(Weighed::value);
  }

  /**
   * @param good whether what is held will do
   * @param read what to hold otherwise; not held when there is nothing
   */
  public Optional<V> get(K key, Predicate<V> good, Supplier<Optional<Weighed<V>>> read) {
    Optional<V> known = get(key).filter(good);
    if (known.isPresent()) {
      return known;
    }
    return reading.alone(key, () -> get(key).filter(good).or(() -> held(key, read.get())));
  }

  private Optional<V> held(K key, Optional<Weighed<V>> found) {
    found.ifPresent(it -> put(key, it.value(), it.weight()));
    return found.map(Weighed::value);
  }

  public synchronized void put(K key, V value, long itsWeight) {
    var before = held.put(key, new Weighed<>(value, itsWeight));
    weight += itsWeight - (before == null ? 0 : before.weight());
    Iterator<Weighed<V>> oldest = held.values().iterator();
    while (weight > most && held.size() > 1) {
      weight -= oldest.next().weight();
      oldest.remove();
    }
  }
}
