package dev.carillon.storage.dynamo.outgoing;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;
import dev.carillon.message.MessageId;
import dev.carillon.recipient.TenantId;
import dev.carillon.socket.Announcement;
import dev.carillon.socket.Connection;
import dev.carillon.socket.ConnectionId;
import dev.carillon.socket.Connections;
import dev.carillon.socket.FeedReach;
import dev.carillon.socket.WatchedFeed;
import dev.carillon.socket.Watcher;
import dev.carillon.storage.dynamo.CompressedJson;
import dev.carillon.storage.dynamo.Condition;
import dev.carillon.storage.dynamo.DocumentFields;
import dev.carillon.storage.dynamo.DynamoTable;
import dev.carillon.storage.dynamo.Item;
import dev.carillon.storage.dynamo.Key;
import dev.carillon.storage.dynamo.Range;
import dev.carillon.storage.dynamo.Slice;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Connections in the table: an item for each, which lists the partitions of the feeds it watches,
 * and one in each of those.
 */
public final class DynamoConnections implements Connections {
  private static final Duration REMEMBERED = Duration.ofDays(1);
  private static final String FEEDS = "f";
  private static final String JOIN = "j";
  private static final String AT = "x";

  private final DynamoTable table;

  public DynamoConnections(DynamoTable table) {
    this.table = table;
  }

  @Override
  public void open(Connection connection) {
    table.put(
        Item.at(OutgoingKeys.connection(connection.id()))
            .bytes(Item.BODY, CompressedJson.pack(write(connection)))
            .number(Item.TTL, ttl(connection.until())));
  }

  @Override
  public Optional<Connection> find(ConnectionId id) {
    return table
        .get(OutgoingKeys.connection(id))
        .map(item -> read(id, CompressedJson.unpackObject(item.bytes(Item.BODY))))
        .filter(it -> table.now().isBefore(it.until()));
  }

  /** The connection's own item first: it must know whatever there is to be forgotten with it. */
  @Override
  public boolean watch(WatchedFeed feed, Watcher watcher) {
    boolean open =
        table.updateIf(
            OutgoingKeys.connection(watcher.connection()),
            "ADD #f :f",
            new Condition(
                "attribute_exists(pk) AND #ttl > :now"
                    + " AND (attribute_not_exists(#f) OR size(#f) < :most OR contains(#f, :feed))",
                Map.of("#f", FEEDS, "#ttl", Item.TTL),
                Map.of(
                    ":f", AttributeValue.fromSs(List.of(OutgoingKeys.watchers(feed))),
                    ":feed", AttributeValue.fromS(OutgoingKeys.watchers(feed)),
                    ":most", number(Connection.MOST_FEEDS),
                    ":now", number(table.now().getEpochSecond()))));
    return open
        && table.updateIf(
            OutgoingKeys.watcher(feed, watcher.connection()),
            "SET #b = :b, #j = :j, #ttl = :ttl",
            new Condition(
                "attribute_not_exists(pk) OR #j <= :j",
                Map.of("#b", Item.BODY, "#j", JOIN, "#ttl", Item.TTL),
                Map.of(
                    ":b", bytes(write(watcher)),
                    ":j", number(watcher.join()),
                    ":ttl", number(ttl(watcher.until())))));
  }

  @Override
  public void unwatch(WatchedFeed feed, ConnectionId connection, long join) {
    table.deleteIf(
        OutgoingKeys.watcher(feed, connection),
        new Condition("#j <= :j", Map.of("#j", JOIN), Map.of(":j", number(join))));
  }

  @Override
  public void close(ConnectionId id) {
    Key key = OutgoingKeys.connection(id);
    List<String> feeds = table.get(key).map(item -> item.texts(FEEDS)).orElse(List.of());
    feeds.forEach(
        feed -> table.deleteIf(new Key(feed, OutgoingKeys.watcherOf(id)), Condition.NONE));
    table.deleteIf(key, Condition.NONE);
  }

  @Override
  public void forget(WatchedFeed feed, ConnectionId connection) {
    table.deleteIf(OutgoingKeys.watcher(feed, connection), Condition.NONE);
  }

  /** The first item mostly answers it; those that are over by now are passed by. */
  @Override
  public boolean isWatched(WatchedFeed feed) {
    Range range = Range.prefix(OutgoingKeys.watchers(feed), OutgoingKeys.WATCHER);
    Map<String, AttributeValue> from = Map.of();
    do {
      Slice slice = table.query(range, 1, from);
      if (!slice.items().isEmpty()) {
        return true;
      }
      from = slice.next();
    } while (!from.isEmpty());
    return false;
  }

  @Override
  public List<Watcher> watchers(WatchedFeed feed) {
    return table.all(Range.prefix(OutgoingKeys.watchers(feed), OutgoingKeys.WATCHER)).stream()
        .map(DynamoConnections::watcher)
        .filter(it -> table.now().isBefore(it.until()))
        .toList();
  }

  @Override
  public Optional<Announcement> announced(WatchedFeed feed) {
    return table
        .get(OutgoingKeys.announcement(feed))
        .map(item -> CompressedJson.unpackObject(item.bytes(Item.BODY)))
        .map(
            it ->
                new Announcement(
                    DocumentFields.time(it, "t"),
                    new MessageId(DocumentFields.text(it, "c")),
                    DocumentFields.time(it, "s")));
  }

  @Override
  public boolean announce(WatchedFeed feed, Optional<Announcement> known, Announcement next) {
    Json document =
        new DocumentFields()
            .put("t", next.at())
            .put("c", next.cause().value())
            .put("s", next.since())
            .json();
    Item item =
        Item.at(OutgoingKeys.announcement(feed))
            .bytes(Item.BODY, CompressedJson.pack(document))
            .text(AT, version(next))
            .number(Item.TTL, ttl(next.at().plus(REMEMBERED)));
    return table.putIf(
        item,
        known
            .map(
                it ->
                    new Condition(
                        "#at = :at",
                        Map.of("#at", AT),
                        Map.of(":at", AttributeValue.fromS(version(it)))))
            .orElseGet(() -> Condition.free(table.now())));
  }

  private static String version(Announcement announcement) {
    return announcement.at() + " " + announcement.cause();
  }

  /** DynamoDB counts in seconds; what is over within one is told by its document. */
  private static long ttl(Instant until) {
    return until.getEpochSecond() + 1;
  }

  private static Json write(Connection connection) {
    return new DocumentFields()
        .put("e", connection.environment().value())
        .put("k", connection.apiKey())
        .put("n", connection.reach().users(), users -> Json.texts(List.copyOf(users)))
        .put(
            "w",
            connection.reach().tenants(),
            tenants -> Json.texts(tenants.stream().map(TenantId::value).toList()))
        .put("u", connection.until())
        .json();
  }

  private static Connection read(ConnectionId id, Json.Obj document) {
    return new Connection(
        id,
        new EnvironmentId(DocumentFields.text(document, "e")),
        DocumentFields.text(document, "k"),
        new FeedReach(set(document, "n", Function.identity()), set(document, "w", TenantId::new)),
        DocumentFields.time(document, "u"));
  }

  private static <T> Optional<Set<T>> set(
      Json.Obj document, String name, Function<String, T> read) {
    return document
        .get(name)
        .map(
            _ ->
                DocumentFields.list(document, name, DocumentFields::text).stream()
                    .map(read)
                    .collect(Collectors.toUnmodifiableSet()));
  }

  private static Json write(Watcher watcher) {
    var references = new HashMap<String, Json>(watcher.references());
    return new DocumentFields()
        .put("c", watcher.connection().value())
        .put("t", watcher.topic())
        .put("r", new Json.Obj(references))
        .put("k", watcher.apiKey())
        .put("u", watcher.until())
        .json();
  }

  private static Watcher watcher(Item item) {
    Json.Obj document = CompressedJson.unpackObject(item.bytes(Item.BODY));
    var references = new LinkedHashMap<String, Json.Obj>();
    document
        .object("r")
        .fields()
        .forEach((name, filters) -> references.put(name, DocumentFields.object(filters)));
    return new Watcher(
        new ConnectionId(DocumentFields.text(document, "c")),
        DocumentFields.text(document, "t"),
        item.number(JOIN),
        references,
        DocumentFields.text(document, "k"),
        DocumentFields.time(document, "u"));
  }

  private static AttributeValue bytes(Json document) {
    return AttributeValue.fromB(SdkBytes.fromByteArrayUnsafe(CompressedJson.pack(document)));
  }

  private static AttributeValue number(long value) {
    return AttributeValue.fromN(Long.toString(value));
  }
}
