package dev.carillon.memory.outgoing;

import dev.carillon.socket.Announcement;
import dev.carillon.socket.Connection;
import dev.carillon.socket.ConnectionId;
import dev.carillon.socket.Connections;
import dev.carillon.socket.WatchedFeed;
import dev.carillon.socket.Watcher;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Connections in memory. */
public final class InMemoryConnections implements Connections {
  private record Watching(WatchedFeed feed, ConnectionId connection) {}

  private final Map<ConnectionId, Connection> open = new HashMap<>();
  private final Map<ConnectionId, Set<WatchedFeed>> watched = new HashMap<>();
  private final Map<Watching, Watcher> watching = new LinkedHashMap<>();
  private final Map<WatchedFeed, Announcement> announced = new HashMap<>();
  private final InstantSource clock;

  public InMemoryConnections(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public synchronized void open(Connection connection) {
    open.put(connection.id(), connection);
  }

  @Override
  public synchronized Optional<Connection> find(ConnectionId id) {
    return Optional.ofNullable(open.get(id)).filter(it -> clock.instant().isBefore(it.until()));
  }

  @Override
  public synchronized boolean watch(WatchedFeed feed, Watcher watcher) {
    if (find(watcher.connection()).isEmpty()) {
      return false;
    }
    var key = new Watching(feed, watcher.connection());
    Watcher standing = watching.get(key);
    if (standing != null && standing.join() > watcher.join()) {
      return false;
    }
    var feeds = watched.computeIfAbsent(watcher.connection(), _ -> new HashSet<>());
    if (feeds.size() >= Connection.MOST_FEEDS && !feeds.contains(feed)) {
      return false;
    }
    feeds.add(feed);
    watching.put(key, watcher);
    return true;
  }

  @Override
  public synchronized void unwatch(WatchedFeed feed, ConnectionId connection, long join) {
    watching.computeIfPresent(
        new Watching(feed, connection), (_, it) -> it.join() > join ? it : null);
  }

  @Override
  public synchronized void close(ConnectionId id) {
    open.remove(id);
    watched.remove(id);
    watching.keySet().removeIf(it -> it.connection().equals(id));
  }

  @Override
  public synchronized void forget(WatchedFeed feed, ConnectionId connection) {
    watching.remove(new Watching(feed, connection));
  }

  @Override
  public synchronized boolean isWatched(WatchedFeed feed) {
    return !watchers(feed).isEmpty();
  }

  @Override
  public synchronized List<Watcher> watchers(WatchedFeed feed) {
    return watching.entrySet().stream()
        .filter(entry -> entry.getKey().feed().equals(feed))
        .map(Map.Entry::getValue)
        .filter(it -> clock.instant().isBefore(it.until()))
        .toList();
  }

  @Override
  public synchronized Optional<Announcement> announced(WatchedFeed feed) {
    return Optional.ofNullable(announced.get(feed));
  }

  @Override
  public synchronized boolean announce(
      WatchedFeed feed, Optional<Announcement> known, Announcement next) {
    if (!announced(feed).equals(known)) {
      return false;
    }
    announced.put(feed, next);
    return true;
  }

  /** How many are known, open or over; for tests that look whether anything is left behind. */
  public synchronized int known() {
    return open.size() + watching.size();
  }
}
