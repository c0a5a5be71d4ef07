package dev.carillon.testing.guides;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.json.Json;
import dev.carillon.source.SourceId;
import dev.carillon.task.FanoutTask;
import dev.carillon.task.Tasks;
import dev.carillon.testing.engine.Call;
import dev.carillon.testing.engine.CallAnswer;
import dev.carillon.testing.engine.InProcessEngine;
import dev.carillon.testing.scenarios.GuideEngine;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Events of other systems, from what they post to what it does. */
class SourcesTest {
  private static final String SEGMENT =
      """
      {"source": {"name": "Segment", "preconfigured_provider": "segment",
        "environment_settings": {"development": {"mappings": [
          {"event_type": "Order Placed", "action_type": "workflows_trigger",
           "action_parameters": {"key": "receipt", "recipients": "user_id", "data": "data"}}]}}}}
      """;

  private static final String TRACKED =
      """
      {"type": "track", "event": "Order Placed", "userId": "ana", "messageId": "m-1",
       "timestamp": "2026-01-05T09:00:00Z",
       "context": {"library": {"name": "analytics.js"}},
       "properties": {"order": "F-1042", "total": 12.5}}
      """;

  private final GuideEngine scene = GuideEngine.open();

  @BeforeEach
  void there_is_a_service_token_and_a_workflow() {
    scene.managed();
    scene.workflow("receipt", GuideEngine.mail("Order {{order}}"));
  }

  private CallAnswer manage(String method, String path, String body) {
    return scene.engine.call(
        new Call(
            method,
            "/v1/sources/" + path + "?environment=development",
            Map.of("authorization", "Bearer knock_st_test"),
            body.isEmpty() ? Optional.empty() : Optional.of(body)));
  }

  /** Sets the source up and gives the path that it receives at. */
  private String source(String key, String body) {
    CallAnswer answer = manage("PUT", key, body);
    assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
    String endpoint =
        answer
            .body()
            .object("source")
            .object("environment_settings")
            .object("development")
            .object("settings")
            .text("endpoint")
            .orElseThrow();
    return endpoint.substring(endpoint.indexOf(SourceId.PATH));
  }

  private static String http(String mappings) {
    return """
    {"source": {"name": "Shop",
      "environment_settings": {"development": {"mappings": [%s]}}}}
    """
        .formatted(mappings);
  }

  private static String mapping(String event, String action, String parameters) {
    return "{\"event_type\": \"%s\", \"action_type\": \"%s\", \"action_parameters\": %s}"
        .formatted(event, action, parameters.replace('\'', '"'));
  }

  private int post(String path, String body, String... headers) {
    Map<String, String> sent = headers.length == 0 ? Map.of() : Map.of(headers[0], headers[1]);
    int status = scene.engine.call(new Call("POST", path, sent, Optional.of(body))).status();
    scene.engine.settle();
    return status;
  }

  /** The log with its actions, newest first. */
  private List<Json> log(String key) {
    return scene
        .engine
        .call(
            new Call(
                "GET",
                "/v1/sources/" + key + "/logs?environment=development&include[]=actions",
                Map.of("authorization", "Bearer knock_st_test"),
                Optional.empty()))
        .body()
        .list("entries");
  }

  private static List<String> actions(Json entry) {
    return ((Json.Obj) entry)
        .list("actions").stream()
            .map(Json.Obj.class::cast)
            .map(
                it ->
                    it.text("action_type").orElse("")
                        + " "
                        + it.object("action_result").text("error").orElse("ok"))
            .toList();
  }

  @Test
  void a_tracked_event_of_segment_triggers_with_its_properties_as_it_comes() {
    String path = source("segment", SEGMENT);
    scene.user("ana");
    assertThat(post(path, TRACKED)).isEqualTo(204);
    assertThat(scene.mails()).singleElement().asString().contains("Order F-1042");
    assertThat(log("segment")).hasSize(1);
    assertThat(actions(log("segment").getFirst())).containsExactly("workflows_trigger ok");
  }

  @Test
  void an_identified_user_of_a_customer_data_platform_is_known_by_its_traits() {
    String path = source("segment", SEGMENT);
    post(
        path,
        """
        {"type": "identify", "userId": "ana", "messageId": "m-2",
         "traits": {"name": "Ana", "email": "ana@example.com", "phone": "+15005550006"}}
        """);
    Json.Obj ana = scene.engine.call(Call.get("/v1/users/ana")).body();
    assertThat(ana.text("name")).contains("Ana");
    assertThat(ana.text("phone_number")).contains("+15005550006");
  }

  @Test
  void an_event_with_the_key_of_an_earlier_one_is_logged_and_does_nothing() {
    String path = source("segment", SEGMENT);
    scene.user("ana");
    post(path, TRACKED);
    post(path, TRACKED);
    assertThat(scene.mails()).hasSize(1);
    assertThat(log("segment")).hasSize(2);
    assertThat(((Json.Obj) log("segment").getFirst()).get("idempotent")).contains(Json.TRUE);
    scene.pass("PT25H");
    post(path, TRACKED);
    assertThat(scene.mails()).as("a day later").hasSize(2);
  }

  @Test
  void an_event_that_did_nothing_may_be_sent_again() {
    String path = source("segment", SEGMENT.replace("receipt", "later"));
    scene.user("ana");
    post(path, TRACKED);
    assertThat(actions(log("segment").getFirst()))
        .containsExactly("workflows_trigger key: there is no workflow of that key");
    scene.workflow("later", GuideEngine.mail("Now"));
    post(path, TRACKED);
    assertThat(scene.mails()).hasSize(1);
  }

  @Test
  void several_actions_of_one_event_run_in_their_fixed_order() {
    String path =
        source(
            "shop",
            http(
                String.join(
                    ",",
                    mapping(
                        "paid",
                        "workflows_trigger",
                        "{'key': 'receipt', 'recipients': 'body.customers', 'data': 'body.order'}"),
                    mapping(
                        "paid",
                        "objects_subscribe",
                        "{'collection': 'orders', 'id': 'body.order.id', 'recipients':"
                            + " 'body.customers'}"),
                    mapping("paid", "tenants_set", "{'id': 'body.shop', 'name': 'body.shop'}"),
                    mapping(
                        "paid",
                        "objects_set",
                        "{'collection': 'orders', 'id': 'body.order.id', 'properties':"
                            + " 'body.order'}"),
                    mapping(
                        "paid",
                        "users_identify",
                        "{'id': 'body.customers.0.id', 'email': 'body.mail'}"))));
    assertThat(
            post(
                path,
                """
                {"type": "paid", "shop": "acme", "mail": "ana@example.com",
                 "customers": [{"id": 7}], "order": {"id": 41, "order": "41"}}
                """))
        .isEqualTo(204);
    assertThat(actions(log("shop").getFirst()))
        .containsExactly(
            "users_identify ok",
            "objects_set ok",
            "tenants_set ok",
            "objects_subscribe ok",
            "workflows_trigger ok");
    assertThat(scene.mails()).singleElement().asString().contains("Order 41");
    Json.Obj subscribed = scene.engine.call(Call.get("/v1/objects/orders/41/subscriptions")).body();
    assertThat(subscribed.list("entries")).hasSize(1);
  }

  @Test
  void an_action_without_what_it_needs_is_left_out_and_the_others_are_done() {
    String path =
        source(
            "shop",
            http(
                mapping("paid", "users_delete", "{'id': 'body.nobody'}")
                    + ","
                    + mapping("paid", "users_identify", "{'id': 'body.user'}")));
    post(path, "{\"type\": \"paid\", \"user\": \"ana\"}");
    assertThat(actions(log("shop").getFirst()))
        .containsExactly(
            "users_identify ok", "users_delete id is required, and the event has none there");
    assertThat(scene.engine.call(Call.get("/v1/users/ana")).status()).isEqualTo(200);
  }

  @Test
  void an_event_for_more_than_a_thousand_triggers_nothing() {
    String path =
        source(
            "shop",
            http(
                mapping(
                    "sale", "workflows_trigger", "{'key': 'receipt', 'recipients': 'body.to'}")));
    String people =
        IntStream.rangeClosed(1, 1_001)
            .mapToObj(i -> "\"u" + i + "\"")
            .collect(Collectors.joining(","));
    post(path, "{\"type\": \"sale\", \"to\": [" + people + "]}");
    assertThat(actions(log("shop").getFirst()))
        .containsExactly("workflows_trigger recipients must have at most 1000 entries");
    assertThat(scene.messages()).isEmpty();
  }

  @Test
  void audiences_change_and_who_waits_for_it_hears() {
    scene.must(
        Call.post(
            "/v1/audiences/beta/members?create_audience=true",
            GuideEngine.json("{'members': [{'user': {'id': 'bob'}}]}")));
    String path =
        source(
            "shop",
            http(
                mapping("in", "audiences_add_member", "{'key': 'beta', 'user': 'body.user'}")
                    + ","
                    + mapping(
                        "out", "audiences_remove_member", "{'key': 'beta', 'user': 'body.user'}")));
    post(path, "{\"type\": \"in\", \"user\": {\"id\": \"ana\", \"name\": \"Ana\"}}");
    post(path, "{\"type\": \"out\", \"user\": \"bob\"}");
    List<Json> members =
        scene.engine.call(Call.get("/v1/audiences/beta/members")).body().list("entries");
    assertThat(members)
        .singleElement()
        .satisfies(it -> assertThat(((Json.Obj) it).text("user_id")).contains("ana"));
  }

  @Test
  void a_run_that_waits_for_an_event_of_its_user_goes_on() {
    scene
        .user("ana")
        .workflow(
            "cart",
            GuideEngine.step(
                "wait_for_event",
                "'event': {'event_type': 'integration_source', 'event_key': 'Order Placed',"
                    + " 'integration_source_key': 'segment'},"
                    + " 'expires_after': {'unit': 'days', 'value': 2}"),
            GuideEngine.mail("Bought"));
    String path = source("segment", SEGMENT.replace("Order Placed", "Something Else"));
    scene.trigger("cart", "{'recipients': ['ana']}");
    post(path, TRACKED.replace("ana", "bob").replace("m-1", "m-0"));
    assertThat(scene.mails()).isEmpty();
    post(path, TRACKED);
    assertThat(scene.mails()).hasSize(1);
  }

  @Test
  void what_is_not_signed_is_refused_where_the_source_wants_it() {
    String path =
        source(
            "shop",
            """
            {"source": {"name": "Shop", "environment_settings": {"development": {"settings": {
              "enforce_verification": true,
              "verification": {"scheme": "hmac_sha256_hex", "header": "X-Shop-Signature",
                               "secret": "s3cret"}}}}}}
            """);
    String body = "{\"a\":1,\"type\":\"x\"}";
    assertThat(post(path, body)).isEqualTo(401);
    assertThat(post(path, body, "x-shop-signature", "00")).isEqualTo(401);
    assertThat(log("shop")).isEmpty();
    // printf '{"a":1,"type":"x"}' | openssl dgst -sha256 -hmac s3cret
    assertThat(
            post(
                path,
                body,
                "X-Shop-Signature",
                "6effa0c87e8f55ae7d1dad5857ff6f753d4b3ed089e6084fe81a4f84dcd2a5f5"))
        .isEqualTo(204);
    assertThat(((Json.Obj) log("shop").getFirst()).text("verification_status"))
        .contains("enforced:verified");
    assertThat(manage("GET", "shop", "").body().toString()).doesNotContain("s3cret");
  }

  @Test
  void a_rule_of_a_bus_brings_events_and_one_that_comes_twice_is_one() {
    source(
        "orders",
        """
        {"source": {"name": "Orders", "preconfigured_provider": "eventbridge",
          "environment_settings": {"development": {"mappings": [
            {"event_type": "OrderPlaced", "action_type": "workflows_trigger",
             "action_parameters": {"key": "receipt", "recipients": "user_id", "data": "data"}}]}}}}
        """);
    scene.user("ana");
    var task =
        new FanoutTask.FromBus(
            InProcessEngine.ENVIRONMENT,
            "orders",
            GuideEngine.json(
                "{'id': 'b7b0', 'time': '2026-01-05T09:00:00Z', 'source': 'com.acme.shop',"
                    + " 'detail-type': 'OrderPlaced', 'detail': {'user_id': 'ana', 'order':"
                    + " 'B-1'}}"));
    scene.engine.ports().tasks().send(List.of(sending(task), sending(task)));
    scene.engine.settle();
    assertThat(scene.mails()).singleElement().asString().contains("Order B-1");
    assertThat(log("orders")).hasSize(1);
  }

  private static Tasks.Sending sending(FanoutTask task) {
    return new Tasks.Sending(task, Duration.ZERO);
  }

  @Test
  void nothing_is_received_where_there_is_no_source_or_no_type() {
    String path = source("shop", http(""));
    assertThat(post(SourceId.PATH + "src_nobody_knows_this", "{}")).isEqualTo(404);
    assertThat(post(SourceId.PATH + "x", "{}")).isEqualTo(404);
    assertThat(post(path, "{}")).isEqualTo(422);
    assertThat(post(path, "{")).isEqualTo(400);
    assertThat(post(path, "{\"type\": \"x\", \"y\": \"" + "z".repeat(300_000) + "\"}"))
        .isEqualTo(413);
    assertThat(log("shop")).isEmpty();
  }
}
