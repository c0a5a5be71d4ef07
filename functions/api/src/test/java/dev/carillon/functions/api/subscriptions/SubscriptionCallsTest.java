package dev.carillon.functions.api.subscriptions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.functions.api.ApiFixture;
import dev.carillon.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SubscriptionCallsTest {
  private static final String OF_OBJECT = " /v1/objects/{collection}/{id}/subscriptions";
  private static final String OF_USER = "GET /v1/users/{id}/subscriptions";
  private static final Map<String, String> REX = Map.of("collection", "assets", "id", "rex");
  private static final Map<String, String> JOHN = Map.of("id", "jhammond");

  private final ApiFixture park = new ApiFixture();

  private ApiFixture.Reply subscribe(Map<String, String> object, String recipients) {
    return park.call("POST" + OF_OBJECT, object, "", "{\"recipients\":" + recipients + "}");
  }

  private static List<String> recipients(ApiFixture.Reply reply) {
    return reply.body().list("entries").stream()
        .map(it -> ((Json.Obj) it).object("recipient").text("id").orElseThrow())
        .toList();
  }

  @Test
  void who_subscribes_is_identified_and_listed_from_both_sides() {
    var reply =
        park.call(
            "POST" + OF_OBJECT,
            REX,
            "",
            "{\"recipients\":[\"jhammond\",{\"id\":\"ray\",\"name\":\"Ray\"},"
                + "{\"id\":\"t1\",\"collection\":\"teams\"}],"
                + "\"properties\":{\"role\":\"keeper\"}}");
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.list()).hasSize(3);
    assertThat(reply.text("0.__typename")).isEqualTo("Subscription");
    assertThat(reply.text("0.object.id")).isEqualTo("rex");
    assertThat(reply.text("1.recipient.name")).isEqualTo("Ray");
    assertThat(reply.text("2.recipient.collection")).isEqualTo("teams");
    assertThat(reply.text("0.properties.role")).isEqualTo("keeper");
    assertThat(reply.text("0.inserted_at")).isEqualTo("2026-01-05T09:01:00Z");
    assertThat(recipients(park.call("GET" + OF_OBJECT, REX, "")))
        .containsExactlyInAnyOrder("jhammond", "ray", "t1");
    assertThat(park.call(OF_USER, JOHN, "").text("entries.0.object.id")).isEqualTo("rex");
    var team = Map.of("collection", "teams", "id", "t1");
    assertThat(park.call("GET" + OF_OBJECT, team, "mode=recipient").text("entries.0.object.id"))
        .isEqualTo("rex");
    assertThat(recipients(park.call("GET" + OF_OBJECT, team, ""))).isEmpty();
  }

  @Test
  void who_subscribes_to_a_large_object_is_told_of_all_the_last_without_properties() {
    park.call(
        "PUT /v1/objects/{collection}/{id}", REX, "", "{\"x\":\"" + "y".repeat(200_000) + "\"}");
    var reply = subscribe(REX, users(0, 40));
    assertThat(reply.list()).hasSize(40);
    assertThat(reply.text("0.object.properties.x")).hasSize(200_000);
    assertThat(reply.list().getLast().object("object").fields())
        .containsKeys("collection", "id")
        .doesNotContainKey("properties");
    assertThat(reply.text("39.recipient.id")).isEqualTo("u39");
  }

  @Test
  void subscribing_again_changes_the_properties_and_no_more() {
    subscribe(REX, "[\"jhammond\"]");
    park.clock.advance(java.time.Duration.ofHours(1));
    var again =
        park.call(
            "POST" + OF_OBJECT,
            REX,
            "",
            "{\"recipients\":[\"jhammond\"],\"properties\":{\"a\":1}}");
    assertThat(again.text("0.inserted_at")).isEqualTo("2026-01-05T09:01:00Z");
    assertThat(again.text("0.updated_at")).isEqualTo("2026-01-05T10:01:00Z");
    assertThat(park.call("GET" + OF_OBJECT, REX, "").body().list("entries")).hasSize(1);
  }

  @Test
  void who_unsubscribes_is_answered_with_what_was() {
    subscribe(REX, "[\"jhammond\",\"dnedry\"]");
    String body = "{\"recipients\":[\"jhammond\",\"nobody\"]}";
    var removed = park.call("DELETE" + OF_OBJECT, REX, "", body);
    assertThat(removed.status()).isEqualTo(200);
    assertThat(removed.list()).hasSize(1);
    assertThat(removed.text("0.recipient.id")).isEqualTo("jhammond");
    assertThat(recipients(park.call("GET" + OF_OBJECT, REX, ""))).containsExactly("dnedry");
    assertThat(park.call(OF_USER, JOHN, "").body().list("entries")).isEmpty();
    assertThat(park.call("DELETE" + OF_OBJECT, REX, "", body).list()).isEmpty();
  }

  @Test
  void lists_are_limited_to_those_named_and_come_by_pages() {
    var ids = new ArrayList<String>();
    for (int i = 0; i < 30; i++) {
      ids.add("\"u" + i + "\"");
    }
    subscribe(REX, ids.toString());
    subscribe(REX, "[{\"id\":\"t1\",\"collection\":\"teams\"}]");
    var all = new ArrayList<String>();
    String after = "";
    do {
      var reply = park.call("GET" + OF_OBJECT, REX, "page_size=7" + after);
      all.addAll(recipients(reply));
      after = reply.at("page_info.after") instanceof Json.Str(var it) ? "&after=" + it : "";
    } while (!after.isEmpty());
    assertThat(all).hasSize(31).doesNotHaveDuplicates();
    assertThat(recipients(park.call("GET" + OF_OBJECT, REX, "recipients[]=u7&recipients[]=no")))
        .containsExactly("u7");
    assertThat(
            recipients(
                park.call(
                    "GET" + OF_OBJECT,
                    REX,
                    "recipients[0][id]=t1&recipients[0][collection]=teams")))
        .containsExactly("t1");
    assertThat(
            park.call(OF_USER, Map.of("id", "u7"), "objects[][id]=rex&objects[][collection]=assets")
                .body()
                .list("entries"))
        .hasSize(1);
    assertThat(
            park.call(OF_USER, Map.of("id", "u7"), "objects[][id]=no&objects[][collection]=assets")
                .body()
                .list("entries"))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"recipients\":[]}",
        "{\"recipients\":[7]}",
        "{\"recipients\":[\"a\"],\"properties\":7}",
        "{\"recipients\":[\"a\"],\"mode\":\"x\"}"
      })
  void what_is_not_as_it_should_be_is_refused(String body) {
    assertThat(park.call("POST" + OF_OBJECT, REX, "", body).status()).isEqualTo(422);
    assertThat(park.call("GET" + OF_OBJECT, REX, "").body().list("entries")).isEmpty();
  }

  @Test
  void a_call_subscribes_a_hundred_and_no_more() {
    assertThat(subscribe(REX, users(0, 101)).status()).isEqualTo(422);
    assertThat(subscribe(REX, users(1, 101)).list()).hasSize(100);
  }

  private static String users(int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> "\"u" + i + "\"").toList().toString();
  }

  @Test
  void preferences_come_along_when_asked_for_and_other_modes_are_refused() {
    subscribe(
        REX,
        "[{\"id\":\"ray\",\"preferences\":{\"default\":{\"channel_types\":{\"email\":false}}}}]");
    var reply = park.call("GET" + OF_OBJECT, REX, "include[]=preferences");
    assertThat(reply.at("entries.0.recipient.preferences.default.channel_types.email"))
        .isEqualTo(Json.FALSE);
    assertThat(park.call("GET" + OF_OBJECT, REX, "mode=sideways").status()).isEqualTo(422);
  }
}
