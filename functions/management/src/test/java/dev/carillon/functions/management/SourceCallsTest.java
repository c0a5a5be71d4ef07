package dev.carillon.functions.management;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.functions.management.ManagementFixture.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourceCallsTest {
  private static final String SHOP = "/v1/sources/shop";
  private static final String HERE = "?environment=development";

  private final ManagementFixture desk = new ManagementFixture();

  private Reply put(String development) {
    return desk.put(
        SHOP + HERE,
        "{'source': {'name': 'Shop', 'environment_settings': {'development': {%s}}}}"
            .formatted(development));
  }

  private static String mapped(String action, String parameters) {
    return "'mappings': [{'event_type': 'paid', 'action_type': '%s', 'action_parameters': {%s}}]"
        .formatted(action, parameters);
  }

  @Test
  void a_new_source_receives_at_a_url_of_its_own_in_every_environment() {
    Reply made = put("");
    String development = made.text("source.environment_settings.development.settings.endpoint");
    String production = made.text("source.environment_settings.production.settings.endpoint");
    assertThat(development)
        .startsWith("https://links.carillon.example/integrations/receive/src_")
        .isNotEqualTo(production);
    assertThat(put("").text("source.environment_settings.development.settings.endpoint"))
        .isEqualTo(development);
    assertThat(desk.get("/v1/sources" + HERE).text("entries.0.key")).isEqualTo("shop");
    assertThat(desk.get("/v1/sources" + HERE).text("entries.0.environment_settings"))
        .isEqualTo("null");
    assertThat(
            desk.get("/v1/sources" + HERE + "&include[]=environment_settings")
                .text("entries.0.environment_settings.production.settings.endpoint"))
        .isEqualTo(production);
  }

  @Test
  void what_is_not_said_stays_and_a_mapping_that_says_the_same_keeps_its_times() {
    put(
        "'settings': {'event_type_path': 'body.kind', 'idempotency_key_path': 'headers.x-id'}, "
            + mapped("users_delete", "'id': 'body.user'"));
    Reply before = desk.get(SHOP + HERE);
    put(
        "'settings': {'idempotency_key_path': null}, 'mappings': ["
            + "{'event_type': 'paid', 'action_type': 'users_delete', 'action_parameters':"
            + " {'id': 'body.user'}},"
            + "{'event_type': 'gone', 'action_type': 'users_delete', 'action_parameters':"
            + " {'id': 'body.user'}, 'is_deleted': true}]");
    Reply after = desk.get(SHOP + HERE);
    String development = "environment_settings.development.";
    assertThat(after.text(development + "settings.event_type_path")).isEqualTo("body.kind");
    assertThat(after.text(development + "settings.idempotency_key_path")).isEqualTo("null");
    assertThat(after.text(development + "mappings.0"))
        .isEqualTo(before.text(development + "mappings.0"));
    assertThat(after.text(development + "mappings.1")).isEqualTo("null");
  }

  @Test
  void a_source_is_set_up_like_those_of_a_system_that_is_known() {
    Reply made =
        desk.put(SHOP + HERE, "{'source': {'name': 'Clerk', 'preconfigured_provider': 'clerk'}}");
    String development = "source.environment_settings.development.";
    assertThat(made.text(development + "mappings.0.event_type")).isEqualTo("user.created");
    assertThat(made.text(development + "settings.idempotency_key_path"))
        .isEqualTo("headers.svix-id");
  }

  @Test
  void a_secret_is_kept_and_never_shown() {
    String verified =
        "'settings': {'enforce_verification': true, 'verification': {'scheme': 'stripe'%s}}";
    Reply without = put(verified.formatted(""));
    assertThat(without.text("errors.0.field")).endsWith("verification.secret");
    Reply made = put(verified.formatted(", 'secret': 'whsec_very_secret'"));
    assertThat(made.status()).isEqualTo(200);
    assertThat(made.json().toString()).doesNotContain("whsec_very_secret");
    assertThat(desk.ports.sources().secret(ManagementFixture.LOCAL, "shop"))
        .contains("whsec_very_secret");
    assertThat(put(verified.formatted("")).status()).as("it is kept").isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          users_identify      |                                        | action_parameters.id
          users_identify      | 'id': 'user.id'                        | action_parameters.id
          users_identify      | 'id': 'body.id', 'colour': 'body.c'    | action_parameters.colour
          workflows_trigger   | 'key': 'a'                             | action_parameters.recipients
          objects_set         | 'id': 'body.id'                        | action_parameters.collection
          workflows_cancel    | 'key': 'a'                             | action_type
          """)
  void a_mapping_that_could_never_do_anything_is_refused(
      String action, String parameters, String field) {
    Reply refused = put(mapped(action, parameters == null ? "" : parameters));
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.text("errors.0.field"))
        .isEqualTo("source.environment_settings.development.mappings[0]." + field);
    assertThat(desk.get(SHOP + HERE).status()).as("nothing is stored").isEqualTo(404);
  }

  @Test
  void nobody_sets_up_what_its_token_may_not_touch() {
    assertThat(desk.as("knock_st_reader").put(SHOP + HERE, "{}").status()).isEqualTo(403);
    Reply elsewhere =
        desk.as("knock_st_production")
            .put(
                SHOP + "?environment=production",
                "{'source': {'name': 'Shop', 'environment_settings': {'development': {}}}}");
    assertThat(elsewhere.text("errors.0.field"))
        .isEqualTo("source.environment_settings.development");
    desk.put(SHOP + "?environment=production", "{'source': {'name': 'Shop'}}");
    assertThat(desk.ports.sources().find(ManagementFixture.LOCAL, "shop")).isEmpty();
  }

  @Test
  void a_rehearsal_says_what_an_event_would_do_and_does_nothing() {
    put(
        "'mappings': [{'event_type': 'paid', 'action_type': 'users_identify', 'action_parameters':"
            + " {'id': 'body.user', 'name': 'headers.x-name'}},"
            + " {'event_type': 'paid', 'action_type': 'users_delete', 'action_parameters': {'id':"
            + " 'body.other'}}]");
    Reply rehearsed =
        desk.post(
            SHOP + "/rehearse" + HERE,
            "{'payload': {'body': {'type': 'paid', 'user': 'ada'}, 'headers': {'X-Name': 'Ada'}}}");
    assertThat(rehearsed.text("status")).isEqualTo("error");
    assertThat(rehearsed.text("action_logs_count")).isEqualTo("2");
    assertThat(rehearsed.text("failed_action_logs_count")).isEqualTo("1");
    assertThat(rehearsed.text("errors.0.field")).isEqualTo("users_delete");
    assertThat(desk.ports.tasks().queued()).isEmpty();
    Reply log = desk.get(SHOP + "/logs" + HERE + "&include[]=actions");
    assertThat(log.text("entries.0.id")).isEqualTo(rehearsed.text("log_id"));
    assertThat(log.text("entries.0.source")).isEqualTo("rehearsal");
    assertThat(log.text("entries.0.actions.0.action_payload.name")).isEqualTo("Ada");
    assertThat(desk.get(SHOP + "/logs" + HERE + "&event=other").text("entries")).isEqualTo("[]");
    assertThat(desk.get(SHOP + "/status" + HERE).text("events_count"))
        .as("nothing came in")
        .isEqualTo("0");
  }
}
