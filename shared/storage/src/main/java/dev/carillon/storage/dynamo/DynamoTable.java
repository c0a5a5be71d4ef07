package dev.carillon.storage.dynamo;

import dev.carillon.runtime.Overloaded;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;

/**
 * The one table that everything is in.
 *
 * <p>DynamoDB deletes what its TTL says is over within days, not at once, so that every read here
 * leaves such items out.
 */
public final class DynamoTable {
  private static final int BATCH = 100;
  private static final int BATCH_TRIES = 8;
  private static final long FIRST_PAUSE_MILLIS = 20;
  private static final int TOKEN = 8;
  private static final SecureRandom TOKENS = new SecureRandom();

  private final Supplier<DynamoDbClient> client;
  private final String name;
  private final InstantSource clock;

  /**
   * @param client asked for when there is something to ask it
   */
  public DynamoTable(Supplier<DynamoDbClient> client, String name, InstantSource clock) {
    this.client = client;
    this.name = name;
    this.clock = clock;
  }

  DynamoDbClient client() {
    return client.get();
  }

  String name() {
    return name;
  }

  public InstantSource clock() {
    return clock;
  }

  public Instant now() {
    return clock.instant();
  }

  /** The item as last written before this call. */
  public Optional<Item> get(Key key) {
    var response =
        client()
            .getItem(request -> request.tableName(name).key(key.attributes()).consistentRead(true));
    return response.hasItem()
        ? Optional.of(Item.read(response.item())).filter(this::live)
        : Optional.empty();
  }

  /** The item as it was at some time within the last second or so, for half of what get costs. */
  public Optional<Item> glimpse(Key key) {
    var response = client().getItem(request -> request.tableName(name).key(key.attributes()));
    return response.hasItem()
        ? Optional.of(Item.read(response.item())).filter(this::live)
        : Optional.empty();
  }

  /** Writes it whatever is there. */
  public void put(Item item) {
    client().putItem(request -> request.tableName(name).item(item.attributes()));
  }

  /**
   * Writes it if the condition holds.
   *
   * <p>When the answer to a write is lost, the SDK repeats it, and the repetition meets the item
   * that the first one wrote. Each write therefore bears a token, by which it knows its own.
   *
   * @return false when the condition did not hold; nothing was changed
   */
  public boolean putIf(Item item, Condition condition) {
    byte[] token = token();
    item.bytes(Item.WRITE, token);
    try {
      client()
          .putItem(
              request ->
                  request
                      .tableName(name)
                      .item(item.attributes())
                      .conditionExpression(condition.expression())
                      .expressionAttributeNames(Condition.orNull(condition.names()))
                      .expressionAttributeValues(Condition.orNull(condition.values()))
                      .returnValuesOnConditionCheckFailure(
                          ReturnValuesOnConditionCheckFailure.ALL_OLD));
      return true;
    } catch (ConditionalCheckFailedException e) {
      return isOwn(e, token);
    }
  }

  /**
   * Lays the item over the one in its place if the condition holds: its attributes take the place
   * of those of their names, and those of {@code dropped} that it lacks go. Costs what the whole
   * item is then, as {@link #putIf} does, and like it knows its own write again.
   *
   * @return false when the condition did not hold; nothing was changed
   */
  public boolean overlayIf(Item item, List<String> dropped, Condition condition) {
    byte[] token = token();
    Item.Overlay overlay = item.bytes(Item.WRITE, token).over(dropped).under(condition);
    try {
      client()
          .updateItem(
              request ->
                  request
                      .tableName(name)
                      .key(item.key().attributes())
                      .updateExpression(overlay.expression())
                      .conditionExpression(condition.expression())
                      .expressionAttributeNames(overlay.names())
                      .expressionAttributeValues(overlay.values())
                      .returnValuesOnConditionCheckFailure(
                          ReturnValuesOnConditionCheckFailure.ALL_OLD));
      return true;
    } catch (ConditionalCheckFailedException e) {
      return isOwn(e, token);
    }
  }

  private static byte[] token() {
    byte[] token = new byte[TOKEN];
    TOKENS.nextBytes(token);
    return token;
  }

  private static boolean isOwn(ConditionalCheckFailedException e, byte[] token) {
    return e.hasItem()
        && Item.read(e.item())
            .findBytes(Item.WRITE)
            .map(written -> Arrays.equals(written, token))
            .orElse(false);
  }

  /**
   * Changes attributes of an item if the condition holds.
   *
   * @param expression a constant
   * @return false when the condition did not hold; nothing was changed
   */
  public boolean updateIf(Key key, String expression, Condition condition) {
    try {
      client()
          .updateItem(
              request ->
                  request
                      .tableName(name)
                      .key(key.attributes())
                      .updateExpression(expression)
                      .conditionExpression(Condition.orNull(condition.expression()))
                      .expressionAttributeNames(Condition.orNull(condition.names()))
                      .expressionAttributeValues(Condition.orNull(condition.values())));
      return true;
    } catch (ConditionalCheckFailedException _) {
      return false;
    }
  }

  /**
   * Changes attributes of an item, or makes it of them.
   *
   * @param expression a constant
   * @return the item as it is now
   */
  public Item update(Key key, String expression, Map<String, AttributeValue> values) {
    return update(key, expression, Map.of(), values);
  }

  public Item update(
      Key key, String expression, Map<String, String> names, Map<String, AttributeValue> values) {
    return Item.read(
        client()
            .updateItem(
                request ->
                    request
                        .tableName(name)
                        .key(key.attributes())
                        .updateExpression(expression)
                        .expressionAttributeNames(Condition.orNull(names))
                        .expressionAttributeValues(values)
                        .returnValues(ReturnValue.ALL_NEW))
            .attributes());
  }

  /**
   * Deletes the item if the condition holds of it.
   *
   * @return false when it did not hold: there is none, or another one. When the answer is lost, the
   *     SDK's repetition finds none, and this is false although the item was deleted here.
   */
  public boolean deleteIf(Key key, Condition condition) {
    try {
      client()
          .deleteItem(
              request ->
                  request
                      .tableName(name)
                      .key(key.attributes())
                      .conditionExpression(Condition.orNull(condition.expression()))
                      .expressionAttributeNames(Condition.orNull(condition.names()))
                      .expressionAttributeValues(Condition.orNull(condition.values())));
      return true;
    } catch (ConditionalCheckFailedException _) {
      return false;
    }
  }

  /** Several writes at once, none of them made before it is committed. */
  public Transaction transaction() {
    return new Transaction(client(), name);
  }

  /** The item with the greatest sort key of a range, also when its time is over. */
  public Optional<Item> greatest(Range range) {
    return client()
        .query(request -> range.newestFirst(true).apply(request).tableName(name).limit(1))
        .items()
        .stream()
        .findFirst()
        .map(Item::read);
  }

  /** One page of a range. */
  public Slice query(Range range, int limit, Map<String, AttributeValue> from) {
    QueryResponse response =
        client()
            .query(
                request -> {
                  range.apply(request).tableName(name).limit(limit);
                  if (!from.isEmpty()) {
                    request.exclusiveStartKey(from);
                  }
                });
    return new Slice(
        response.items().stream().map(Item::read).filter(this::live).toList(),
        response.hasLastEvaluatedKey() ? response.lastEvaluatedKey() : Map.of());
  }

  /** All of a range that is known to be short. */
  public List<Item> all(Range range) {
    var items = new ArrayList<Item>();
    Slice slice;
    Map<String, AttributeValue> from = Map.of();
    do {
      slice = query(range, 1000, from);
      items.addAll(slice.items());
      from = slice.next();
    } while (!from.isEmpty());
    return items;
  }

  /** How many items a range has; stops looking soon after {@code enough}. */
  public int count(Range range, int enough) {
    int count = 0;
    Map<String, AttributeValue> from = Map.of();
    do {
      Map<String, AttributeValue> start = from;
      QueryResponse response =
          client()
              .query(
                  request -> {
                    range.apply(request).tableName(name).limit(enough).select("COUNT");
                    if (!start.isEmpty()) {
                      request.exclusiveStartKey(start);
                    }
                  });
      count += response.count();
      from = response.hasLastEvaluatedKey() ? response.lastEvaluatedKey() : Map.of();
    } while (!from.isEmpty() && count < enough);
    return count;
  }

  /** Those of the keys that have an item. */
  public Map<Key, Item> getAll(List<Key> keys, boolean consistent) {
    var found = new HashMap<Key, Item>();
    List<Key> distinct = keys.stream().distinct().toList();
    for (int start = 0; start < distinct.size(); start += BATCH) {
      getBatch(
          distinct.subList(start, Math.min(start + BATCH, distinct.size())), consistent, found);
    }
    return found;
  }

  private void getBatch(List<Key> keys, boolean consistent, Map<Key, Item> found) {
    Map<String, KeysAndAttributes> rest =
        Map.of(
            name,
            KeysAndAttributes.builder()
                .consistentRead(consistent)
                .keys(keys.stream().map(Key::attributes).toList())
                .build());
    for (int attempt = 0; !rest.isEmpty(); attempt++) {
      if (attempt == BATCH_TRIES) {
        throw new Overloaded("The table left keys unread " + BATCH_TRIES + " times");
      }
      if (attempt > 0) {
        pause(Duration.ofMillis(FIRST_PAUSE_MILLIS << attempt));
      }
      var asked = rest;
      var response = client().batchGetItem(request -> request.requestItems(asked));
      for (Map<String, AttributeValue> attributes :
          response.responses().getOrDefault(name, List.of())) {
        Item item = Item.read(attributes);
        if (live(item)) {
          found.put(item.key(), item);
        }
      }
      rest = new LinkedHashMap<>(response.unprocessedKeys());
    }
  }

  private boolean live(Item item) {
    return !item.has(Item.TTL) || now().getEpochSecond() < item.number(Item.TTL);
  }

  public static void pause(Duration duration) {
    try {
      Thread.sleep(duration);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted between two tries", e);
    }
  }
}
