package dev.carillon.memory.outgoing;

import dev.carillon.tracking.TrackedLink;
import dev.carillon.tracking.link.ShortKey;
import dev.carillon.tracking.link.ShortLinks;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Short links in memory. */
public final class InMemoryShortLinks implements ShortLinks {
  private final Map<ShortKey, TrackedLink> links = new HashMap<>();

  @Override
  public synchronized boolean put(ShortKey key, TrackedLink link) {
    return links.computeIfAbsent(key, _ -> link).equals(link);
  }

  @Override
  public synchronized Optional<TrackedLink> find(ShortKey key) {
    return Optional.ofNullable(links.get(key));
  }
}
