package dev.carillon.storage.dynamo.outgoing;

import dev.carillon.endpoint.WebhookEndpointId;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.id.Digest;
import dev.carillon.message.EngagementTotals;
import dev.carillon.message.Message;
import dev.carillon.message.MessageId;
import dev.carillon.socket.ConnectionId;
import dev.carillon.socket.WatchedFeed;
import dev.carillon.storage.dynamo.Key;
import dev.carillon.storage.dynamo.Keys;
import dev.carillon.tracking.TrackingEvent;
import dev.carillon.tracking.link.ShortKey;
import dev.carillon.webhook.WebhookEvent;
import dev.carillon.workflow.WorkflowKey;
import java.time.Instant;

/**
 * Where webhooks, sockets, tracked links and their totals lie. The whole layout is in {@link Keys}.
 */
public final class OutgoingKeys {

  static final String WATCHER = "W#";

  private OutgoingKeys() {}

  static String webhookEndpoints(EnvironmentId environment) {
    return environment.value() + "#HOOKS";
  }

  static Key webhookEndpoint(EnvironmentId environment, WebhookEndpointId id) {
    return new Key(webhookEndpoints(environment), id.toString());
  }

  /** The kind under which hours and shards hold what was told to an endpoint. */
  static String webhookLog(WebhookEndpointId endpoint) {
    return "HOOK." + endpoint;
  }

  /**
   * @param event its id, which says the hour and the shard
   */
  public static Key webhookDelivery(
      EnvironmentId environment, WebhookEndpointId endpoint, String event) {
    String hour = Keys.hour(WebhookEvent.second(event));
    return new Key(
        Keys.shard(environment, webhookLog(endpoint), hour, WebhookEvent.shard(event)), event);
  }

  /** API Gateway says of a message only on which connection it came. */
  static Key connection(ConnectionId id) {
    return new Key("SOCKET#" + Keys.part(id.value()), "SOCKET");
  }

  static String watchers(WatchedFeed feed) {
    return feed.environment().value() + "#SOCK#" + Keys.part(feed.user()) + "#" + feed.channel();
  }

  static Key watcher(WatchedFeed feed, ConnectionId connection) {
    return new Key(watchers(feed), watcherOf(connection));
  }

  static String watcherOf(ConnectionId connection) {
    return WATCHER + Keys.part(connection.value());
  }

  static Key announcement(WatchedFeed feed) {
    return new Key(watchers(feed), "TOLD");
  }

  /** What the sort keys of clicks and opens begin with. */
  static final String TRACKED = "T#";

  /**
   * How many items the totals of one day, channel and version are spread over: a thousand messages
   * a second write to each of them sixteen times.
   */
  static final int TOTAL_SHARDS = 64;

  static String trackingEvents(EnvironmentId environment, MessageId message) {
    return environment.value() + "#TRK#" + message.value();
  }

  /** Told again, it has the same. */
  static Key trackingEvent(TrackingEvent event) {
    return trackingEvent(
        event.subject().environment(), event.subject().message(), event.at(), event.id());
  }

  static Key trackingEvent(EnvironmentId environment, MessageId message, Instant at, String id) {
    return new Key(
        trackingEvents(environment, message), TRACKED + "%013d#".formatted(at.toEpochMilli()) + id);
  }

  static String totals(EnvironmentId environment, WorkflowKey workflow) {
    return environment.value() + "#ENG#" + workflow.value();
  }

  static Key total(Message message) {
    long shard = Digest.of("total", message.id().value()).bits(16) % TOTAL_SHARDS;
    return new Key(
        totals(message.environment(), message.source().workflow()),
        "%s#%s#%s#%02d"
            .formatted(
                EngagementTotals.day(message),
                message.channel(),
                message.source().version(),
                shard));
  }

  static Key shortLink(ShortKey key) {
    return new Key("LINK#" + key, "LINK");
  }
}
