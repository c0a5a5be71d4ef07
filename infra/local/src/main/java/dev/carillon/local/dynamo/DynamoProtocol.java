package dev.carillon.local.dynamo;

import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.local.stats.CallStatistics.Units;
import dev.carillon.local.wire.AwsRequest;
import dev.carillon.local.wire.AwsResponse;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
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
  private static final int DEPTH = 200;

  private final EmbeddedDynamo tables;
  private final BiConsumer<String, Json.Obj> itemWritten;

  /** The answer, and what AWS would have billed for it. */
  public record Billed(AwsResponse answer, Units units) {}

  /**
   * @param itemWritten is given table and item, whole, for each item with the feed's index key that
   *     a call has put or updated, before the call is answered
   */
  public DynamoProtocol(EmbeddedDynamo tables, BiConsumer<String, Json.Obj> itemWritten) {
    this.tables = tables;
    this.itemWritten = itemWritten;
  }

  /** Carries the call out. */
  public Billed answer(String operation, AwsRequest request) {
    return switch (operation) {
      case "TransactWriteItems" -> transaction(request);
      case "TransactGetItems" -> {
        var answer = tables.send(operation, request.body());
        yield new Billed(answer, transactionReads(answer));
      }
      default -> single(operation, request);
    };
  }

  private Billed single(String operation, AwsRequest request) {
    var text = new String(request.body(), StandardCharsets.UTF_8);
    var counted = READS.contains(operation) || WRITES.contains(operation);
    var answer =
        tables.send(
            operation,
            counted ? askingForCapacity(text).getBytes(StandardCharsets.UTF_8) : request.body());
    if (!counted) {
      return new Billed(answer, Units.NONE);
    }
    if (answer.status() != 200) {
      return new Billed(answer, conditionFailed(operation, request, answer));
    }
    var body = parsed(answer);
    if (WRITES.contains(operation) && text.contains('"' + FEED_KEY + '"')) {
      tell(operation, request.json(), body);
    }
    var units = capacity(body.get("ConsumedCapacity").orElse(Json.NULL));
    return new Billed(
        answer,
        READS.contains(operation)
            ? Units.reading(operation.equals("Query") ? units.max(least(request)) : units)
            : Units.writing(units));
  }

  /**
   * What a query costs that finds nothing: as much as one that finds something small (API reference
   * of Query). DynamoDB Local says that it costs nothing.
   */
  private static BigDecimal least(AwsRequest request) {
    var consistent = request.json().get("ConsistentRead").orElse(Json.FALSE).equals(Json.TRUE);
    return consistent ? BigDecimal.ONE : new BigDecimal("0.5");
  }

  /**
   * The request with the question after its capacity put in front. The answer then says more than
   * the caller asked for, which no client minds.
   */
  private static String askingForCapacity(String body) {
    if (body.contains("\"ReturnConsumedCapacity\"")) {
      return body.replace(
          "\"ReturnConsumedCapacity\":\"NONE\"", "\"ReturnConsumedCapacity\":\"TOTAL\"");
    }
    var start = body.indexOf('{') + 1;
    var rest = body.substring(start);
    return "{\"ReturnConsumedCapacity\":\"TOTAL\""
        + (rest.stripLeading().startsWith("}") ? rest : "," + rest);
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
  private Units conditionFailed(String operation, AwsRequest request, AwsResponse answer) {
    if (!WRITES.contains(operation) || !code(answer).endsWith("ConditionalCheckFailedException")) {
      return Units.NONE;
    }
    var write = ItemWrite.single(operation, request.json(), tables);
    return Units.writing(
        BigDecimal.valueOf(
            ItemSizes.writeUnits(ItemSizes.item(tables.item(write.table(), write.key())))));
  }

  private static String code(AwsResponse answer) {
    return parsed(answer).text("__type").orElse("");
  }

  /**
   * DynamoDB Local's own figures for transactions are wrong, so the items are measured before and
   * after. A cancelled transaction is billed like one that went through and changed nothing.
   */
  private Billed transaction(AwsRequest request) {
    var writes = ItemWrite.transaction(request.json(), tables);
    var before = writes.stream().map(write -> tables.item(write.table(), write.key())).toList();
    var answer = tables.send("TransactWriteItems", request.body());
    var done = answer.status() == 200;
    if (!done && !code(answer).endsWith("TransactionCanceledException")) {
      return new Billed(answer, Units.NONE);
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
    return new Billed(answer, Units.writing(BigDecimal.valueOf(2 * units)));
  }

  private static Units transactionReads(AwsResponse answer) {
    if (answer.status() != 200) {
      return Units.NONE;
    }
    var units =
        parsed(answer).list("Responses").stream()
            .mapToLong(
                item ->
                    item instanceof Json.Obj one
                        ? ItemSizes.readUnits(ItemSizes.item(one.object("Item")))
                        : 1)
            .sum();
    return Units.reading(BigDecimal.valueOf(2 * units));
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

  private static Json.Obj parsed(AwsResponse answer) {
    return JsonText.parse(answer.body(), DEPTH) instanceof Json.Obj body ? body : Json.object();
  }
}
