package dev.carillon.local.dynamo;

import dev.carillon.json.Json;
import dev.carillon.local.iam.AccessRequest.Need;
import dev.carillon.local.template.AccountRegion;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a call of DynamoDB needs of its caller's policies: the action of its name on the table or
 * the index, and for a transaction the action of each part. The partition keys it touches are the
 * condition key {@code dynamodb:LeadingKeys}.
 */
final class DynamoActions {
  private static final String LEADING_KEYS = "dynamodb:LeadingKeys";
  private static final Pattern EQUALITY = Pattern.compile("([#\\w.-]+)\\s*=\\s*(:\\w+)");

  private final EmbeddedDynamo tables;

  DynamoActions(EmbeddedDynamo tables) {
    this.tables = tables;
  }

  List<Need> of(String operation, Json.Obj request) {
    return switch (operation) {
      case "TransactWriteItems", "TransactGetItems" -> transaction(request);
      case "BatchGetItem", "BatchWriteItem" -> batch(operation, request);
      case "ListTables" -> List.of(Need.of("dynamodb:ListTables", "*"));
      case "Query" -> List.of(query(request));
      case "Scan" -> List.of(need(operation, request, Set.of()));
      default -> List.of(need(operation, request, keys(request)));
    };
  }

  private Need query(Json.Obj request) {
    var partitionKey =
        tables
            .shape(table(request))
            .map(shape -> shape.partitionKey(request.text("IndexName")))
            .orElse("");
    var names = request.object("ExpressionAttributeNames");
    var values = request.object("ExpressionAttributeValues");
    var keys = new LinkedHashSet<String>();
    var equality = EQUALITY.matcher(request.text("KeyConditionExpression").orElse(""));
    while (equality.find()) {
      var name = names.text(equality.group(1)).orElse(equality.group(1));
      if (name.equals(partitionKey)) {
        values.object(equality.group(2)).text("S").ifPresent(keys::add);
      }
    }
    return need("Query", request, keys);
  }

  private List<Need> transaction(Json.Obj request) {
    var needs = new ArrayList<Need>();
    for (var item : request.list("TransactItems")) {
      if (item instanceof Json.Obj(var parts)) {
        parts.forEach(
            (part, body) -> {
              if (body instanceof Json.Obj one) {
                var action = part.equals("ConditionCheck") ? "ConditionCheckItem" : part + "Item";
                needs.add(need(action, one, keys(one)));
              }
            });
      }
    }
    return needs;
  }

  private List<Need> batch(String operation, Json.Obj request) {
    var needs = new ArrayList<Need>();
    request
        .object("RequestItems")
        .fields()
        .forEach(
            (table, entry) -> {
              var keys = new LinkedHashSet<String>();
              if (entry instanceof Json.Obj one) {
                one.list("Keys").forEach(key -> partition(table, key).ifPresent(keys::add));
              }
              if (entry instanceof Json.Arr(var writes)) {
                for (var write : writes) {
                  if (write instanceof Json.Obj one) {
                    keys.addAll(keysOf(table, one.object("PutRequest")));
                    keys.addAll(keysOf(table, one.object("DeleteRequest")));
                  }
                }
              }
              needs.add(need(operation, arn(table), keys));
            });
    return needs;
  }

  private Set<String> keys(Json.Obj request) {
    return keysOf(table(request), request);
  }

  /** Of what holds an item or a key. */
  private Set<String> keysOf(String table, Json.Obj holder) {
    var keys = new LinkedHashSet<String>();
    holder.get("Item").flatMap(item -> partition(table, item)).ifPresent(keys::add);
    holder.get("Key").flatMap(key -> partition(table, key)).ifPresent(keys::add);
    return keys;
  }

  private Optional<String> partition(String table, Json item) {
    return item instanceof Json.Obj one
        ? tables
            .shape(name(table))
            .flatMap(shape -> one.object(shape.partitionKey(Optional.empty())).text("S"))
        : Optional.empty();
  }

  private static Need need(String operation, Json.Obj request, Set<String> keys) {
    var table = arn(request.text("TableName").orElse(""));
    return need(
        operation,
        request.text("IndexName").map(index -> table + "/index/" + index).orElse(table),
        keys);
  }

  private static Need need(String operation, String resource, Set<String> keys) {
    var need = Need.of("dynamodb:" + operation, resource);
    return keys.isEmpty() ? need : need.with(LEADING_KEYS, List.copyOf(keys));
  }

  private static String table(Json.Obj request) {
    return name(request.text("TableName").orElse(""));
  }

  /** From a name or an ARN. */
  private static String name(String given) {
    return given.substring(given.lastIndexOf('/') + 1);
  }

  private static String arn(String table) {
    return table.startsWith("arn:") ? table : AccountRegion.LOCAL.arn("dynamodb", "table/" + table);
  }
}
