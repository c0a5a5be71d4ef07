package dev.carillon.functions.broadcast;

import dev.carillon.access.ApiKey;
import dev.carillon.channel.ChannelId;
import dev.carillon.channel.ChannelType;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.id.Digest;
import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.memory.InMemoryPorts;
import dev.carillon.memory.MutableClock;
import dev.carillon.message.Content;
import dev.carillon.message.DeliveryStatus;
import dev.carillon.message.Message;
import dev.carillon.message.MessageContent;
import dev.carillon.message.MessageId;
import dev.carillon.message.MessageOrigin;
import dev.carillon.recipient.RecipientId;
import dev.carillon.recipient.TenantId;
import dev.carillon.socket.Connection;
import dev.carillon.socket.ConnectionId;
import dev.carillon.socket.FeedReach;
import dev.carillon.socket.PushToConnection;
import dev.carillon.socket.WatchedFeed;
import dev.carillon.socket.Watcher;
import dev.carillon.task.BroadcastTask;
import dev.carillon.trigger.RunId;
import dev.carillon.trigger.TriggerId;
import dev.carillon.workflow.StepRef;
import dev.carillon.workflow.VersionId;
import dev.carillon.workflow.WorkflowKey;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** A feed, those who watch it, and what tells them. */
final class BroadcastFixture {
  static final Instant START = Instant.parse("2026-01-05T09:01:00Z");
  static final EnvironmentId DEVELOPMENT = new EnvironmentId("development");
  static final ChannelId CHANNEL =
      new ChannelId(UUID.fromString("8f14e45f-ceea-467f-a0e6-000000000002"));
  static final WatchedFeed FEED = new WatchedFeed(DEVELOPMENT, CHANNEL, "jhammond");

  private static final String KEY = Digest.hex("pk_local");

  final MutableClock clock = new MutableClock(START);
  final InMemoryPorts ports = InMemoryPorts.at(clock);
  private int made;

  BroadcastFixture() {
    key(false);
  }

  /** Makes the key that connections were opened with, or revokes it. */
  void key(boolean revoked) {
    ports.apiKeys().put(KEY, new ApiKey(DEVELOPMENT, ApiKey.Kind.PUBLIC, revoked));
  }

  /** What announces, pushing by other means. */
  AnnounceFeed announcing(PushToConnection push) {
    return new AnnounceFeed(
        ports.connections(),
        new TellConnections(ports.connections(), ports.apiKeys(), ports.feeds(), push),
        clock);
  }

  AnnounceFeed announcing() {
    return announcing(ports.pushToConnection());
  }

  /** Views with their filters, as single-quoted JSON. */
  ConnectionId watch(String id, String views) {
    var connection =
        new Connection(
            new ConnectionId(id), DEVELOPMENT, KEY, FeedReach.ALL, START.plus(Connection.LONGEST));
    ports.connections().open(connection);
    var references = new LinkedHashMap<String, Json.Obj>();
    ((Json.Obj) JsonText.parse(views.replace('\'', '"')))
        .fields()
        .forEach((name, filters) -> references.put(name, (Json.Obj) filters));
    ports
        .connections()
        .watch(
            FEED,
            new Watcher(
                connection.id(), "feeds:x:jhammond", 1, references, KEY, connection.until()));
    return connection.id();
  }

  /** A new item of that tenant, and the task that it leads to. */
  BroadcastTask.Announce item(String tenant) {
    var at = clock.instant();
    var hammond = RecipientId.user("jhammond");
    var trigger = TriggerId.of(at, "trigger " + ++made);
    var run = RunId.of(trigger, hammond);
    var step = new StepRef("feed_1");
    var id = MessageId.of(at, run, step, CHANNEL);
    ports
        .messages()
        .create(
            new Message(
                new MessageOrigin(
                    DEVELOPMENT,
                    id,
                    CHANNEL,
                    ChannelType.IN_APP_FEED,
                    hammond,
                    List.of(),
                    Optional.of(new TenantId(tenant)),
                    new Message.Source(
                        new WorkflowKey("new-comment"),
                        VersionId.parse("7251cd3f-0028-4d1a-9466-ee79522ba3de"),
                        List.of(),
                        step,
                        trigger,
                        run),
                    Json.Obj.EMPTY,
                    Json.Obj.EMPTY,
                    at),
                DeliveryStatus.DELIVERED),
            new MessageContent(new Content.InAppFeed(Json.array(List.of())), Json.Obj.EMPTY));
    return new BroadcastTask.Announce(FEED, at, id);
  }

  /** The payload of what a connection was told last. */
  Json.Obj told(ConnectionId connection) {
    var frame = (Json.Arr) JsonText.parse(ports.pushToConnection().to(connection).getLast());
    return (Json.Obj) frame.items().getLast();
  }
}
