package dev.carillon.storage.cache;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Remembers what was read for a few seconds; for values of which there are few. The tasks of one
 * invocation run side by side: one of them reads, the others wait for it.
 */
public final class TtlCache<K, V> {
  private record Held<V>(V value, Instant since) {}

  private final InstantSource clock;
  private final Duration age;
  private final Function<K, V> read;
  private final Map<K, Held<V>> held = new ConcurrentHashMap<>();
  private final StripedLocks reading = new StripedLocks();

  public TtlCache(InstantSource clock, Duration age, Function<K, V> read) {
    this.clock = clock;
    this.age = age;
    this.read = read;
  }

  public V get(K key) {
    Held<V> known = held.get(key);
    return isFresh(known, clock.instant())
        ? known.value()
        : reading.alone(key, () -> freshened(key));
  }

  private V freshened(K key) {
    Instant now = clock.instant();
    Held<V> known = held.get(key);
    if (isFresh(known, now)) {
      return known.value();
    }
    V value = read.apply(key);
    held.put(key, new Held<>(value, now));
    return value;
  }

  /** A clock that was set back makes nothing younger. */
  private boolean isFresh(Held<V> it, Instant now) {
    return it != null && !now.isBefore(it.since()) && now.isBefore(it.since().plus(age));
  }

  public void forget(K key) {
    held.remove(key);
  }
}
