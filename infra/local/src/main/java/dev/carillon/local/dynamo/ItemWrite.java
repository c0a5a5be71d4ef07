package dev.carillon.local.dynamo;

import dev.carillon.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One item that a call writes or, in a transaction, checks.
 *
 * @param puts an item stands under the key afterwards because of this write
 * @param item the whole item, when the call itself holds it
 */
record ItemWrite(
    String table, Json.Obj key, boolean puts, boolean checks, Optional<Json.Obj> item) {

  static List<ItemWrite> of(String operation, Json.Obj request, EmbeddedDynamo tables) {
    if (!operation.equals("BatchWriteItem")) {
      return List.of(single(operation, request, tables));
    }
    var writes = new ArrayList<ItemWrite>();
    request
        .object("RequestItems")
        .fields()
        .forEach(
            (table, entries) -> {
              if (entries instanceof Json.Arr(var items)) {
                for (var entry : items) {
                  if (entry instanceof Json.Obj one && one.get("PutRequest").isPresent()) {
                    writes.add(put(table, one.object("PutRequest").object("Item"), tables));
                  }
                }
              }
            });
    return writes;
  }

  static ItemWrite single(String operation, Json.Obj request, EmbeddedDynamo tables) {
    var table = request.text("TableName").orElse("");
    return operation.equals("PutItem")
        ? put(table, request.object("Item"), tables)
        : new ItemWrite(
            table, request.object("Key"), operation.equals("UpdateItem"), false, Optional.empty());
  }

  static List<ItemWrite> transaction(Json.Obj request, EmbeddedDynamo tables) {
    var writes = new ArrayList<ItemWrite>();
    for (var item : request.list("TransactItems")) {
      if (item instanceof Json.Obj(var actions)) {
        actions.forEach(
            (action, content) -> {
              if (content instanceof Json.Obj body) {
                writes.add(action(action, body, tables));
              }
            });
      }
    }
    return writes;
  }

  private static ItemWrite action(String action, Json.Obj body, EmbeddedDynamo tables) {
    var table = body.text("TableName").orElse("");
    return action.equals("Put")
        ? put(table, body.object("Item"), tables)
        : new ItemWrite(
            table,
            body.object("Key"),
            action.equals("Update"),
            action.equals("ConditionCheck"),
            Optional.empty());
  }

  private static ItemWrite put(String table, Json.Obj item, EmbeddedDynamo tables) {
    var key = tables.shape(table).map(shape -> shape.keyOf(item)).orElse(item);
    return new ItemWrite(table, key, true, false, Optional.of(item));
  }

  /** Units outside a transaction, indexes included: the larger of the two images counts. */
  long units(Json.Obj before, Json.Obj after, EmbeddedDynamo tables) {
    var size = Math.max(ItemSizes.item(before), ItemSizes.item(after));
    var indexes =
        checks ? 0 : tables.shape(table).map(shape -> shape.indexUnits(before, after)).orElse(0L);
    return ItemSizes.writeUnits(size) + indexes;
  }
}
