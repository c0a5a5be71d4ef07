package dev.carillon.local.dynamo;

import dev.carillon.json.Json;
import dev.carillon.local.iam.AccessRequest;
import dev.carillon.local.stats.CallStatistics.Units;
import dev.carillon.local.wire.AwsRequest;
import dev.carillon.local.wire.AwsResponse;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * DynamoDB calls on their way to DynamoDB Local: what each consumed is found out, what must survive
 * is made to, and feed items are told of.
 */
public final class DynamoProtocol {
  private static final Set<String> READS = Set.of("GetItem", "BatchGetItem", "Query", "Scan");
  private static final Set<String> WRITES =
      Set.of("PutItem", "UpdateItem", "DeleteItem", "BatchWriteItem");
  private static final String FEED_KEY = "b_pk";

  private final EmbeddedDynamo tables;
  private final DynamoActions actions;
  private final BiConsumer<String, Json.Obj> itemWritten;

  /** The answer, and what AWS would have billed for it. */
  public record Billed(AwsResponse answer, Units units) {}

  /**
   * @param itemWritten is given table and item, whole, for each item with the feed's index key that
   *     a call has put or updated, before the call is answered
   */
  public DynamoProtocol(EmbeddedDynamo tables, BiConsumer<String, Json.Obj> itemWritten) {
    this.tables = tables;
    this.actions = new DynamoActions(tables);
    this.itemWritten = itemWritten;
  }

  /** What the call needs of its caller's policies. */
  public List<AccessRequest.Need> needs(String operation, AwsRequest request) {
    return actions.of(operation, request.json());
  }

  /** Carries the call out. */
  public Billed answer(String operation, AwsRequest request) {
    return switch (operation) {
      case "TransactWriteItems" -> transaction(request.json());
      case "TransactGetItems" -> {
        var result = tables.call(operation, request.json());
        yield new Billed(response(result), transactionReads(result));
      }
      default -> single(operation, request.json());
    };
  }

  private Billed single(String operation, Json.Obj request) {
    var counted = READS.contains(operation) || WRITES.contains(operation);
    var result = tables.call(operation, counted ? askingForCapacity(request) : request);
    if (!counted) {
      return new Billed(response(result), Units.NONE);
    }
    if (!result.ok()) {
      return new Billed(response(result), conditionFailed(operation, request, result));
    }
    if (WRITES.contains(operation) && mayTouchFeed(operation, request)) {
      tell(operation, request, result.body());
    }
    var units = capacity(result.body().get("ConsumedCapacity").orElse(Json.NULL));
    return new Billed(
        response(result),
        switch (operation) {
          case "Query" -> Units.reading(units.max(least(request)));
          case "BatchGetItem" -> Units.reading(units.add(missed(request, result.body())));
          default -> READS.contains(operation) ? Units.reading(units) : Units.writing(units);
        });
  }

  /**
   * What the keys of a batch cost that have no item: as much as a small one each, as GetItem does.
   * DynamoDB Local says that they cost nothing.
   */
  private static BigDecimal missed(Json.Obj request, Json.Obj answer) {
    var units = BigDecimal.ZERO;
    for (String table : request.object("RequestItems").fields().keySet()) {
      var asked = request.object("RequestItems").object(table);
      int missed =
          asked.list("Keys").size()
              - answer.object("Responses").list(table).size()
              - answer.object("UnprocessedKeys").object(table).list("Keys").size();
      units = units.add(least(asked).multiply(BigDecimal.valueOf(missed)));
    }
    return units;
  }

  private static AwsResponse response(EmbeddedDynamo.Result result) {
    return AwsResponse.json(result.status(), "application/x-amz-json-1.0", result.body());
  }

  /**
   * What a query costs that finds nothing: as much as one that finds something small (API reference
   * of Query). DynamoDB Local says that it costs nothing.
   */
  private static BigDecimal least(Json.Obj request) {
    var consistent = request.get("ConsistentRead").orElse(Json.FALSE).equals(Json.TRUE);
    return consistent ? BigDecimal.ONE : new BigDecimal("0.5");
  }

  /**
   * The request with the question after its capacity. The answer then says more than the caller
   * asked for, which no client minds.
   */
  private static Json.Obj askingForCapacity(Json.Obj request) {
    return request.text("ReturnConsumedCapacity").orElse("NONE").equals("NONE")
        ? request.with("ReturnConsumedCapacity", "TOTAL")
        : request;
  }

  /** The units of one report or of a list of them, indexes included. */
  private static BigDecimal capacity(Json reported) {
    return switch (reported) {
      case Json.Obj one ->
          one.get("CapacityUnits").orElse(Json.NULL) instanceof Json.Num(var units)
              ? units
              : BigDecimal.ZERO;
      case Json.Arr(var items) ->
          items.stream().map(DynamoProtocol::capacity).reduce(BigDecimal.ZERO, BigDecimal::add);
      case Json.Str _, Json.Num _, Json.Bool _, Json.Null _ -> BigDecimal.ZERO;
    };
  }

  /** A write whose condition fails is billed by the item that stood in its way. */
  private Units conditionFailed(String operation, Json.Obj request, EmbeddedDynamo.Result result) {
    if (!WRITES.contains(operation)
        || !result.errorCode().equals("ConditionalCheckFailedException")) {
      return Units.NONE;
    }
    var write = ItemWrite.single(operation, request, tables);
    return Units.writing(
        BigDecimal.valueOf(
            ItemSizes.writeUnits(ItemSizes.item(tables.item(write.table(), write.key())))));
  }

  /**
   * DynamoDB Local's own figures for transactions are wrong, so the items are measured before and
   * after. A cancelled transaction is billed like one that went through and changed nothing.
   */
  private Billed transaction(Json.Obj request) {
    var writes = ItemWrite.transaction(request, tables);
    var before = writes.stream().map(write -> tables.item(write.table(), write.key())).toList();
    var result = tables.call("TransactWriteItems", request);
    var done = result.ok();
    if (!done && !result.errorCode().equals("TransactionCanceledException")) {
      return new Billed(response(result), Units.NONE);
    }
    if (done) {
      tables.barrier();
    }
    var units = 0L;
    for (var at = 0; at < writes.size(); at++) {
      var write = writes.get(at);
      var after = done ? tables.item(write.table(), write.key()) : before.get(at);
      units += write.units(before.get(at), after, tables);
      if (done && write.puts() && after.get(FEED_KEY).isPresent()) {
        itemWritten.accept(write.table(), after);
      }
    }
    return new Billed(response(result), Units.writing(BigDecimal.valueOf(2 * units)));
  }

  private static Units transactionReads(EmbeddedDynamo.Result result) {
    if (!result.ok()) {
      return Units.NONE;
    }
    var units =
        result.body().list("Responses").stream()
            .mapToLong(
                item ->
                    item instanceof Json.Obj one
                        ? ItemSizes.readUnits(ItemSizes.item(one.object("Item")))
                        : 1)
            .sum();
    return Units.reading(BigDecimal.valueOf(2 * units));
  }

  /** False for an update that does not name the feed's key: its item need not be read again. */
  private static boolean mayTouchFeed(String operation, Json.Obj request) {
    return !operation.equals("UpdateItem")
        || request.text("UpdateExpression").orElse("").contains(FEED_KEY)
        || request.object("ExpressionAttributeNames").fields().containsValue(Json.of(FEED_KEY));
  }

  private void tell(String operation, Json.Obj request, Json.Obj answer) {
    for (var write : ItemWrite.of(operation, request, tables)) {
      if (!write.puts() || unprocessed(write, answer)) {
        continue;
      }
      var item = write.item().orElseGet(() -> tables.item(write.table(), write.key()));
      if (item.get(FEED_KEY).isPresent()) {
        itemWritten.accept(write.table(), item);
      }
    }
  }

  private static boolean unprocessed(ItemWrite write, Json.Obj answer) {
    return answer.object("UnprocessedItems").list(write.table()).stream()
        .anyMatch(
            item ->
                item instanceof Json.Obj one
                    && write.item().equals(Optional.of(one.object("PutRequest").object("Item"))));
  }
}
