package dev.carillon.functions.api.users;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.carillon.functions.api.ApiFixture;
import dev.carillon.json.Json;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MergeUsersTest {
  private static final String MERGE = "POST /v1/users/{id}/merge";
  private static final String USER = " /v1/users/{id}";
  private static final Map<String, String> JOHN = Map.of("id", "jhammond");
  private static final Map<String, String> GUEST = Map.of("id", "guest");

  private final ApiFixture park = new ApiFixture();

  @Test
  void what_the_guest_said_fills_the_gaps_and_the_guest_is_no_more() {
    park.call(
        "PUT" + USER,
        GUEST,
        "",
        "{\"name\":\"Guest\",\"plan\":{\"tier\":\"gold\"},\"preferences\":{\"default\":"
            + "{\"channel_types\":{\"email\":false}}},"
            + "\"channel_data\":{\"webhook\":{\"url\":\"https://x.example\"}}}");
    var reply = park.call(MERGE, JOHN, "", "{\"from_user_id\":\"guest\"}");
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.text("id")).isEqualTo("jhammond");
    assertThat(reply.text("name")).isEqualTo("John Hammond");
    assertThat(reply.text("plan.tier")).isEqualTo("gold");
    assertThat(park.call("GET" + USER, GUEST, "").status()).isEqualTo(404);
    assertThat(
            park.call("GET /v1/users/{id}/preferences", JOHN, "")
                .list()
                .getFirst()
                .object("channel_types"))
        .isEqualTo(Json.object().with("email", Json.FALSE));
    assertThat(
            park.call(
                    "GET /v1/users/{id}/channel_data/{channel}",
                    Map.of("id", "jhammond", "channel", "webhook"),
                    "")
                .text("data.url"))
        .isEqualTo("https://x.example");
  }

  @Test
  void a_preference_set_that_both_have_stays_the_others_own() {
    park.call(
        "PUT" + USER,
        GUEST,
        "",
        "{\"preferences\":{\"default\":{\"channel_types\":{\"email\":false}},"
            + "\"acme\":{\"channel_types\":{\"sms\":false}}}}");
    park.call(
        "PUT" + USER,
        JOHN,
        "",
        "{\"preferences\":{\"default\":{\"channel_types\":{\"push\":false}}}}");
    park.call(MERGE, JOHN, "", "{\"from_user_id\":\"guest\"}");
    assertThat(park.call("GET /v1/users/{id}/preferences", JOHN, "").list())
        .extracting(it -> it.text("id").orElseThrow(), it -> it.object("channel_types"))
        .containsExactlyInAnyOrder(
            tuple("default", Json.object().with("push", Json.FALSE)),
            tuple("acme", Json.object().with("sms", Json.FALSE)));
  }

  @Test
  void subscriptions_move_and_those_of_the_other_stay_as_they_are() {
    park.call("PUT" + USER, GUEST, "", "{}");
    for (String object : List.of("rex", "blue")) {
      park.call(
          "POST /v1/objects/{collection}/{id}/subscriptions",
          Map.of("collection", "assets", "id", object),
          "",
          "{\"recipients\":[\"guest\"],\"properties\":{\"as\":\"guest\"}}");
    }
    park.call(
        "POST /v1/objects/{collection}/{id}/subscriptions",
        Map.of("collection", "assets", "id", "rex"),
        "",
        "{\"recipients\":[\"jhammond\"],\"properties\":{\"as\":\"owner\"}}");
    park.call(MERGE, JOHN, "", "{\"from_user_id\":\"guest\"}");
    var mine = park.call("GET /v1/users/{id}/subscriptions", JOHN, "").body().list("entries");
    assertThat(mine)
        .extracting(it -> ((Json.Obj) it).object("properties").text("as").orElseThrow())
        .containsExactlyInAnyOrder("owner", "guest");
    assertThat(park.call("GET /v1/users/{id}/subscriptions", GUEST, "").body().list("entries"))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          jhammond | {"from_user_id": "nobody"}   | 404
          nobody   | {"from_user_id": "jhammond"} | 404
          jhammond | {"from_user_id": "jhammond"} | 422
          jhammond | {}                           | 422
          jhammond | {"from_user_id": "a#b"}      | 422
          """)
  void who_cannot_be_merged_is_refused(String into, String body, int status) {
    assertThat(park.call(MERGE, Map.of("id", into), "", body).status()).isEqualTo(status);
    assertThat(park.call("GET" + USER, JOHN, "").status()).isEqualTo(200);
  }
}
