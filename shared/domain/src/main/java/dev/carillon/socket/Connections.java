package dev.carillon.socket;

import java.util.List;
import java.util.Optional;

/**
 * The open connections and what they watch, as far as is known: a connection can end without a
 * word, so that telling it may fail; what is over ({@link Connection#until}) is not found any more.
 * Everything written here is seen by the next call.
 */
public interface Connections {

  /** Adds the connection. Safe to repeat. */
  void open(Connection connection);

  /** Empty when there is none, or none any more. */
  Optional<Connection> find(ConnectionId id);

  /**
   * Lets the connection watch the feed, in the place of what it watched there before. Safe to
   * repeat.
   *
   * @return false when the connection is closed or has watched {@link Connection#MOST_FEEDS}
   *     others, or a later join of it stands; nothing is changed for the feed then
   */
  boolean watch(WatchedFeed feed, Watcher watcher);

  /**
   * Ends it, unless a later join stands: what a client says does not come in the order it was said.
   * Safe to repeat.
   */
  void unwatch(WatchedFeed feed, ConnectionId connection, long join);

  /** Forgets the connection with all that it watches. Safe to repeat. */
  void close(ConnectionId id);

  /** Forgets that the connection watches the feed, whatever else is known of it. */
  void forget(WatchedFeed feed, ConnectionId connection);

  /** Whether anybody watches the feed; cheaper than to ask who. */
  boolean isWatched(WatchedFeed feed);

  /** Who watches the feed, in no particular order. */
  List<Watcher> watchers(WatchedFeed feed);

  /** The last announcement of the feed; empty when there was none within a day. */
  Optional<Announcement> announced(WatchedFeed feed);

  /**
   * Records an announcement, if the last one is still the one that the caller knows.
   *
   * @return false when it is not; nothing is recorded
   */
  boolean announce(WatchedFeed feed, Optional<Announcement> known, Announcement next);
}
