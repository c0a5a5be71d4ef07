package dev.carillon.storage.dynamo.recipient;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;
import dev.carillon.page.Page;
import dev.carillon.page.PageRequest;
import dev.carillon.recipient.RecipientId;
import dev.carillon.storage.dynamo.CompressedJson;
import dev.carillon.storage.dynamo.Condition;
import dev.carillon.storage.dynamo.DocumentFields;
import dev.carillon.storage.dynamo.DynamoTable;
import dev.carillon.storage.dynamo.Item;
import dev.carillon.storage.dynamo.Key;
import dev.carillon.storage.dynamo.PartitionWalk;
import dev.carillon.storage.dynamo.Range;
import dev.carillon.storage.dynamo.Slice;
import dev.carillon.subscription.Subscribed;
import dev.carillon.subscription.Subscription;
import dev.carillon.subscription.Subscriptions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Subscriptions in the table, one item each, spread over the shards of their object, and a link
 * under their recipient. When they were made and changed is beside the document, in nanoseconds, so
 * that one write keeps the first and changes the other.
 */
public final class DynamoSubscriptions implements Subscriptions {
  private static final int PAGE = 100;

  /** Sort keys that show of what characters they are made. */
  private static final int SAMPLE = 25;

  private static final String INSERTED = "ins";
  private static final String UPDATED = "up";
  private static final long NANOS = 1_000_000_000L;

  private final DynamoTable table;

  public DynamoSubscriptions(DynamoTable table) {
    this.table = table;
  }

  @Override
  public Optional<Subscription> find(
      EnvironmentId environment, RecipientId object, RecipientId recipient) {
    return table
        .get(RecipientKeys.subscription(environment, object, recipient))
        .map(item -> read(object, item));
  }

  /** The link first: a subscription that its recipient does not find could not be ended by it. */
  @Override
  public Subscribed put(EnvironmentId environment, Subscription subscription) {
    RecipientId object = subscription.object();
    Json.Obj document =
        new DocumentFields()
            .put("r", DocumentFields.recipient(subscription.recipient()))
            .putObject("p", subscription.properties())
            .json();
    Json.Obj link = new DocumentFields().put("o", DocumentFields.recipient(object)).json();
    table.put(
        Item.at(RecipientKeys.subscriptionLink(environment, object, subscription.recipient()))
            .bytes(Item.BODY, CompressedJson.pack(link)));
    var now = AttributeValue.fromN(Long.toString(nanos(table.now())));
    return kept(
        object,
        table.update(
            RecipientKeys.subscription(environment, object, subscription.recipient()),
            "SET v = :v, b = :b, up = :now, ins = if_not_exists(ins, :now)",
            Map.of(
                ":v",
                AttributeValue.fromN("1"),
                ":b",
                AttributeValue.fromB(SdkBytes.fromByteArray(CompressedJson.pack(document))),
                ":now",
                now)));
  }

  @Override
  public void remove(EnvironmentId environment, RecipientId object, RecipientId recipient) {
    table.deleteIf(RecipientKeys.subscription(environment, object, recipient), Condition.THERE);
    table.deleteIf(RecipientKeys.subscriptionLink(environment, object, recipient), Condition.THERE);
  }

  @Override
  public List<Subscribed> findAll(EnvironmentId environment, List<Subscription> pairs) {
    Map<Key, Item> items =
        table.getAll(pairs.stream().map(it -> key(environment, it)).toList(), true);
    return pairs.stream()
        .filter(it -> items.containsKey(key(environment, it)))
        .map(it -> kept(it.object(), items.get(key(environment, it))))
        .toList();
  }

  @Override
  public Page<ListedSubscription> toObject(
      EnvironmentId environment, RecipientId object, PageRequest request) {
    List<String> partitions =
        IntStream.range(0, RecipientKeys.SUBSCRIPTION_SHARDS)
            .mapToObj(shard -> RecipientKeys.subscribers(environment, object, shard))
            .toList();
    return PartitionWalk.read(
        new PartitionWalk(table, partitions, RecipientKeys.SUBSCRIPTION).page(request),
        it -> Optional.of(new ListedSubscription(kept(object, it.item()), it.position())));
  }

  /** A link without its subscription was left by a call that died, and is left out. */
  @Override
  public Page<ListedSubscription> ofRecipient(
      EnvironmentId environment, RecipientId recipient, PageRequest request) {
    var links =
        new PartitionWalk(
                table,
                List.of(RecipientKeys.subscriptionsOf(environment, recipient)),
                RecipientKeys.SUBSCRIPTION)
            .page(request);
    Map<Key, Item> items =
        table.getAll(
            links.items().stream()
                .map(it -> RecipientKeys.subscription(environment, object(it.item()), recipient))
                .toList(),
            true);
    return PartitionWalk.read(
        links,
        it -> {
          RecipientId object = object(it.item());
          return Optional.ofNullable(
                  items.get(RecipientKeys.subscription(environment, object, recipient)))
              .map(item -> new ListedSubscription(kept(object, item), it.position()));
        });
  }

  @Override
  public Page<Subscription> of(
      EnvironmentId environment, RecipientId object, Optional<String> cursor) {
    Optional<Stretch> stretch = Optional.of(cursor.map(Stretch::of).orElse(Stretch.ALL));
    var items = new ArrayList<Item>();
    while (items.size() < PAGE && stretch.isPresent()) {
      Stretch from = stretch.get();
      String partition = RecipientKeys.subscribers(environment, object, from.shard());
      Slice slice = table.query(from.range(partition), PAGE - items.size(), from.start(partition));
      items.addAll(slice.items());
      stretch =
          slice.next().isEmpty()
              ? from.nextShard()
              : Optional.of(from.from(slice.next().get(Item.SK).s()));
    }
    return new Page<>(
        items.stream().map(item -> read(object, item)).toList(), stretch.map(Stretch::cursor));
  }

  /**
   * The shards that are left are parts, each cut into as many as make up {@link #PIECES} with all.
   * Costs two small reads for each.
   */
  @Override
  public List<String> split(EnvironmentId environment, RecipientId object, String cursor) {
    var parts = new ArrayList<String>();
    Optional<Stretch> stretch = Optional.of(Stretch.of(cursor));
    while (stretch.isPresent()) {
      Stretch from = stretch.get();
      Stretch shard = from.alone();
      String after = from.after();
      for (String cut : cuts(RecipientKeys.subscribers(environment, object, from.shard()), shard)) {
        parts.add(shard.between(after, cut).cursor());
        after = cut;
      }
      parts.add(shard.from(after).cursor());
      stretch = from.nextShard();
    }
    return List.copyOf(parts);
  }

  /**
   * Where to cut a shard, as evenly as the ids of its next collection, nearly always users', lie.
   */
  private List<String> cuts(String partition, Stretch shard) {
    List<String> some =
        table.query(shard.range(partition), SAMPLE, shard.start(partition)).items().stream()
            .map(item -> item.text(Item.SK))
            .toList();
    if (some.isEmpty()) {
      return List.of();
    }
    String first = some.getFirst();
    String collection =
        first.substring(0, first.indexOf('#', RecipientKeys.SUBSCRIPTION.length()) + 1);
    return table
        .query(Range.prefix(partition, collection).newestFirst(true), 1, Map.of())
        .items()
        .stream()
        .map(item -> item.text(Item.SK))
        .filter(last -> shard.end().isEmpty() || last.compareTo(shard.end()) <= 0)
        .flatMap(
            last ->
                KeySpread.cuts(
                    some.stream().filter(it -> it.startsWith(collection)).toList(),
                    last,
                    PIECES / RecipientKeys.SUBSCRIPTION_SHARDS)
                    .stream())
        .toList();
  }

  /**
   * What lies behind a sort key of a shard, up to another, which it includes.
   *
   * @param after empty when it begins where the shard begins
   * @param end empty when it goes on to the end of the last shard
   */
  private record Stretch(int shard, String after, String end) {
    static final Stretch ALL = new Stretch(0, "", "");

    /** No sort key holds it: in ids it is escaped. */
    private static final String UP_TO = "\n";

    static Stretch of(String cursor) {
      int at = cursor.indexOf(UP_TO);
      return new Stretch(
          Integer.parseInt(cursor.substring(0, 1), 16),
          cursor.substring(1, at < 0 ? cursor.length() : at),
          at < 0 ? "" : cursor.substring(at + 1));
    }

    String cursor() {
      return Integer.toHexString(shard) + after + (end.isEmpty() ? "" : UP_TO + end);
    }

    Stretch from(String key) {
      return new Stretch(shard, key, end);
    }

    Stretch between(String from, String to) {
      return new Stretch(shard, from, to);
    }

    /** As far as this shard goes. */
    Stretch alone() {
      return end.isEmpty()
          ? new Stretch(shard, after, Range.prefix("", RecipientKeys.SUBSCRIPTION).high())
          : this;
    }

    Optional<Stretch> nextShard() {
      return end.isEmpty() && shard + 1 < RecipientKeys.SUBSCRIPTION_SHARDS
          ? Optional.of(new Stretch(shard + 1, "", ""))
          : Optional.empty();
    }

    Range range(String partition) {
      Range all = Range.prefix(partition, RecipientKeys.SUBSCRIPTION);
      return end.isEmpty() ? all : Range.between(partition, all.low(), end);
    }

    Map<String, AttributeValue> start(String partition) {
      return after.isEmpty() ? Map.of() : new Key(partition, after).attributes();
    }
  }

  private static Key key(EnvironmentId environment, Subscription pair) {
    return RecipientKeys.subscription(environment, pair.object(), pair.recipient());
  }

  private static RecipientId object(Item link) {
    return DocumentFields.recipient(
        DocumentFields.require(CompressedJson.unpackObject(link.bytes(Item.BODY)), "o"));
  }

  private static Subscribed kept(RecipientId object, Item item) {
    return new Subscribed(
        read(object, item), instant(item.number(INSERTED)), instant(item.number(UPDATED)));
  }

  private static long nanos(Instant instant) {
    return Math.addExact(
        Math.multiplyExact(instant.getEpochSecond(), NANOS), (long) instant.getNano());
  }

  private static Instant instant(long nanos) {
    return Instant.ofEpochSecond(Math.floorDiv(nanos, NANOS), Math.floorMod(nanos, NANOS));
  }

  private static Subscription read(RecipientId object, Item item) {
    Json.Obj document = CompressedJson.unpackObject(item.bytes(Item.BODY));
    return new Subscription(
        object,
        DocumentFields.recipient(DocumentFields.require(document, "r")),
        document.object("p"));
  }
}
