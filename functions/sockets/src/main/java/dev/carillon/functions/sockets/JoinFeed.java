package dev.carillon.functions.sockets;

import dev.carillon.channel.Channel;
import dev.carillon.channel.ChannelId;
import dev.carillon.channel.ChannelType;
import dev.carillon.channel.Channels;
import dev.carillon.edge.ErrorCode;
import dev.carillon.edge.Ids;
import dev.carillon.edge.Limits;
import dev.carillon.edge.Query;
import dev.carillon.edge.feed.FeedFilters;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.socket.Announcement;
import dev.carillon.socket.Connection;
import dev.carillon.socket.Connections;
import dev.carillon.socket.WatchedFeed;
import dev.carillon.socket.Watcher;
import dev.carillon.task.BroadcastTask;
import dev.carillon.task.Tasks;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Lets a connection watch a feed: the topic {@code feeds:<channel>:<user>}. It is told a moment
 * later how the feed stands, for it may come back after a while away.
 */
final class JoinFeed {
  static final String FEEDS = "feeds:";

  /** What clients begin the names of their views with; anything else is a filter. */
  private static final String VIEW = "client_";

  private final Connections connections;
  private final Channels channels;
  private final Tasks tasks;

  JoinFeed(Connections connections, Channels channels, Tasks tasks) {
    this.connections = connections;
    this.channels = channels;
    this.tasks = tasks;
  }

  /**
   * @return false when the connection is closed, watches too many feeds, or has joined again since
   * @throws dev.carillon.edge.ApiException when the connection may not watch this, or what it joins
   *     with is refused
   */
  boolean join(Connection connection, PhoenixFrame frame) {
    var feed = feed(connection.environment(), frame.topic());
    if (!connection.reach().allows(feed.user())) {
      throw ErrorCode.NOT_AUTHORIZED.refused();
    }
    var views = views(frame.payload());
    views.values().forEach(filters -> check(connection, feed, filters));
    boolean watches =
        connections.watch(
            feed,
            new Watcher(
                connection.id(),
                frame.topic(),
                frame.join(),
                views,
                connection.apiKey(),
                connection.until()));
    if (watches) {
      tasks.send(new BroadcastTask.Greet(feed, connection.id()), Announcement.DELAY);
    }
    return watches;
  }

  void leave(Connection connection, PhoenixFrame frame) {
    connections.unwatch(
        feed(connection.environment(), frame.topic()), connection.id(), frame.join());
  }

  private static void check(Connection connection, WatchedFeed feed, Json.Obj filters) {
    var wanted = FeedFilters.of(Query.of(filters), feed.environment(), feed.user(), feed.channel());
    if (!connection.reach().allows(wanted.tenancy())) {
      throw ErrorCode.NOT_AUTHORIZED.at("tenant", "must be one that the user token is for");
    }
  }

  private WatchedFeed feed(EnvironmentId environment, String topic) {
    var rest = topic.substring(FEEDS.length());
    int colon = rest.indexOf(':');
    if (colon < 0) {
      throw ErrorCode.INVALID_PARAMS.at("topic", "must be feeds:<channel>:<user>");
    }
    return new WatchedFeed(
        environment,
        channel(environment, rest.substring(0, colon)),
        Ids.checked("user_id", rest.substring(colon + 1)));
  }

  private ChannelId channel(EnvironmentId environment, String keyOrId) {
    return channels
        .find(environment, keyOrId)
        .filter(it -> it.type() == ChannelType.IN_APP_FEED)
        .map(Channel::id)
        .orElseThrow(
            () -> ErrorCode.CHANNEL_INVALID.at("channel_id", "is not an in-app feed channel"));
  }

  /** By name; a client that has one view and no name for it sends its filters alone. */
  private static Map<String, Json.Obj> views(Json.Obj payload) {
    if (JsonText.bytes(payload).length > Limits.JOIN_BYTES) {
      throw ErrorCode.INVALID_PARAMS.at(
          "payload", "must have at most " + Limits.JOIN_BYTES + " bytes");
    }
    var views = new LinkedHashMap<String, Json.Obj>();
    payload
        .fields()
        .forEach(
            (name, value) -> {
              if (name.startsWith(VIEW) && value instanceof Json.Obj filters) {
                views.put(name, filters);
              }
            });
    if (views.size() > Limits.FEED_VIEWS) {
      throw ErrorCode.INVALID_PARAMS.at(
          "payload", "must have at most " + Limits.FEED_VIEWS + " views of the feed");
    }
    return views.isEmpty() ? Map.of(Watcher.NAMELESS, payload) : views;
  }
}
