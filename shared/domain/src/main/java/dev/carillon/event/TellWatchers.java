package dev.carillon.event;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.recipient.RecipientId;
import dev.carillon.socket.Announcement;
import dev.carillon.socket.Connections;
import dev.carillon.socket.WatchedFeed;
import dev.carillon.task.BroadcastTask;
import dev.carillon.task.Tasks;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/**
 * Has new items of a feed announced to those who watch it. Whether anybody does is one read, and
 * only for items of feeds; telling them is a task, so that nothing waits for sockets.
 */
public final class TellWatchers implements EventSubscriber {
  private final Connections connections;
  private final InstantSource clock;

  public TellWatchers(Connections connections, InstantSource clock) {
    this.connections = connections;
    this.clock = clock;
  }

  @Override
  public List<Tasks.Sending> tasksFor(
      EnvironmentId environment, RecipientId recipient, List<Happening> happenings) {
    if (!recipient.isUser()) {
      return List.of();
    }
    Instant now = clock.instant();
    return happenings.stream()
        .map(Happening::event)
        .flatMap(event -> Events.shown(event).stream())
        .map(
            item ->
                new BroadcastTask.Announce(
                    new WatchedFeed(environment, item.channel(), recipient.id()),
                    now,
                    item.message()))
        .filter(task -> connections.isWatched(task.feed()))
        .map(task -> new Tasks.Sending(task, Announcement.DELAY))
        .toList();
  }
}
