package dev.carillon.memory.waiting;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.memory.NewestFirst;
import dev.carillon.page.Page;
import dev.carillon.timer.Timer;
import dev.carillon.timer.Timers;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** What waits, in memory. */
public final class InMemoryTimers implements Timers {
  private static final int PAGE = 100;
  private static final Comparator<Part> BY_PLACE =
      Comparator.comparingLong(Part::minute).thenComparingInt(Part::shard);

  private record Key(long minute, int shard, String item) {}

  private final Map<Key, Timer> items = new HashMap<>();

  /** No earlier build listed anything here. */
  private long notedTo = Long.MAX_VALUE;

  private OptionalLong watermark = OptionalLong.empty();

  @Override
  public synchronized void put(Timer item) {
    items.merge(
        key(item),
        item,
        (before, after) -> before.generation() > after.generation() ? before : after);
  }

  @Override
  public synchronized void remove(Timer item) {
    items.computeIfPresent(
        key(item), (_, listed) -> listed.generation() > item.generation() ? listed : null);
  }

  @Override
  public synchronized Page<Timer> page(long minute, int shard, Optional<String> cursor) {
    List<Timer> all =
        items.entrySet().stream()
            .filter(entry -> entry.getKey().minute() == minute)
            .filter(entry -> entry.getKey().shard() == shard)
            .map(Map.Entry::getValue)
            .toList();
    return NewestFirst.ascending(all, item -> key(item).item(), cursor, PAGE);
  }

  @Override
  public synchronized List<Timer> of(
      EnvironmentId environment, long minute, int shard, Optional<String> after, int size) {
    return items.values().stream()
        .filter(item -> item.minute() == minute && item.shard() == shard)
        .filter(item -> item.environment().equals(environment))
        .filter(item -> after.map(name -> item.name().compareTo(name) > 0).orElse(true))
        .sorted(Comparator.comparing(Timer::name))
        .limit(size)
        .toList();
  }

  @Override
  public synchronized boolean lists(Timer item) {
    Timer listed = items.get(key(item));
    return listed != null && listed.generation() >= item.generation();
  }

  @Override
  public synchronized List<Long> minutes(long first, long last, int most) {
    return items.keySet().stream()
        .map(Key::minute)
        .filter(minute -> minute >= first && minute <= last)
        .distinct()
        .sorted()
        .limit(most)
        .toList();
  }

  @Override
  public synchronized List<Part> parts(EnvironmentId environment, Part first, long last, int most) {
    return items.values().stream()
        .filter(item -> item.environment().equals(environment))
        .map(item -> new Part(item.minute(), item.shard()))
        .filter(part -> BY_PLACE.compare(part, first) >= 0 && part.minute() <= last)
        .distinct()
        .sorted(BY_PLACE)
        .limit(most)
        .toList();
  }

  /** Here the parts are those of what is listed. */
  @Override
  public void note(Timer listed) {}

  @Override
  public synchronized OptionalLong notedTo() {
    return OptionalLong.of(notedTo);
  }

  @Override
  public synchronized void raiseNotedTo(long minute) {
    notedTo = Math.max(notedTo, minute);
  }

  @Override
  public synchronized OptionalLong watermark() {
    return watermark;
  }

  @Override
  public synchronized void raiseWatermark(long minute) {
    if (watermark.isEmpty() || watermark.getAsLong() < minute) {
      watermark = OptionalLong.of(minute);
    }
  }

  /** Everything that is listed, in no particular order. */
  public synchronized List<Timer> all() {
    return List.copyOf(items.values());
  }

  private static Key key(Timer item) {
    return new Key(item.minute(), item.shard(), item.environment().value() + "#" + item.name());
  }
}
