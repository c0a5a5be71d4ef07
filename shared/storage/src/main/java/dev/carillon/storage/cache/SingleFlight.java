package dev.carillon.storage.cache;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Reads once for all who ask at the same time, and remembers nothing. Who asks while a read is
 * under way waits for the next, which begins after the question: nobody is told what held before.
 */
public final class SingleFlight<K, V> {
  /** A read that is to come, or came, for all who joined before it began. */
  private static final class Turn<V> {
    private V value;
    private boolean over;
  }

  private final Function<K, V> read;
  private final Map<K, Turn<V>> next = new ConcurrentHashMap<>();
  private final StripedLocks reading = new StripedLocks();

  public SingleFlight(Function<K, V> read) {
    this.read = read;
  }

  /** When a read fails, each of those who wait for it tries itself. */
  public V get(K key) {
    Turn<V> turn = next.computeIfAbsent(key, _ -> new Turn<>());
    return reading.alone(
        key,
        () -> {
          if (!turn.over) {
            next.remove(key, turn);
            turn.value = read.apply(key);
            turn.over = true;
          }
          return turn.value;
        });
  }
}
