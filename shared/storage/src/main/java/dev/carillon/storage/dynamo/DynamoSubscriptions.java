package dev.carillon.storage.dynamo;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;
import dev.carillon.page.Page;
import dev.carillon.page.PageRequest;
import dev.carillon.recipient.RecipientId;
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
        .get(Keys.subscription(environment, object, recipient))
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
        Item.at(Keys.subscriptionLink(environment, object, subscription.recipient()))
            .bytes(Item.BODY, CompressedJson.pack(link)));
    var now = AttributeValue.fromN(Long.toString(nanos(table.now())));
    return kept(
        object,
        table.update(
            Keys.subscription(environment, object, subscription.recipient()),
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
    table.deleteIf(Keys.subscription(environment, object, recipient), Condition.THERE);
    table.deleteIf(Keys.subscriptionLink(environment, object, recipient), Condition.THERE);
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
        IntStream.range(0, Keys.SUBSCRIPTION_SHARDS)
            .mapToObj(shard -> Keys.subscribers(environment, object, shard))
            .toList();
    return PartitionWalk.read(
        new PartitionWalk(table, partitions, Keys.SUBSCRIPTION).page(request),
        it -> Optional.of(new ListedSubscription(kept(object, it.item()), it.position())));
  }

  /** A link without its subscription was left by a call that died, and is left out. */
  @Override
  public Page<ListedSubscription> ofRecipient(
      EnvironmentId environment, RecipientId recipient, PageRequest request) {
    var links =
        new PartitionWalk(
                table, List.of(Keys.subscriptionsOf(environment, recipient)), Keys.SUBSCRIPTION)
            .page(request);
    Map<Key, Item> items =
        table.getAll(
            links.items().stream()
                .map(it -> Keys.subscription(environment, object(it.item()), recipient))
                .toList(),
            true);
    return PartitionWalk.read(
        links,
        it -> {
          RecipientId object = object(it.item());
          return Optional.ofNullable(items.get(Keys.subscription(environment, object, recipient)))
              .map(item -> new ListedSubscription(kept(object, item), it.position()));
        });
  }

  @Override
  public Page<Subscription> of(
      EnvironmentId environment, RecipientId object, Optional<String> cursor) {
    int shard = cursor.map(at -> Integer.parseInt(at.substring(0, 1), 16)).orElse(0);
    String after = cursor.map(at -> at.substring(1)).orElse("");
    var items = new ArrayList<Item>();
    while (items.size() < PAGE && shard < Keys.SUBSCRIPTION_SHARDS) {
      String partition = Keys.subscribers(environment, object, shard);
      Slice slice =
          table.query(
              Range.prefix(partition, Keys.SUBSCRIPTION),
              PAGE - items.size(),
              from(partition, after));
      items.addAll(slice.items());
      if (slice.next().isEmpty()) {
        shard++;
        after = "";
      } else {
        after = slice.next().get(Item.SK).s();
      }
    }
    List<Subscription> page = items.stream().map(item -> read(object, item)).toList();
    return shard < Keys.SUBSCRIPTION_SHARDS
        ? new Page<>(page, Optional.of(Integer.toHexString(shard) + after))
        : Page.last(page);
  }

  private static Map<String, AttributeValue> from(String partition, String after) {
    return after.isEmpty() ? Map.of() : new Key(partition, after).attributes();
  }

  private static Key key(EnvironmentId environment, Subscription pair) {
    return Keys.subscription(environment, pair.object(), pair.recipient());
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
