package dev.carillon.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.json.Json;
import dev.carillon.testing.engine.Call;
import dev.carillon.testing.engine.CallAnswer;
import dev.carillon.testing.scenarios.GuideEngine;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Calls about many at once, from the call to the last row. */
class BulkTest {
  private final GuideEngine scene = GuideEngine.open();

  private CallAnswer get(String path) {
    return scene.engine.call(
        new Call("GET", path, Map.of("authorization", "Bearer sk_test"), Optional.empty()));
  }

  /** Asks for it, lets it be done, and gives how far it got. */
  private Json.Obj done(String path, String body) {
    Json.Obj begun = scene.must(Call.post(path, GuideEngine.json(body))).body();
    assertThat(begun.text("status")).contains("queued");
    assertThat(begun.fields().get("processed_rows")).isEqualTo(Json.of(0));
    scene.engine.settle();
    return get(begun.text("progress_path").orElseThrow()).body();
  }

  private static void succeeded(Json.Obj operation, int rows) {
    assertThat(operation.text("status")).contains("completed");
    assertThat(operation.fields().get("estimated_total_rows")).isEqualTo(Json.of(rows));
    assertThat(operation.fields().get("success_count")).isEqualTo(Json.of(rows));
    assertThat(operation.fields().get("error_count")).isEqualTo(Json.of(0));
    assertThat(operation.text("completed_at")).isPresent();
  }

  private int status(String path) {
    return get(path).status();
  }

  @Test
  void a_thousand_users_are_identified_and_deleted() {
    String users =
        IntStream.range(0, 1_000)
            .mapToObj(i -> "{'id': 'u%d', 'name': 'User %d'}".formatted(i, i))
            .collect(Collectors.joining(", "));
    succeeded(done("/v1/users/bulk/identify", "{'users': [" + users + "]}"), 1_000);
    assertThat(get("/v1/users/u999").body().text("name")).contains("User 999");
    succeeded(done("/v1/users/bulk/delete", "{'user_ids': ['u0', 'u999', 'nobody']}"), 3);
    assertThat(status("/v1/users/u999")).isEqualTo(404);
    assertThat(status("/v1/users/u998")).isEqualTo(200);
  }

  @Test
  void a_row_that_cannot_be_done_is_told_and_the_others_are_done() {
    String large = "x".repeat(150_000);
    scene.user("ana", "'a': '" + large + "'");
    Json.Obj operation =
        done(
            "/v1/users/bulk/identify",
            "{'users': [{'id': 'ana', 'b': '" + large + "'}, {'id': 'bob', 'b': '1'}]}");
    assertThat(operation.fields().get("error_count")).isEqualTo(Json.of(1));
    assertThat(operation.list("error_items"))
        .isEqualTo(
            List.of(
                failure(
                    Json.NULL, "ana", "would be larger than what may be known of one recipient")));
    assertThat(status("/v1/users/bob")).isEqualTo(200);
  }

  private static Json.Obj failure(Json collection, String id, String message) {
    return Json.object().with("collection", collection).with("id", id).with("message", message);
  }

  @Test
  void a_schedule_for_nobody_fails_alone_and_makes_nobody_known() {
    scene.users("ana").workflow("note", GuideEngine.mail("x"));
    Json.Obj operation =
        done(
            "/v1/schedules/bulk/create",
            "{'schedules': [{'workflow': 'note', 'tenant': 'acme', 'actor': {'id': 'zoe'}},"
                + " {'workflow': 'note', 'recipient': 'ana'},"
                + " {'workflow': 'note', 'recipient': null}]}");
    assertThat(operation.text("status")).contains("completed");
    assertThat(operation.fields().get("success_count")).isEqualTo(Json.of(1));
    assertThat(operation.fields().get("error_count")).isEqualTo(Json.of(2));
    assertThat(operation.list("error_items"))
        .isEqualTo(
            List.of(
                failure(Json.NULL, "schedules[0]", "has no recipient"),
                failure(Json.NULL, "schedules[2]", "has no recipient")));
    assertThat(get("/v1/users/ana/schedules").body().list("entries")).hasSize(1);
    assertThat(status("/v1/users/zoe")).isEqualTo(404);
    assertThat(status("/v1/tenants/acme")).isEqualTo(404);
  }

  @Test
  void who_is_to_be_unsubscribed_and_is_nobody_fails_with_all_of_that_object() {
    done(
        "/v1/objects/herds/bulk/subscriptions/add",
        "{'subscriptions': [{'id': 'a', 'recipients': ['ana']}, {'id': 'b', 'recipients':"
            + " ['ana']}]}");
    Json.Obj operation =
        done(
            "/v1/objects/herds/bulk/subscriptions/delete",
            "{'subscriptions': [{'id': 'a', 'recipients': ['ana', {}, {'collection': 'herds'}]},"
                + " {'id': 'b', 'recipients': ['ana']}]}");
    assertThat(operation.fields().get("success_count")).isEqualTo(Json.of(1));
    assertThat(operation.fields().get("error_count")).isEqualTo(Json.of(1));
    assertThat(operation.list("error_items"))
        .isEqualTo(
            List.of(
                failure(
                    Json.of("herds"),
                    "a",
                    "names nobody at subscriptions[0].recipients[1],"
                        + " subscriptions[0].recipients[2]")));
    assertThat(get("/v1/objects/herds/a/subscriptions").body().list("entries")).hasSize(1);
    assertThat(get("/v1/objects/herds/b/subscriptions").body().list("entries")).isEmpty();
  }

  @Test
  void preferences_are_set_for_many() {
    scene.users("ana", "bob").prefers("ana", "{'workflows': {'a': false}}");
    succeeded(
        done(
            "/v1/users/bulk/preferences",
            "{'user_ids': ['ana', 'bob'], 'preferences': {'channel_types': {'email': false}}}"),
        2);
    Json.Obj set = get("/v1/users/ana/preferences/default").body();
    assertThat(set.object("channel_types")).isEqualTo(Json.object().with("email", Json.FALSE));
    assertThat(set.fields().get("workflows")).isEqualTo(Json.NULL);
  }

  @Test
  void objects_are_set_subscribed_to_and_deleted() {
    succeeded(done("/v1/objects/herds/bulk/set", "{'objects': [{'id': 'a'}, {'id': 'b'}]}"), 2);
    succeeded(
        done(
            "/v1/objects/herds/bulk/subscriptions/add",
            "{'subscriptions': [{'id': 'a', 'recipients': ['ana', 'bob']},"
                + " {'id': 'b', 'recipients': ['ana'], 'properties': {'x': 1}}]}"),
        3 - 1);
    assertThat(get("/v1/users/ana/subscriptions").body().list("entries")).hasSize(2);
    succeeded(
        done(
            "/v1/objects/herds/bulk/subscriptions/delete",
            "{'subscriptions': [{'id': 'a', 'recipients': ['ana']}]}"),
        1);
    assertThat(get("/v1/users/ana/subscriptions").body().list("entries")).hasSize(1);
    succeeded(done("/v1/objects/herds/bulk/delete", "{'object_ids': ['a', 'b']}"), 2);
    assertThat(status("/v1/objects/herds/a")).isEqualTo(404);
    assertThat(get("/v1/users/bob/subscriptions").body().list("entries")).isEmpty();
  }

  @Test
  void tenants_are_set_and_deleted() {
    succeeded(
        done("/v1/tenants/bulk/set", "{'tenants': ['acme', {'id': 'ingen', 'name': 'InGen'}]}"), 2);
    assertThat(get("/v1/tenants/ingen").body().text("name")).contains("InGen");
    succeeded(done("/v1/tenants/bulk/delete?tenant_ids[]=acme&tenant_ids[]=ingen", "{}"), 2);
    assertThat(status("/v1/tenants/acme")).isEqualTo(404);
  }

  @Test
  void a_feed_of_hundreds_is_marked_as_a_whole_and_counted_once() {
    scene.users("ana", "bob").workflow("note", GuideEngine.feed("{{n}}"));
    for (int i = 0; i < 140; i++) {
      String whom = i % 20 == 0 ? "'bob'" : "'ana'";
      String tenant = i % 10 == 1 ? ", 'tenant': 'acme'" : "";
      scene.trigger(
          "note", "{'recipients': [" + whom + "]" + tenant + ", 'data': {'n': " + i % 3 + "}}");
    }
    String bulk = "/v1/channels/feed/messages/bulk/";
    succeeded(done(bulk + "read", "{'user_ids': ['ana'], 'tenants': ['acme']}"), 14);
    assertThat(unread("ana")).isEqualTo(133 - 14);
    succeeded(
        done(bulk + "read", "{'recipient_ids': ['ana'], 'trigger_data': '{\\'n\\': 1}'}"), 40);
    succeeded(done(bulk + "read", "{'recipient_ids': ['ana'], 'has_tenant': false}"), 79);
    assertThat(unread("ana")).isZero();
    assertThat(unread("bob")).isEqualTo(7);
    succeeded(done(bulk + "read", "{'recipient_ids': ['ana']}"), 0);
    succeeded(done(bulk + "unread", "{'workflows': ['note'], 'engagement_status': 'read'}"), 133);
    succeeded(done(bulk + "archive", "{'recipient_ids': ['ana', 'bob']}"), 140);
    assertThat(unread("ana")).isZero();
    succeeded(done(bulk + "delete", "{'recipient_ids': ['bob'], 'archived': 'only'}"), 7);
    assertThat(get("/v1/users/bob/feeds/feed?archived=include").body().list("entries")).isEmpty();
  }

  @Test
  void schedules_are_made_for_many_and_fire() {
    scene.users("ana").workflow("note", GuideEngine.mail("{{data.n}}"));
    String entry = "{'workflow': 'note', 'scheduled_at': '2099-01-01T00:00:00Z', 'recipient': ";
    succeeded(
        done(
            "/v1/schedules/bulk/create",
            "{'schedules': ["
                + entry
                + "'ana', 'data': {'n': 1}}, "
                + entry
                + "{'id': 'dodo', 'email': 'dodo@example.com'}, 'tenant': 'acme'}]}"),
        2 + 2);
    assertThat(get("/v1/users/ana/schedules").body().list("entries")).hasSize(1);
    assertThat(get("/v1/users/dodo/schedules").body().list("entries")).hasSize(1);
    assertThat(status("/v1/tenants/acme")).isEqualTo(200);
    String soon = "{'workflow': 'note', 'recipient': 'ana', 'data': {'n': 2}, 'repeats': [],";
    String at = scene.engine.now().plusSeconds(90).toString();
    done(
        "/v1/schedules/bulk/create", "{'schedules': [" + soon + " 'scheduled_at': '" + at + "'}]}");
    scene.pass("PT2M");
    assertThat(scene.mails()).containsExactly("ana: 2");
  }

  @Test
  void what_comes_after_the_call_is_not_marked() {
    scene.users("ana").workflow("note", GuideEngine.feed("x"));
    scene.trigger("note", "{'recipients': ['ana']}");
    Json.Obj begun =
        scene.must(Call.post("/v1/channels/feed/messages/bulk/seen", Json.object())).body();
    scene.pass("PT1S").trigger("note", "{'recipients': ['ana']}");
    scene.engine.settle();
    succeeded(get(begun.text("progress_path").orElseThrow()).body(), 1);
  }

  @Test
  void mails_are_marked_by_whom_they_went_to() {
    scene.users("ana", "bob").workflow("note", GuideEngine.mail("x"));
    scene.trigger("note", "{'recipients': ['ana', 'bob'], 'data': {'n': 1}}");
    String bulk = "/v1/channels/email/messages/bulk/";
    succeeded(done(bulk + "archived", "{'recipient_ids': ['ana']}"), 1);
    succeeded(done(bulk + "archived", "{'trigger_data': '{\\'n\\': 1}'}"), 1);
    succeeded(done(bulk + "archived", "{'delivery_status': ['bounced']}"), 0);
  }

  private long unread(String user) {
    return ((Json.Num)
            get("/v1/users/" + user + "/feeds/feed")
                .body()
                .object("meta")
                .fields()
                .get("unread_count"))
        .value()
        .longValueExact();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /v1/users/bulk/identify       | {"users": []}
          /v1/users/bulk/identify       | {"users": ["ana"]}
          /v1/users/bulk/identify       | {"users": [{"id": "ok"}, {"name": "no id"}]}
          /v1/users/bulk/identify       | {"users": [{"id": "ok"}], "more": 1}
          /v1/users/bulk/delete         | {"user_ids": [7]}
          /v1/users/bulk/preferences    | {"user_ids": ["ok"], "preferences": {"workflows": 7}}
          /v1/users/bulk/preferences    | {"preferences": {}}
          /v1/objects/$users/bulk/set   | {"objects": [{"id": "ok"}]}
          /v1/tenants/bulk/delete       | {}
          /v1/objects/herds/bulk/subscriptions/add    | {"subscriptions": [{"id": "a", "recipients": [{}]}]}
          /v1/objects/herds/bulk/subscriptions/delete | {"subscriptions": [{"id": "a", "recipients": []}]}
          /v1/objects/herds/bulk/subscriptions/delete | {"subscriptions": [{"recipients": ["ok"]}]}
          /v1/schedules/bulk/create     | {"schedules": [{"recipient": {"id": "ok"}}]}
          /v1/channels/feed/messages/bulk/seen  | {"recipients": ["ana"]}
          /v1/channels/feed/messages/bulk/seen  | {"archived": "maybe"}
          /v1/channels/feed/messages/bulk/seen  | {"trigger_data": "[]"}
          /v1/channels/none/messages/bulk/seen  | {}
          /v1/channels/feed/messages/bulk/told  | {}
          """)
  void a_body_that_is_not_as_it_must_be_is_refused_whole(String path, String body) {
    CallAnswer answer = scene.engine.call(Call.post(path, GuideEngine.json(body)));
    assertThat(answer.status()).isEqualTo(422);
    scene.engine.settle();
    assertThat(status("/v1/users/ok")).isEqualTo(404);
  }

  @Test
  void an_operation_that_never_was_is_a_404() {
    assertThat(status("/v1/bulk_operations/5e0cbf1a-7b0e-8a00-9f00-0123456789ab")).isEqualTo(404);
    assertThat(status("/v1/bulk_operations/x")).isEqualTo(404);
  }
}
