package dev.carillon.testing.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.edge.route.RouteDeclaration;
import dev.carillon.functions.api.ApiRoutes;
import dev.carillon.functions.delivery.DeliveryRoutes;
import dev.carillon.functions.feeds.FeedsRoutes;
import dev.carillon.functions.intake.IntakeRoutes;
import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.testing.scenarios.GuideEngine;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

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
          "...",
          ".a",
          "bulk",
          "null",
          "$users",
          "x".repeat(256),
          "x".repeat(255),
          "ü".repeat(256),
          "👩".repeat(256));

  /** Half of a surrogate pair is refused before, by the reader of JSON: JsonTextTest. */
  private static final List<String> REFUSED =
      List.of(
          "",
          ".",
          "..",
          "a#b",
          "#",
          "a/b",
          "/",
          "//",
          "../b",
          "x".repeat(257),
          "👩".repeat(257),
          "a\u0000b",
          "a\nb");

  /** What in a path is not an id that a client chose but one of ours, or a key of a team's. */
  private static final Set<String> NOT_CHOSEN =
      Set.of("channel", "provider", "action", "event", "address");

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

  private static Stream<RouteDeclaration> everyRoute() {
    return Stream.of(
            ApiRoutes.declared(),
            FeedsRoutes.declared(),
            IntakeRoutes.declared(),
            DeliveryRoutes.declared())
        .flatMap(List::stream);
  }

  /** The route's path with that value for one parameter, others being ids that nobody has. */
  private static String path(RouteDeclaration route, String parameter, String value) {
    String path = route.path().toString();
    for (String name : route.path().parameters()) {
      path = path.replace("{" + name + "}", name.equals(parameter) ? part(value) : "nobody");
    }
    return path;
  }

  @ParameterizedTest
  @MethodSource("everyRoute")
  void what_can_be_no_id_is_refused_in_the_path_of_every_route(RouteDeclaration route) {
    boolean ofRecipients = route.key().matches("\\w+ /v1/(users|objects|tenants)/.*");
    for (String parameter : route.path().parameters()) {
      for (String id : REFUSED) {
        CallAnswer answer = call(route, path(route, parameter, id));
        // Decoded, /v1/objects/a%2Fb is the object b: what sees it undecoded refuses it before.
        boolean another = route.key().equals("GET /v1/objects/{collection}") && id.equals("a/b");
        if (ofRecipients && !another && !NOT_CHOSEN.contains(parameter)) {
          assertThat(answer.status()).as(id).isEqualTo(422);
        } else {
          assertThat(answer.status()).as(id).isIn(404, 422);
        }
      }
      for (String id : KEPT) {
        CallAnswer answer = call(route, path(route, parameter, id));
        assertThat(answer.status()).as(id).isNotEqualTo(400).isLessThan(500);
        assertThat(answer.body().text("code")).as(id).isNotEqualTo(Optional.of("route_missing"));
      }
    }
  }

  private CallAnswer call(RouteDeclaration route, String path) {
    return scene.engine.call(
        new Call(
            route.method().toString(),
            path,
            Map.of("authorization", "Bearer sk_test"),
            Optional.empty()));
  }

  /** Where in a body somebody is named; {@code $} is the id, with its quotes. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/workflows/note/trigger {'recipients': [$]}",
        "/v1/workflows/note/trigger {'recipients': [{'id': $}]}",
        "/v1/workflows/note/trigger {'recipients': [{'id': $, 'collection': 'things'}]}",
        "/v1/workflows/note/trigger {'recipients': [{'id': 'a', 'collection': $}]}",
        "/v1/workflows/note/trigger {'recipients': ['a'], 'actor': $}",
        "/v1/workflows/note/trigger {'recipients': ['a'], 'tenant': $}",
        "/v1/workflows/note/trigger {'recipients': ['a'], 'tenant': {'id': $}}",
        "/v1/workflows/note/cancel {'cancellation_key': 'k', 'recipients': [$]}",
        "/v1/notify {'name': 'note', 'recipients': [$]}",
        "/v1/schedules {'workflow': 'note', 'recipients': [$],"
            + " 'scheduled_at': '2026-02-01T00:00:00Z'}",
        "/v1/schedules {'workflow': 'note', 'recipients': ['a'], 'tenant': $,"
            + " 'scheduled_at': '2026-02-01T00:00:00Z'}",
        "/v1/users/bulk/identify {'users': [{'id': $}]}",
        "/v1/users/bulk/delete {'user_ids': [$]}",
        "/v1/users/bulk/preferences {'user_ids': [$], 'preferences': {}}",
        "/v1/users/a/merge {'from_user_id': $}",
        "/v1/objects/things/bulk/set {'objects': [{'id': $}]}",
        "/v1/objects/things/bulk/delete {'object_ids': [$]}",
        "/v1/objects/things/bulk/subscriptions/add"
            + " {'subscriptions': [{'id': $, 'recipients': ['a']}]}",
        "/v1/objects/things/t/subscriptions {'recipients': [$]}",
        "/v1/tenants/bulk/set {'tenants': [{'id': $}]}",
        "/v1/tenants/bulk/delete?tenant_ids[]=% {}",
        "/v1/audiences/all/members?create_audience=true {'members': [{'user': {'id': $}}]}",
        "/v1/audiences/all/members?create_audience=true {'members': [{'user': {'id': 'a'},"
            + " 'tenant': $}]}",
        "/v1/channels/feed/messages/bulk/seen {'user_ids': [$]}"
      })
  void what_can_be_no_id_is_refused_wherever_a_body_names_somebody(String callWithId) {
    scene.workflow("note", GuideEngine.feed("hello"));
    String[] parts = callWithId.replace('\'', '"').split(" ", 2);
    for (String id : REFUSED) {
      CallAnswer answer =
          scene.engine.call(
              new Call(
                  "POST",
                  parts[0].replace("%", part(id)),
                  Map.of("authorization", "Bearer sk_test"),
                  Optional.of(parts[1].replace("$", JsonText.write(Json.of(id))))));
      assertThat(answer.status()).as(id + " " + answer.json()).isEqualTo(422);
    }
  }

  @Test
  void what_can_be_no_id_is_refused_in_a_body_and_in_a_path() {
    for (String id : REFUSED) {
      CallAnswer answer =
          scene.engine.call(
              Call.post(
                  "/v1/users/bulk/identify",
                  Json.object().with("users", Json.array(List.of(Json.object().with("id", id))))));
      assertThat(answer.status()).as(id).isEqualTo(422);
      CallAnswer put =
          scene.engine.call(Call.put("/v1/users/" + part(id), Json.object().with("name", "x")));
      assertThat(put.status()).as(id).isEqualTo(422);
    }
    assertThat(get("/v1/users").body().list("entries")).isEmpty();
  }
}
