package dev.carillon.task;

import dev.carillon.message.MessageId;
import dev.carillon.socket.ConnectionId;
import dev.carillon.socket.WatchedFeed;
import java.time.Instant;
import java.util.Optional;

/** What {@code broadcast} does. */
public sealed interface BroadcastTask extends Task {

  @Override
  default TaskQueue queue() {
    return TaskQueue.BROADCAST;
  }

  @Override
  default String group() {
    return switch (this) {
      case Announce task -> Task.group(task.feed().environment(), Optional.empty());
      case Greet task -> Task.group(task.feed().environment(), Optional.empty());
    };
  }

  /** The feed. */
  WatchedFeed feed();

  /**
   * Tell all who watch the feed what is new in it.
   *
   * @param changed when it changed
   * @param item what came into it
   */
  record Announce(WatchedFeed feed, Instant changed, MessageId item) implements BroadcastTask {}

  /** Tell a connection that has joined how the feed stands: it may have been away. */
  record Greet(WatchedFeed feed, ConnectionId connection) implements BroadcastTask {}
}
