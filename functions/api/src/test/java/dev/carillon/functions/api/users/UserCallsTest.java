package dev.carillon.functions.api.users;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.access.ClientAccess;
import dev.carillon.access.PublicKeyUse;
import dev.carillon.functions.api.ApiFixture;
import dev.carillon.json.Json;
import dev.carillon.recipient.RecipientId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UserCallsTest {
  private static final String GET = "GET /v1/users/{id}";
  private static final String PUT = "PUT /v1/users/{id}";

  private final ApiFixture park = new ApiFixture();

  @Test
  void properties_stand_at_the_top_and_reserved_ones_are_there_when_unknown() {
    var reply = park.call(GET, Map.of("id", "jhammond"), "");
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.text("__typename")).isEqualTo("User");
    assertThat(reply.text("name")).isEqualTo("John Hammond");
    assertThat(reply.body().get("avatar")).contains(Json.NULL);
    assertThat(reply.body().get("created_at")).contains(Json.NULL);
    assertThat(reply.text("updated_at")).isEqualTo("2026-01-05T09:00:00Z");
  }

  @Test
  void a_change_is_told_to_the_users_runs_that_wait_for_it() {
    put("{\"plan\":\"gold\"}");
    assertThat(park.told()).isEmpty();
    park.listens("recipient:updated");
    put("{\"plan\":\"silver\",\"seats\":3}");
    assertThat(park.told()).hasSize(1);
    assertThat(park.told().getFirst().data())
        .isEqualTo(
            Json.object()
                .with("recipient_id", "jhammond")
                .with("properties", Json.texts(List.of("plan", "seats"))));
  }

  @ParameterizedTest
  @CsvSource({
    "Europe/Berlin, 200",
    "EST, 200",
    "America/New_York, 200",
    "+02:00, 200",
    "'', 200",
    "Mars/Olympus, 422",
    "europe/berlin, 422",
    "Berlin, 422",
    "GMT+99, 422"
  })
  void a_time_zone_that_there_is_not_is_refused_where_it_is_set(String zone, int status) {
    var reply = put("{\"timezone\":\"" + zone + "\"}");
    assertThat(reply.status()).isEqualTo(status);
    if (status == 422) {
      assertThat(reply.body().toString()).contains("timezone").contains("Europe/Berlin");
    }
  }

  @Test
  void nobody_is_a_404() {
    var reply = park.call(GET, Map.of("id", "ray"), "");
    assertThat(reply.status()).isEqualTo(404);
    assertThat(reply.text("code")).isEqualTo("resource_missing");
  }

  @Test
  void a_merge_goes_deep_null_overwrites_and_nothing_is_removed() {
    put("{\"plan\":{\"tier\":\"gold\",\"seats\":3},\"nickname\":\"Jack\"}");
    var reply = put("{\"plan\":{\"seats\":4},\"nickname\":null}");
    assertThat(reply.at("plan.tier")).isEqualTo(Json.of("gold"));
    assertThat(reply.at("plan.seats")).isEqualTo(Json.of(4));
    assertThat(reply.body().get("nickname")).contains(Json.NULL);
    assertThat(reply.text("email")).isEqualTo("john@ingen.net");
  }

  @Test
  void a_user_comes_to_be_when_the_customer_says_so_and_not_otherwise() {
    assertThat(put("{}").body().get("created_at")).contains(Json.NULL);
    assertThat(put("{\"created_at\":\"1993-05-24T08:30:00+02:00\"}").text("created_at"))
        .isEqualTo("1993-05-24T06:30:00Z");
    assertThat(put("{\"name\":\"J\"}").text("created_at")).isEqualTo("1993-05-24T06:30:00Z");
  }

  @Test
  void what_was_read_can_be_sent_back() {
    var read = park.call(GET, Map.of("id", "jhammond"), "").body();
    var reply = put(dev.carillon.json.text.JsonText.write(read));
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.body().without("updated_at")).isEqualTo(read.without("updated_at"));
  }

  @Test
  void preferences_and_channel_data_are_kept_beside_the_properties() {
    put("{\"preferences\":{\"default\":{\"channel_types\":{\"email\":true}}}}");
    var reply =
        put(
            "{\"preferences\":{\"default\":{\"channel_types\":{\"sms\":false}}},"
                + "\"channel_data\":{\"webhook\":{\"data\":{\"url\":\"https://example.com\"}}}}");
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.body().fields()).doesNotContainKeys("preferences", "channel_data");
    var user = park.recipients.find(ApiFixture.DEVELOPMENT, ApiFixture.HAMMOND).orElseThrow();
    assertThat(user.preferences().get("default").object("channel_types"))
        .isEqualTo(Json.object().with("email", Json.TRUE).with("sms", Json.FALSE));
    assertThat(user.channelData())
        .isEqualTo(
            Map.of(
                ApiFixture.WEBHOOK.id().toString(),
                Json.object().with("url", "https://example.com")));
  }

  @Test
  void a_preference_that_makes_no_sense_is_refused_at_its_place() {
    var reply = put("{\"preferences\":{\"default\":{\"channel_types\":{\"email\":\"false\"}}}}");
    assertThat(reply.text("errors.0.field")).isEqualTo("preferences.default.channel_types.email");
  }

  @Test
  void ids_of_any_script_come_back_as_they_are() {
    var id = "👩‍🚀 עברית e\u0301";
    var reply = park.call(PUT, Map.of("id", id), "", "{\"name\":\"" + id + "\"}");
    assertThat(reply.text("id")).isEqualTo(id);
    assertThat(reply.text("name")).isEqualTo(id);
    assertThat(park.recipients.find(ApiFixture.DEVELOPMENT, RecipientId.user(id))).isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a#b", "a\u0000b"})
  void ids_that_would_split_keys_are_refused(String id) {
    var reply = park.call(PUT, Map.of("id", id), "", "{}");
    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.text("errors.0.field")).isEqualTo("id");
  }

  /** The gateway decodes before it hands the path on, so {@code %2F} arrives as a slash. */
  @Test
  void a_slash_in_an_id_is_refused_as_one() {
    for (var id : List.of("a/b", "/", "a//b", "../b")) {
      var reply = park.call(PUT, Map.of("id", id), "", "{}");
      assertThat(reply.status()).as(id).isEqualTo(422);
      assertThat(reply.text("code")).isEqualTo("invalid_params");
      assertThat(reply.text("errors.0.field")).isEqualTo("id");
    }
  }

  @Test
  void a_call_of_knocks_that_is_not_there_is_not_taken_for_an_id() {
    var reply = park.call("GET /v1/users/{id}", Map.of("id", "ada/guides/banner"), "");
    assertThat(reply.status()).isEqualTo(404);
    assertThat(reply.text("code")).isEqualTo("route_missing");
  }

  @Test
  void an_id_of_300_characters_is_refused() {
    assertThat(park.call(GET, Map.of("id", "x".repeat(300)), "").status()).isEqualTo(422);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"id\":\"other\"}",
        "{\"id\":7}",
        "{\"name\":7}",
        "{\"email\":{}}",
        "{\"created_at\":\"yesterday\"}",
        "{\"created_at\":true}",
        "{\"preferences\":[]}",
        "{\"preferences\":{\"default\":true}}",
        "{\"preferences\":{\"default\":{\"__persistence_strategy__\":\"replace\"}}}",
        "{\"preferences\":{\"default\":{\"channel_types\":{\"email\":\"false\"}}}}",
        "{\"preferences\":{\"default\":{\"workflows\":{\"a\":{\"conditions\":[{\"variable\":"
            + "\"data.a\",\"operator\":\"is\"}]}}}}}",
        "{\"channel_data\":{\"pigeon\":{}}}",
        "{\"channel_data\":{\"webhook\":7}}",
        "[]",
        "7"
      })
  void what_is_not_as_it_should_be_is_refused_with_its_field(String body) {
    var reply = put(body);
    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.text("errors.0.field")).isNotEmpty();
  }

  @Test
  void broken_json_is_a_400() {
    assertThat(put("{\"name\":").status()).isEqualTo(400);
    assertThat(put("[".repeat(1_000)).status()).isEqualTo(400);
  }

  @Test
  void properties_of_more_than_256_kb_are_refused_after_the_merge_too() {
    assertThat(put("{\"a\":\"" + "x".repeat(300_000) + "\"}").status()).isEqualTo(422);
    assertThat(put("{\"a\":\"" + "x".repeat(150_000) + "\"}").status()).isEqualTo(200);
    assertThat(put("{\"b\":\"" + "x".repeat(150_000) + "\"}").status()).isEqualTo(422);
    assertThat(put("{\"c\":1}").body().fields()).doesNotContainKey("b");
  }

  @Test
  void a_public_key_will_do_where_it_may_do_all() {
    var refused = park.call("pk_local", PUT, Map.of("id", "jhammond"), "", "{\"locale\":\"de\"}");
    assertThat(refused.text("code")).isEqualTo("missing_user_token");
    park.clock.advance(Duration.ofSeconds(5));
    park.ports
        .clientAccesses()
        .put(ApiFixture.DEVELOPMENT, new ClientAccess(PublicKeyUse.OPEN, List.of()));
    var reply = park.call("pk_local", PUT, Map.of("id", "jhammond"), "", "{\"locale\":\"de\"}");
    assertThat(reply.status()).isEqualTo(200);
    assertThat(park.call("pk_local", GET, Map.of("id", "jhammond"), "", "").text("locale"))
        .isEqualTo("de");
  }

  @Test
  void users_of_another_environment_are_not_there() {
    assertThat(park.call("sk_elsewhere", GET, Map.of("id", "jhammond"), "", "").status())
        .isEqualTo(404);
  }

  private ApiFixture.Reply put(String body) {
    return park.call(PUT, Map.of("id", "jhammond"), "", body);
  }
}
