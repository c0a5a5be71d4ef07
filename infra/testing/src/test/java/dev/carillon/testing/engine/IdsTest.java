package dev.carillon.testing.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.json.Json;
import dev.carillon.testing.scenarios.GuideEngine;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Ids are data: whatever a client calls somebody comes back as it was sent or is refused, and no
 * two ids are ever one.
 */
class IdsTest {
  private static final List<String> KEPT =
      List.of(
          "👩‍🚀",
          "🎉",
          "שלום",
          "مرحبا",
          "é",
          "e\u0301",
          "100%",
          "%41",
          "%2541",
          "A",
          "a",
          "a b",
          "a+b",
          "a?b=c&d",
          "a:b;c,d",
          "\"quoted\"",
          "'",
          "back\\slash",
          " ",
          "null",
          "$users",
          "x".repeat(256),
          "x".repeat(255),
          "ü".repeat(256),
          "👩".repeat(256));

  /** Half of a surrogate pair is refused before, by the reader of JSON: JsonTextTest. */
  private static final List<String> REFUSED =
      List.of("", "a#b", "a/b", "x".repeat(257), "a\u0000b", "a\nb");

  private final GuideEngine scene = GuideEngine.open();

  private CallAnswer get(String path) {
    return scene.engine.call(
        new Call("GET", path, Map.of("authorization", "Bearer sk_test"), Optional.empty()));
  }

  private static String part(String id) {
    return URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
  }

  @Test
  void an_id_in_a_path_or_a_body_comes_back_as_it_was_sent() {
    List<Json> users = new ArrayList<>();
    for (int i = 0; i < KEPT.size(); i++) {
      users.add(Json.object().with("id", KEPT.get(i)).with("number", Json.of(i)));
    }
    scene.must(
        Call.post("/v1/users/bulk/identify", Json.object().with("users", Json.array(users))));
    scene.engine.settle();
    scene.must(
        Call.post(
            "/v1/audiences/all/members?create_audience=true",
            Json.object()
                .with(
                    "members",
                    Json.array(
                        KEPT.stream()
                            .map(
                                id ->
                                    Json.object()
                                        .with("user", Json.object().with("id", id))
                                        .with("tenant", id))
                            .toList()))));
    for (int i = 0; i < KEPT.size(); i++) {
      String id = KEPT.get(i);
      Json.Obj user = get("/v1/users/" + part(id)).body();
      assertThat(user.text("id")).as(id).contains(id);
      assertThat(user.get("number")).as(id).contains(Json.of(i));
      String object = "/v1/objects/things/" + part(id);
      scene.must(Call.put(object, Json.object().with("number", Json.of(i))));
      assertThat(get(object).body().object("properties").get("number")).contains(Json.of(i));
      scene.must(
          Call.post(
              object + "/subscriptions",
              Json.object().with("recipients", Json.texts(List.of(id)))));
      scene.must(Call.put("/v1/tenants/" + part(id), Json.object().with("number", Json.of(i))));
      scene.must(
          Call.put(
              "/v1/users/" + part(id) + "/preferences/" + part(id),
              Json.object().with("channel_types", Json.object().with("sms", Json.FALSE))));
    }
    for (int i = 0; i < KEPT.size(); i++) {
      String id = KEPT.get(i);
      assertThat(get("/v1/objects/things/" + part(id)).body().text("id")).contains(id);
      assertThat(get("/v1/tenants/" + part(id)).body().text("id")).contains(id);
      Json.Obj subscription =
          (Json.Obj)
              get("/v1/users/" + part(id) + "/subscriptions").body().list("entries").getFirst();
      assertThat(subscription.object("object").text("id")).contains(id);
      assertThat(get("/v1/users/" + part(id) + "/preferences").list())
          .extracting(it -> it.text("id"))
          .contains(Optional.of(id));
    }
    assertThat(get("/v1/audiences/all/members").body().list("entries"))
        .extracting(it -> ((Json.Obj) it).text("user_id").orElseThrow())
        .containsExactlyInAnyOrderElementsOf(KEPT);
  }

  @Test
  void what_can_be_no_id_is_refused_in_a_body_and_leads_nowhere_in_a_path() {
    for (String id : REFUSED) {
      CallAnswer answer =
          scene.engine.call(
              Call.post(
                  "/v1/users/bulk/identify",
                  Json.object().with("users", Json.array(List.of(Json.object().with("id", id))))));
      assertThat(answer.status()).as(id).isEqualTo(422);
      CallAnswer put =
          scene.engine.call(Call.put("/v1/users/" + part(id), Json.object().with("name", "x")));
      assertThat(put.status()).as(id).isIn(404, 422);
    }
    assertThat(get("/v1/users").body().list("entries")).isEmpty();
  }
}
