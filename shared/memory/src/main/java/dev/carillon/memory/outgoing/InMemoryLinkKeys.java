package dev.carillon.memory.outgoing;

import dev.carillon.tracking.link.KeepLinkKeys;
import dev.carillon.tracking.link.KeyRing;
import dev.carillon.tracking.link.LinkKey;
import dev.carillon.tracking.link.LinkKeys;
import java.util.Optional;

/** The keys of links in memory: none until one is put. */
public final class InMemoryLinkKeys implements LinkKeys, KeepLinkKeys {
  private Optional<KeyRing> stored = Optional.empty();

  @Override
  public synchronized Optional<KeyRing> ring() {
    return stored;
  }

  @Override
  public synchronized boolean put(KeyRing next) {
    if (stored.flatMap(ring -> ring.find(next.current().id())).isPresent()) {
      return false;
    }
    stored = Optional.of(next);
    return true;
  }

  @Override
  public synchronized boolean any() {
    return stored.isPresent();
  }

  @Override
  public synchronized LinkKey current() {
    return stored.orElseThrow(() -> new IllegalStateException("There is no link key")).current();
  }

  @Override
  public synchronized Optional<LinkKey> find(int id) {
    return stored.flatMap(ring -> ring.find(id));
  }
}
