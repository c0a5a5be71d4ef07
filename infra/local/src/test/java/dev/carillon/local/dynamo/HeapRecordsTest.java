package dev.carillon.local.dynamo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.dynamodb.services.local.shared.access.sqlite.SQLiteDBAccess;

/** DynamoDB Local answers alike over its own database and over the heap. */
class HeapRecordsTest {
  private static final int CALLS = 400;

  private static EmbeddedDynamo sqlite;
  private static EmbeddedDynamo heap;

  @BeforeAll
  static void start() {
    // Loads SQLite as well.
    heap = EmbeddedDynamo.start(Optional.empty());
    sqlite = EmbeddedDynamo.over(new SQLiteDBAccess(), Optional.empty());
  }

  @AfterAll
  static void stop() {
    heap.close();
    sqlite.close();
  }

  private static Json.Obj json(String text, Object... values) {
    return (Json.Obj) JsonText.parse(text.formatted(values).replace('\'', '"'), 200);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void every_call_of_a_random_history_is_answered_alike(long seed) {
    var random = new Random(seed);
    var table = "history-" + seed;
    for (var each : List.of(heap, sqlite)) {
      each.create(
          (Json.Obj) JsonText.parse(DynamoTest.TABLE.replace("carillon", table)), Optional.empty());
    }
    for (var call = 0; call < CALLS; call++) {
      var pick = random.nextInt(12);
      switch (pick) {
        case 0, 1, 2 -> alike("PutItem", put(random, table));
        case 3, 4 -> alike("UpdateItem", update(random, table));
        case 5 -> alike("DeleteItem", delete(random, table));
        case 6 -> alike("GetItem", json("{'TableName':'%s','Key':%s}", table, key(random)));
        case 7, 8 -> pages(query(random, table));
        case 9 -> index(random, table);
        case 10 -> scan(table);
        default -> alike("TransactWriteItems", transaction(random, table));
      }
    }
    var left = sqlite.call("Scan", json("{'TableName':'%s'}", table)).body().list("Items");
    assertThat(left).isNotEmpty();
  }

  private static void alike(String operation, Json.Obj request) {
    var expected = sqlite.call(operation, request);
    assertThat(heap.call(operation, request)).as(operation + " " + request).isEqualTo(expected);
  }

  /** The pages of a query one after the other. */
  private static void pages(Json.Obj first) {
    var request = first;
    while (true) {
      var expected = sqlite.call("Query", request);
      assertThat(heap.call("Query", request)).as("Query " + request).isEqualTo(expected);
      if (expected.body().get("LastEvaluatedKey").isEmpty()) {
        return;
      }
      request = first.with("ExclusiveStartKey", expected.body().object("LastEvaluatedKey"));
    }
  }

  /** Items with equal keys in an index may come in any order, and so their pages differ. */
  private static void index(Random random, String table) {
    var request =
        json(
            "{'TableName':'%s','IndexName':'feed','KeyConditionExpression':'b_pk = :p and b_sk"
                + " >= :s','ExpressionAttributeValues':{':p':{'S':'b%d'},':s':{'S':'%d'}},"
                + "'ScanIndexForward':%s}",
            table, random.nextInt(2), random.nextInt(5), random.nextBoolean());
    var all = new HashSet<>(sqlite.call("Query", request).body().list("Items"));
    assertThat(heap.call("Query", request).body().list("Items"))
        .containsExactlyInAnyOrderElementsOf(all);
    var seen = new HashSet<Json>();
    var page = request.with("Limit", Json.of(2));
    while (true) {
      var body = heap.call("Query", page).body();
      seen.addAll(body.list("Items"));
      if (body.get("LastEvaluatedKey").isEmpty()) {
        assertThat(seen).isEqualTo(all);
        return;
      }
      page = page.with("ExclusiveStartKey", body.object("LastEvaluatedKey"));
    }
  }

  private static void scan(String table) {
    var request = json("{'TableName':'%s'}", table);
    var all = sqlite.call("Scan", request).body().list("Items");
    var seen = new HashSet<Json>();
    var page = request.with("Limit", Json.of(3));
    while (true) {
      var body = heap.call("Scan", page).body();
      seen.addAll(body.list("Items"));
      if (body.get("LastEvaluatedKey").isEmpty()) {
        break;
      }
      page = page.with("ExclusiveStartKey", body.object("LastEvaluatedKey"));
    }
    assertThat(seen).containsExactlyInAnyOrderElementsOf(all);
  }

  private static String key(Random random) {
    return "{'pk':{'S':'p%d'},'sk':{'S':'%s'}}".formatted(random.nextInt(3), sort(random));
  }

  private static String sort(Random random) {
    return List.of("a", "a#1", "a#2", "ab", "b", "b#1", "é", "z").get(random.nextInt(8));
  }

  private static String item(Random random) {
    var key = key(random);
    var more =
        switch (random.nextInt(4)) {
          case 0 -> ",'n':{'N':'%d'}".formatted(random.nextInt(5));
          case 1 ->
              ",'b_pk':{'S':'b%d'},'b_sk':{'S':'%d'},'mid':{'S':'m'}"
                  .formatted(random.nextInt(2), random.nextInt(5));
          case 2 -> ",'m':{'M':{'l':{'L':[{'N':'1'},{'BOOL':true},{'NULL':true}]}}}";
          default -> ",'b':{'B':'AQID'},'ss':{'SS':['x','y']}";
        };
    return key.substring(0, key.length() - 1) + more + "}";
  }

  private static Json.Obj put(Random random, String table) {
    var request = json("{'TableName':'%s','Item':%s}", table, item(random));
    return random.nextBoolean()
        ? request
        : request
            .with("ConditionExpression", "attribute_not_exists(pk) OR n > :n")
            .with("ExpressionAttributeValues", json("{':n':{'N':'2'}}"))
            .with("ReturnValuesOnConditionCheckFailure", "ALL_OLD");
  }

  private static Json.Obj update(Random random, String table) {
    return json(
        "{'TableName':'%s','Key':%s,'UpdateExpression':'SET n = if_not_exists(n, :z) + :o, b_pk ="
            + " :b, b_sk = :s REMOVE m','ExpressionAttributeValues':{':z':{'N':'0'},':o':{'N':'1'},"
            + "':b':{'S':'b%d'},':s':{'S':'%d'}},'ReturnValues':'ALL_NEW'}",
        table, key(random), random.nextInt(2), random.nextInt(5));
  }

  private static Json.Obj delete(Random random, String table) {
    return json("{'TableName':'%s','Key':%s,'ReturnValues':'ALL_OLD'}", table, key(random));
  }

  private static Json.Obj query(Random random, String table) {
    var condition =
        List.of(
                "",
                " and sk = :a",
                " and sk < :a",
                " and sk <= :a",
                " and sk > :a",
                " and sk >= :a",
                " and begins_with(sk, :a)",
                " and sk between :a and :z")
            .get(random.nextInt(8));
    var values = json("{':p':{'S':'p%d'}}", random.nextInt(3));
    if (!condition.isEmpty()) {
      values = values.with(":a", json("{'S':'%s'}", sort(random)));
    }
    if (condition.contains(":z")) {
      values = values.with(":z", json("{'S':'é'}"));
    }
    var request =
        json(
                "{'TableName':'%s','KeyConditionExpression':'pk = :p%s','ScanIndexForward':%s}",
                table, condition, random.nextBoolean())
            .with("ExpressionAttributeValues", values);
    return random.nextBoolean() ? request : request.with("Limit", Json.of(1 + random.nextInt(3)));
  }

  private static Json.Obj transaction(Random random, String table) {
    var second = random.nextBoolean() ? "attribute_not_exists(pk)" : "attribute_exists(pk)";
    return json(
        "{'TransactItems':[{'Put':{'TableName':'%s','Item':%s}},{'Update':{'TableName':'%s','Key':"
            + "{'pk':{'S':'p9'},'sk':{'S':'%s'}},'ConditionExpression':'%s','UpdateExpression':"
            + "'SET n = :n','ExpressionAttributeValues':{':n':{'N':'1'}}}}]}",
        table, item(random), table, sort(random), second);
  }
}
