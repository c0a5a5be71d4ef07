package dev.carillon.storage.dynamo;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What was used last, up to a weight. The one used last of all stays whatever it weighs: a thousand
 * tasks in a row may want it.
 */
final class Recent<K, V> {
  private record Held<V>(V value, long weight) {}

  private final long most;
  private final Map<K, Held<V>> held = new LinkedHashMap<>(16, 0.75f, true);
  private long weight;

  Recent(long most) {
    this.most = most;
  }

  synchronized Optional<V> get(K key) {
    return Optional.ofNullable(held.get(key)).map(Held::value);
  }

  synchronized void put(K key, V value, long itsWeight) {
    var before = held.put(key, new Held<>(value, itsWeight));
    weight += itsWeight - (before == null ? 0 : before.weight());
    Iterator<Held<V>> oldest = held.values().iterator();
    while (weight > most && held.size() > 1) {
      weight -= oldest.next().weight();
      oldest.remove();
    }
  }
}
