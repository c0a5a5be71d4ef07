package dev.carillon.functions.api.integrations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.functions.api.ApiFixture;
import dev.carillon.recipient.RecipientId;
import java.util.Map;
import org.junit.jupiter.api.Test;

class IntegrationCallsTest {
  private static final String CENSUS = "POST /v1/integrations/census/custom-destination";
  private static final String HIGHTOUCH = "POST /v1/integrations/hightouch/embedded-destination";

  private final ApiFixture park = new ApiFixture();

  private ApiFixture.Reply call(String route, String method, String params) {
    return park.call(
        route,
        Map.of(),
        "",
        ("{'jsonrpc': '2.0', 'id': '1', 'method': '" + method + "', 'params': " + params + "}")
            .replace('\'', '"'));
  }

  private ApiFixture.Reply census(String object, String operation, String records) {
    return call(
        CENSUS,
        "sync_batch",
        "{'sync_plan': {'object': {'object_api_name': '%s'}, 'operation': '%s'}, 'records': %s}"
            .formatted(object, operation, records));
  }

  private String property(RecipientId id, String name) {
    return park.ports
        .recipients()
        .find(ApiFixture.DEVELOPMENT, id)
        .flatMap(it -> it.text(name))
        .orElse("");
  }

  @Test
  void census_learns_what_it_can_write() {
    assertThat(call(CENSUS, "test_connection", "{}").text("result.success")).isEqualTo("true");
    var objects = call(CENSUS, "list_objects", "{}");
    assertThat(objects.text("id")).isEqualTo("1");
    assertThat(objects.text("jsonrpc")).isEqualTo("2.0");
    assertThat(objects.text("result.objects.0.object_api_name")).isEqualTo("user");
    String user = "{'object': {'object_api_name': 'user', 'label': 'Users'}}";
    assertThat(call(CENSUS, "list_fields", user).text("result.fields.0.identifier"))
        .isEqualTo("true");
    assertThat(call(CENSUS, "supported_operations", user).text("result.operations.0"))
        .isEqualTo("upsert");
    assertThat(call(CENSUS, "get_sync_speed", "{}").text("result.maximum_batch_size"))
        .isEqualTo("100");
  }

  @Test
  void rows_of_census_become_users_tenants_and_objects_and_each_is_told_what_is_wrong_with_it() {
    var reply =
        census(
            "user",
            "upsert",
            "[{'id': 'u1', 'email': 'u1@example.com', 'plan': 'gold'}, {'name': 'Nobody'},"
                + " {'id': 7, 'name': 'Seven'}, {'id': 'u2', 'timezone': 'Nowhere/Else'},"
                + " {'id': 'u1', 'name': 'One'}]");
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.text("result.record_results.0.success")).isEqualTo("true");
    assertThat(reply.text("result.record_results.0.identifier")).isEqualTo("u1");
    assertThat(reply.text("result.record_results.1.success")).isEqualTo("false");
    assertThat(reply.text("result.record_results.1.error_message")).contains("id is required");
    assertThat(reply.text("result.record_results.3.error_message")).contains("timezone");
    assertThat(property(RecipientId.user("u1"), "plan")).isEqualTo("gold");
    assertThat(property(RecipientId.user("u1"), "name")).isEqualTo("One");
    assertThat(property(RecipientId.user("7"), "name")).isEqualTo("Seven");
    census("tenant", "upsert", "[{'id': 't9', 'name': 'Nine'}]");
    assertThat(property(new RecipientId(RecipientId.TENANTS, "t9"), "name")).isEqualTo("Nine");
    census("object", "upsert", "[{'id': 'o1', 'collection': 'rooms', 'name': 'Attic'}]");
    assertThat(property(new RecipientId("rooms", "o1"), "name")).isEqualTo("Attic");
    assertThat(
            census("object", "upsert", "[{'id': 'o2'}]")
                .text("result.record_results.0.error_message"))
        .contains("collection is required");
  }

  @Test
  void a_mirror_of_census_deletes() {
    census("user", "mirror", "[{'id': 'u1', 'name': 'One'}]");
    assertThat(property(RecipientId.user("u1"), "name")).isEqualTo("One");
    assertThat(
            census("user", "delete", "[{'id': 'u1'}, {}]").text("result.record_results.1.success"))
        .isEqualTo("false");
    assertThat(park.ports.recipients().find(ApiFixture.DEVELOPMENT, RecipientId.user("u1")))
        .isEmpty();
  }

  @Test
  void rows_of_hightouch_become_what_their_mapping_says() {
    assertThat(call(HIGHTOUCH, "list_objects", "{}").text("result.objects.1.id"))
        .isEqualTo("tenant");
    assertThat(call(HIGHTOUCH, "list_fields", "{'object': 'user'}").text("result.fields.0.id"))
        .isEqualTo("id");
    String sync =
        "'configuration': {'object': 'user', 'mode': '%s', 'identifierMapping': {'from': 'KEY',"
            + " 'to': 'id'}, 'mappings': [{'from': 'MAIL', 'to': 'email'}]}";
    String rows = ", 'rows': [{'KEY': 'h1', 'MAIL': 'h1@example.com', 'AGE': 3}, {'MAIL': 'x'}]}";
    var reply = call(HIGHTOUCH, "add", "{" + sync.formatted("upsert") + rows);
    assertThat(reply.text("result.rejectedRows.0.index")).isEqualTo("1");
    assertThat(reply.body().object("result").list("rejectedRows")).hasSize(1);
    assertThat(property(RecipientId.user("h1"), "email")).isEqualTo("h1@example.com");
    assertThat(property(RecipientId.user("h1"), "AGE")).isEmpty();
    String configuration = "{" + sync + "}";
    assertThat(
            call(HIGHTOUCH, "behavior", configuration.formatted("upsert"))
                .text("result.operations.remove"))
        .isEqualTo("false");
    assertThat(
            call(HIGHTOUCH, "behavior", configuration.formatted("mirror"))
                .text("result.operations.remove"))
        .isEqualTo("true");
    call(HIGHTOUCH, "remove", "{" + sync.formatted("mirror") + rows);
    assertThat(park.ports.recipients().find(ApiFixture.DEVELOPMENT, RecipientId.user("h1")))
        .isEmpty();
  }

  @Test
  void what_cannot_be_done_is_told_as_json_rpc_has_it() {
    for (String route : new String[] {CENSUS, HIGHTOUCH}) {
      var unknown = call(route, "method", "{}");
      assertThat(unknown.status()).isEqualTo(200);
      assertThat(unknown.text("error.code")).isEqualTo("-32601");
      assertThat(call(route, "list_fields", "{}").text("error.code")).isEqualTo("-32602");
      assertThat(park.call(route, Map.of(), "", "{\"id\": \"1\"}").status()).isEqualTo(422);
    }
    assertThat(census("user", "upsert", "[" + "{},".repeat(100) + "{}]").text("error.message"))
        .contains("at most 100");
    assertThat(census("planet", "upsert", "[]").text("error.message")).contains("user, tenant");
  }
}
