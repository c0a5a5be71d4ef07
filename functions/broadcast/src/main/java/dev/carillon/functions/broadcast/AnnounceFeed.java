package dev.carillon.functions.broadcast;

import dev.carillon.socket.Announcement;
import dev.carillon.socket.Connections;
import dev.carillon.socket.WatchedFeed;
import dev.carillon.socket.Watcher;
import dev.carillon.task.BroadcastTask;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Tells who watches a feed that it changed. The first task of a burst does it for all: it records
 * an announcement, by a write that is conditional on the last one, and every task of a change that
 * the announcement covers is done. The task that recorded it owes it until it is acknowledged, and
 * makes it again when it comes again.
 */
final class AnnounceFeed {
  /** Each round somebody else recorded one, which mostly covers this change too. */
  private static final int TRIES = 10;

  private final Connections connections;
  private final TellConnections telling;
  private final InstantSource clock;

  AnnounceFeed(Connections connections, TellConnections telling, InstantSource clock) {
    this.connections = connections;
    this.telling = telling;
    this.clock = clock;
  }

  /** What came of a task, for the log. */
  sealed interface Outcome {
    /** So many connections were told, so many are gone. */
    record Told(int told, int gone) implements Outcome {}

    /** The change is part of another announcement. */
    record Covered() implements Outcome {}

    /** Nobody watches the feed any more. */
    record Unwatched() implements Outcome {}
  }

  Outcome announce(BroadcastTask.Announce task) {
    WatchedFeed feed = task.feed();
    for (int i = 0; i < TRIES; i++) {
      Optional<Announcement> last = connections.announced(feed);
      boolean covered = last.filter(it -> it.covers(task.changed())).isPresent();
      boolean mine = last.filter(it -> it.cause().equals(task.item())).isPresent();
      if (covered && !mine) {
        return new Outcome.Covered();
      }
      List<Watcher> watchers = connections.watchers(feed);
      if (watchers.isEmpty()) {
        return new Outcome.Unwatched();
      }
      Announcement next = covered ? last.get() : next(last, task);
      if (covered || connections.announce(feed, last, next)) {
        return telling.tell(feed, watchers, Optional.of(earlier(next.since(), task.item().time())));
      }
    }
    throw new IllegalStateException("Others keep announcing changes of a feed");
  }

  private Announcement next(Optional<Announcement> last, BroadcastTask.Announce task) {
    Instant now = clock.instant();
    return last.map(it -> it.next(now, task.item()))
        .orElseGet(() -> new Announcement(now, task.item(), task.changed()));
  }

  /** A task that comes late, or again and again, is for an item that may be older than all. */
  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  Outcome greet(BroadcastTask.Greet task) {
    List<Watcher> watchers =
        connections.watchers(task.feed()).stream()
            .filter(it -> it.connection().equals(task.connection()))
            .toList();
    return watchers.isEmpty()
        ? new Outcome.Unwatched()
        : telling.tell(task.feed(), watchers, Optional.empty());
  }
}
