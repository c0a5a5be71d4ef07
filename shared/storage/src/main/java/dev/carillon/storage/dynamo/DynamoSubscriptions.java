package dev.carillon.storage.dynamo;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;
import dev.carillon.page.Page;
import dev.carillon.recipient.RecipientId;
import dev.carillon.subscription.Subscription;
import dev.carillon.subscription.Subscriptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Subscriptions in the table, one item each, spread over the shards of their object. */
public final class DynamoSubscriptions implements Subscriptions {
  private static final int PAGE = 100;

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

  @Override
  public void put(EnvironmentId environment, Subscription subscription) {
    Json.Obj document =
        new DocumentFields()
            .put("r", DocumentFields.recipient(subscription.recipient()))
            .putObject("p", subscription.properties())
            .json();
    table.put(
        Item.at(Keys.subscription(environment, subscription.object(), subscription.recipient()))
            .bytes(Item.BODY, CompressedJson.pack(document)));
  }

  @Override
  public void remove(EnvironmentId environment, RecipientId object, RecipientId recipient) {
    table.deleteIf(
        Keys.subscription(environment, object, recipient),
        new Condition("attribute_exists(pk)", Map.of(), Map.of()));
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

  private static Subscription read(RecipientId object, Item item) {
    Json.Obj document = CompressedJson.unpackObject(item.bytes(Item.BODY));
    return new Subscription(
        object,
        DocumentFields.recipient(DocumentFields.require(document, "r")),
        document.object("p"));
  }
}
