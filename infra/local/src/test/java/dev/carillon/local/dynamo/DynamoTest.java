package dev.carillon.local.dynamo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.local.engine.Bench;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.PutRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

class DynamoTest {
  static final String TABLE =
      """
      {"TableName":"carillon","BillingMode":"PAY_PER_REQUEST",
       "AttributeDefinitions":[
         {"AttributeName":"pk","AttributeType":"S"},{"AttributeName":"sk","AttributeType":"S"},
         {"AttributeName":"b_pk","AttributeType":"S"},{"AttributeName":"b_sk","AttributeType":"S"}],
       "KeySchema":[{"AttributeName":"pk","KeyType":"HASH"},{"AttributeName":"sk","KeyType":"RANGE"}],
       "GlobalSecondaryIndexes":[{"IndexName":"feed",
         "KeySchema":[{"AttributeName":"b_pk","KeyType":"HASH"},{"AttributeName":"b_sk","KeyType":"RANGE"}],
         "Projection":{"ProjectionType":"INCLUDE","NonKeyAttributes":["mid"]}}]}
      """;

  private static Bench bench;
  private static DynamoDbClient dynamo;

  @BeforeAll
  static void start() {
    bench = Bench.inMemory();
    bench.engines.tables().create((Json.Obj) JsonText.parse(TABLE), Optional.of("ttl"));
    dynamo = bench.client(DynamoDbClient.builder());
  }

  @AfterAll
  static void stop() {
    dynamo.close();
    bench.close();
  }

  @BeforeEach
  void clean() {
    dynamo.scan(request -> request.tableName("carillon")).items().stream()
        .map(item -> Map.of("pk", item.get("pk"), "sk", item.get("sk")))
        .forEach(key -> dynamo.deleteItem(request -> request.tableName("carillon").key(key)));
    bench.engines.stats().clear();
    bench.hooks.items.clear();
  }

  private static AttributeValue text(String value) {
    return AttributeValue.fromS(value);
  }

  private static Map<String, AttributeValue> item(String sk, int size) {
    return Map.of("pk", text("p"), "sk", text(sk), "v", text("x".repeat(size)));
  }

  private static Map<String, AttributeValue> key(String sk) {
    return Map.of("pk", text("p"), "sk", text(sk));
  }

  private static Map<String, AttributeValue> feedItem(String sk) {
    return Map.of(
        "pk", text("p"), "sk", text(sk), "b_pk", text("u1"), "b_sk", text("0"), "mid", text("m"));
  }

  private static String units(String operation) {
    var units =
        bench
            .engines
            .stats()
            .json()
            .object("steps")
            .object("units")
            .object("dynamodb:" + operation);
    return JsonText.write(units);
  }

  @Test
  void units_of_single_calls_are_counted_for_the_function() {
    dynamo.putItem(request -> request.tableName("carillon").item(item("a", 1500)));
    dynamo.getItem(request -> request.tableName("carillon").key(key("a")).consistentRead(true));
    dynamo.getItem(request -> request.tableName("carillon").key(key("none")));
    dynamo.putItem(request -> request.tableName("carillon").item(feedItem("f")));

    assertThat(units("PutItem")).isEqualTo("{\"read\":0,\"write\":4}");
    assertThat(units("GetItem")).isEqualTo("{\"read\":1.5,\"write\":0}");
    var steps = bench.engines.stats().json().object("steps");
    assertThat(steps.object("calls").get("dynamodb:PutItem")).contains(Json.of(2));
    assertThat(steps.get("write_units")).contains(Json.of(4));
  }

  @Test
  void a_query_that_finds_nothing_is_billed_all_the_same() {
    for (boolean consistent : List.of(true, false)) {
      dynamo.query(
          request ->
              request
                  .tableName("carillon")
                  .keyConditionExpression("pk = :pk")
                  .expressionAttributeValues(Map.of(":pk", text("nobody")))
                  .consistentRead(consistent));
    }
    assertThat(units("Query")).isEqualTo("{\"read\":1.5,\"write\":0}");
  }

  @Test
  void a_key_of_a_batch_without_an_item_is_billed_all_the_same() {
    dynamo.putItem(request -> request.tableName("carillon").item(item("there", 10)));
    for (boolean consistent : List.of(true, false)) {
      dynamo.batchGetItem(
          request ->
              request.requestItems(
                  Map.of(
                      "carillon",
                      KeysAndAttributes.builder()
                          .keys(List.of(key("there"), key("nowhere")))
                          .consistentRead(consistent)
                          .build())));
    }
    assertThat(units("BatchGetItem")).isEqualTo("{\"read\":3,\"write\":0}");
  }

  @Test
  void a_failed_condition_is_billed_by_the_item_in_its_way() {
    dynamo.putItem(request -> request.tableName("carillon").item(item("a", 3000)));
    bench.engines.stats().clear();
    assertThatThrownBy(
            () ->
                dynamo.putItem(
                    request ->
                        request
                            .tableName("carillon")
                            .item(item("a", 1))
                            .conditionExpression("attribute_not_exists(pk)")))
        .isInstanceOf(ConditionalCheckFailedException.class);
    assertThat(units("PutItem")).isEqualTo("{\"read\":0,\"write\":3}");
  }

  private static TransactWriteItem put(Map<String, AttributeValue> item, String condition) {
    return TransactWriteItem.builder()
        .put(put -> put.tableName("carillon").item(item).conditionExpression(condition))
        .build();
  }

  @Test
  void a_transaction_is_billed_twice_its_items() {
    var fresh = "attribute_not_exists(pk)";
    dynamo.transactWriteItems(
        request -> request.transactItems(put(item("a", 1500), fresh), put(item("b", 10), fresh)));
    assertThat(units("TransactWriteItems")).isEqualTo("{\"read\":0,\"write\":6}");
    assertThatThrownBy(
            () ->
                dynamo.transactWriteItems(
                    request ->
                        request.transactItems(
                            put(item("a", 1500), fresh), put(item("c", 10), fresh))))
        .isInstanceOfSatisfying(
            TransactionCanceledException.class,
            refused ->
                assertThat(refused.cancellationReasons().getFirst().code())
                    .isEqualTo("ConditionalCheckFailed"));
    assertThat(units("TransactWriteItems")).isEqualTo("{\"read\":0,\"write\":12}");
    dynamo.transactWriteItems(request -> request.transactItems(put(feedItem("f"), fresh)));
    assertThat(units("TransactWriteItems")).isEqualTo("{\"read\":0,\"write\":16}");
  }

  @Test
  void feed_items_are_told_of_however_they_are_written() {
    dynamo.putItem(request -> request.tableName("carillon").item(feedItem("put")));
    dynamo.putItem(request -> request.tableName("carillon").item(item("plain", 1)));
    dynamo.batchWriteItem(
        request ->
            request.requestItems(
                Map.of(
                    "carillon",
                    List.of(
                        WriteRequest.builder()
                            .putRequest(PutRequest.builder().item(feedItem("batch")).build())
                            .build()))));
    dynamo.transactWriteItems(
        request -> request.transactItems(put(feedItem("transaction"), "attribute_not_exists(pk)")));
    dynamo.updateItem(
        request ->
            request
                .tableName("carillon")
                .key(key("plain"))
                .updateExpression("SET #b = :b, b_sk = :b")
                .expressionAttributeNames(Map.of("#b", "b_pk"))
                .expressionAttributeValues(Map.of(":b", text("u2"))));

    assertThat(bench.hooks.items)
        .extracting(one -> one.object("sk").text("S").get())
        .containsExactly("put", "batch", "transaction", "plain");
    assertThat(bench.hooks.items.getLast().object("v").text("S")).contains("x");
  }

  @Test
  void a_broken_definition_says_why() {
    var broken =
        ((Json.Obj) JsonText.parse(TABLE)).with("TableName", "broken").without("KeySchema");
    assertThatThrownBy(() -> bench.engines.tables().create(broken, Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("broken");
  }

  @Test
  void sizes_are_counted_as_in_the_developer_guide() {
    var item =
        (Json.Obj)
            JsonText.parse(
                """
                {"a":{"S":"ü"},"n":{"N":"-12.50"},"t":{"BOOL":true},"b":{"B":"AAAA"},
                 "l":{"L":[{"S":"x"}]},"m":{"M":{"k":{"NULL":true}}},"s":{"SS":["ab","c"]}}
                """);
    // Each name 1, and: 2, 2+1+1, 1, 3, 3+1+1, 3+1+1+1, 3
    assertThat(ItemSizes.item(item)).isEqualTo(7 + 2 + 4 + 1 + 3 + 5 + 6 + 3);
  }

  @Test
  void a_table_that_an_earlier_version_kept_moves_over(@TempDir Path folder) {
    Json.Obj today = (Json.Obj) JsonText.parse(TABLE);
    Json.Obj earlier = today.with("TableName", "Carillon-DataTableFDBAD0F2");
    Json.Obj item = (Json.Obj) JsonText.parse("{\"pk\": {\"S\": \"p\"}, \"sk\": {\"S\": \"s\"}}");
    try (var dynamo = EmbeddedDynamo.start(Optional.of(folder))) {
      dynamo.create(earlier, Optional.of("ttl"));
      dynamo.call(
          "PutItem",
          Json.object().with("TableName", "Carillon-DataTableFDBAD0F2").with("Item", item));
    }
    for (int start = 1; start <= 2; start++) {
      try (var dynamo = EmbeddedDynamo.start(Optional.of(folder))) {
        dynamo.create(today, Optional.of("ttl"));
        assertThat(dynamo.item("carillon", item)).as("start %d", start).isEqualTo(item);
        assertThat(dynamo.call("ListTables", Json.object()).body().list("TableNames"))
            .doesNotContain(Json.of("Carillon-DataTableFDBAD0F2"));
      }
    }
  }
}
