package dev.carillon.memory.broadcast;

import dev.carillon.broadcast.Broadcast;
import dev.carillon.broadcast.BroadcastProgress;
import dev.carillon.broadcast.Broadcasts;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.memory.NewestFirst;
import dev.carillon.page.Page;
import dev.carillon.page.PageRequest;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Broadcasts in memory. */
public final class InMemoryBroadcasts implements Broadcasts {
  private record Key(EnvironmentId environment, String key) {}

  private record Part(Key broadcast, int sending, int part) {}

  private final Map<Key, Broadcast> broadcasts = new HashMap<>();
  private final Map<Part, BroadcastProgress> parts = new HashMap<>();

  @Override
  public synchronized Optional<Broadcast> find(EnvironmentId environment, String key) {
    return Optional.ofNullable(broadcasts.get(new Key(environment, key)));
  }

  @Override
  public synchronized Page<Broadcast> newestFirst(EnvironmentId environment, PageRequest page) {
    return NewestFirst.page(
        broadcasts.values().stream().filter(it -> it.environment().equals(environment)).toList(),
        Broadcast::position,
        page);
  }

  @Override
  public synchronized boolean save(Broadcast broadcast) {
    var key = new Key(broadcast.environment(), broadcast.key());
    long stored = Optional.ofNullable(broadcasts.get(key)).map(Broadcast::revision).orElse(0L);
    if (stored != broadcast.revision()) {
      return false;
    }
    broadcasts.put(key, broadcast.stored());
    return true;
  }

  @Override
  public synchronized List<BroadcastProgress> progress(
      EnvironmentId environment, String key, int sending) {
    var broadcast = new Key(environment, key);
    return parts.entrySet().stream()
        .filter(it -> it.getKey().broadcast().equals(broadcast))
        .filter(it -> it.getKey().sending() == sending)
        .map(Map.Entry::getValue)
        .sorted(Comparator.comparing(BroadcastProgress::part))
        .toList();
  }

  @Override
  public synchronized boolean note(
      EnvironmentId environment, String key, int sending, BroadcastProgress progress) {
    var part = new Part(new Key(environment, key), sending, progress.part());
    BroadcastProgress before = parts.get(part);
    if (before != null && before.pages() >= progress.pages()) {
      return false;
    }
    parts.put(part, progress);
    return true;
  }
}
