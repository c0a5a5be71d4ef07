package dev.carillon.storage.dynamo;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Remembers what was read for a few seconds; for values of which there are few. */
public final class Briefly<K, V> {
  private record Held<V>(V value, Instant since) {}

  private final InstantSource clock;
  private final Duration age;
  private final Function<K, V> read;
  private final Map<K, Held<V>> held = new ConcurrentHashMap<>();

  public Briefly(InstantSource clock, Duration age, Function<K, V> read) {
    this.clock = clock;
    this.age = age;
    this.read = read;
  }

  public V get(K key) {
    Instant now = clock.instant();
    Held<V> it = held.get(key);
    // A clock that was set back makes nothing younger.
    if (it == null || now.isBefore(it.since()) || !now.isBefore(it.since().plus(age))) {
      it = new Held<>(read.apply(key), now);
      held.put(key, it);
    }
    return it.value();
  }

  public void forget(K key) {
    held.remove(key);
  }
}
