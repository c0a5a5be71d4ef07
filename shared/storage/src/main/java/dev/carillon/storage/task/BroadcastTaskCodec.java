package dev.carillon.storage.task;

import dev.carillon.channel.ChannelId;
import dev.carillon.json.Json;
import dev.carillon.message.MessageId;
import dev.carillon.socket.ConnectionId;
import dev.carillon.socket.WatchedFeed;
import dev.carillon.task.BroadcastTask;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The tasks of {@code broadcast} in the JSON that {@link TaskCodec} writes and reads. */
final class BroadcastTaskCodec {
  private BroadcastTaskCodec() {}

  static void write(Map<String, Json> fields, BroadcastTask task) {
    switch (task) {
      case BroadcastTask.Announce(var feed, var changed, var item) -> {
        TaskFields.begin(fields, "announce.v1", feed.environment());
        feed(fields, feed);
        fields.put("changed", Json.of(changed.toString()));
        fields.put("message", Json.of(item.value()));
      }
      case BroadcastTask.Greet(var feed, var connection) -> {
        TaskFields.begin(fields, "greet.v1", feed.environment());
        feed(fields, feed);
        fields.put("connection", Json.of(connection.value()));
      }
    }
  }

  /** Empty when a task of that type is in another queue. */
  static Optional<BroadcastTask> read(String type, Json.Obj json) {
    return switch (type) {
      case "announce.v1" ->
          Optional.of(
              new BroadcastTask.Announce(
                  feed(json),
                  TaskFields.instant(json, "changed"),
                  new MessageId(TaskFields.text(json, "message"))));
      case "greet.v1" ->
          Optional.of(
              new BroadcastTask.Greet(
                  feed(json), new ConnectionId(TaskFields.text(json, "connection"))));
      default -> Optional.empty();
    };
  }

  private static void feed(Map<String, Json> fields, WatchedFeed feed) {
    fields.put("channel", Json.of(feed.channel().toString()));
    fields.put("user", Json.of(feed.user()));
  }

  private static WatchedFeed feed(Json.Obj json) {
    return new WatchedFeed(
        TaskFields.environment(json),
        new ChannelId(UUID.fromString(TaskFields.text(json, "channel"))),
        TaskFields.text(json, "user"));
  }
}
