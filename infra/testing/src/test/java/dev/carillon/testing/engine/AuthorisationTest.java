package dev.carillon.testing.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.access.ApiKey;
import dev.carillon.access.PublicKeyUse;
import dev.carillon.edge.route.RouteDeclaration;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.functions.api.ApiRoutes;
import dev.carillon.functions.delivery.DeliveryRoutes;
import dev.carillon.functions.feeds.FeedsRoutes;
import dev.carillon.functions.intake.IntakeRoutes;
import dev.carillon.id.Digest;
import dev.carillon.json.Json;
import dev.carillon.testing.scenarios.GuideEngine;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Who may call what: a row for each operation, which says of what kind it is, and a row for each
 * kind of caller, which says what an operation of each kind answers: {@code in} when it lets the
 * caller in, {@code nothing} when it leaves out what the caller may not touch, otherwise the
 * error's code. An operation without a row fails the build.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Execution(ExecutionMode.SAME_THREAD)
class AuthorisationTest {
  private static final String TABLE =
      """
      GET /v1/users/{id}, personal
      PUT /v1/users/{id}, personal
      GET /v1/users/{id}/feeds/{channel}, feed
      GET /v1/users/{id}/feeds/{channel}/settings, everyday
      GET /v1/users, servers
      GET /v1/users/{id}/preferences, everyday
      GET /v1/users/{id}/preferences/{set}, everyday
      PUT /v1/users/{id}/preferences/{set}, everyday
      DELETE /v1/users/{id}/preferences/{set}, servers
      PUT /v1/users/{id}/preferences/{set}/categories, everyday
      PUT /v1/users/{id}/preferences/{set}/categories/{name}, everyday
      PUT /v1/users/{id}/preferences/{set}/channel_types, everyday
      PUT /v1/users/{id}/preferences/{set}/channel_types/{name}, everyday
      PUT /v1/users/{id}/preferences/{set}/workflows, everyday
      PUT /v1/users/{id}/preferences/{set}/workflows/{name}, everyday
      GET /v1/users/{id}/preference_center/config, everyday
      POST /v1/users/{id}/preference_center/signed_url, servers
      GET /v1/users/{id}/channel_data/{channel}, personal
      PUT /v1/users/{id}/channel_data/{channel}, personal
      DELETE /v1/users/{id}/channel_data/{channel}, personal
      GET /v1/objects/{collection}/{id}/preferences, servers
      GET /v1/objects/{collection}/{id}/preferences/{set}, servers
      PUT /v1/objects/{collection}/{id}/preferences/{set}, servers
      DELETE /v1/objects/{collection}/{id}/preferences/{set}, servers
      PUT /v1/objects/{collection}/{id}/preferences/{set}/categories, servers
      PUT /v1/objects/{collection}/{id}/preferences/{set}/categories/{name}, servers
      PUT /v1/objects/{collection}/{id}/preferences/{set}/channel_types, servers
      PUT /v1/objects/{collection}/{id}/preferences/{set}/channel_types/{name}, servers
      PUT /v1/objects/{collection}/{id}/preferences/{set}/workflows, servers
      PUT /v1/objects/{collection}/{id}/preferences/{set}/workflows/{name}, servers
      GET /v1/objects/{collection}/{id}/channel_data/{channel}, servers
      PUT /v1/objects/{collection}/{id}/channel_data/{channel}, servers
      DELETE /v1/objects/{collection}/{id}/channel_data/{channel}, servers
      GET /v1/objects/{collection}, servers
      GET /v1/objects/{collection}/{id}, servers
      PUT /v1/objects/{collection}/{id}, servers
      GET /v1/tenants, servers
      GET /v1/tenants/{id}, servers
      PUT /v1/tenants/{id}, servers
      GET /v1/users/{id}/subscriptions, servers
      GET /v1/objects/{collection}/{id}/subscriptions, servers
      POST /v1/objects/{collection}/{id}/subscriptions, servers
      DELETE /v1/objects/{collection}/{id}/subscriptions, servers
      GET /v1/users/{id}/messages, servers
      GET /v1/objects/{collection}/{id}/messages, servers
      GET /v1/users/{id}/export, servers
      GET /v1/openapi, servers
      GET /v1/audiences/{key}/members, servers
      POST /v1/audiences/{key}/members, servers
      DELETE /v1/audiences/{key}/members, servers
      POST /v1/schedules/bulk/create, servers
      GET /v1/bulk_operations/{id}, servers
      POST /v1/users/bulk/identify, servers
      POST /v1/users/bulk/preferences, servers
      POST /v1/objects/{collection}/bulk/set, servers
      POST /v1/objects/{collection}/bulk/subscriptions/add, servers
      POST /v1/objects/{collection}/bulk/subscriptions/delete, servers
      POST /v1/tenants/bulk/set, servers
      GET /v1/users/{id}/schedules, servers
      GET /v1/objects/{collection}/{id}/schedules, servers
      GET /v1/messages, servers
      GET /v1/messages/batch/content, servers
      GET /v1/messages/{id}, marks
      GET /v1/messages/{id}/activities, servers
      GET /v1/messages/{id}/content, servers
      GET /v1/messages/{id}/delivery_logs, servers
      GET /v1/messages/{id}/events, servers
      POST /v1/messages/{id}/retry, servers
      PUT /v1/messages/{id}/seen, marks
      PUT /v1/messages/{id}/read, marks
      PUT /v1/messages/{id}/archived, marks
      PUT /v1/messages/{id}/interacted, marks
      DELETE /v1/messages/{id}/seen, marks
      DELETE /v1/messages/{id}/read, marks
      DELETE /v1/messages/{id}/archived, marks
      DELETE /v1/messages/{id}/unseen, marks
      DELETE /v1/messages/{id}/unread, marks
      DELETE /v1/messages/{id}/unarchived, marks
      POST /v1/channels/{channel}/messages/bulk/{action}, bulk
      POST /v1/messages/batch/seen, batch
      POST /v1/messages/batch/unseen, batch
      POST /v1/messages/batch/read, batch
      POST /v1/messages/batch/unread, batch
      POST /v1/messages/batch/archived, batch
      POST /v1/messages/batch/unarchived, batch
      POST /v1/messages/batch/interacted, batch
      GET /v1/schedules, servers
      POST /v1/schedules, servers
      PUT /v1/schedules, servers
      DELETE /v1/schedules, servers
      POST /v1/workflows/{key}/trigger, servers
      POST /v1/workflows/{key}/cancel, servers
      GET /v1/workflows/{key}/engagement, servers
      GET /v1/broadcasts/{key}/engagement, servers
      GET /v1/email_events, servers
      POST /v1/channels/{channel}/test, servers
      GET /v1/providers/{provider}/{channel}/auth_check, personal
      GET /v1/providers/{provider}/{channel}/channels, personal
      GET /v1/providers/{provider}/{channel}/teams, personal
      PUT /v1/providers/{provider}/{channel}/revoke_access, personal
      POST /v1/notify, servers
      POST /v1/notify/cancel, servers
      GET /v1/workflow_recipient_runs, servers
      GET /v1/workflow_recipient_runs/{id}, servers
      GET /v1/explain, servers
      GET /v1/suppressions, servers
      GET /v1/suppressions/{address}, servers
      GET /v1/audit, servers
      GET /v1/waiting, servers
      POST /v1/waiting/{id}/cancel, servers
      POST /v1/waiting/{id}/send_now, servers
      POST /v1/waiting/{id}/flush, servers
      DELETE /v1/suppressions/{address}, servers
      GET /v1/webhooks, servers
      POST /v1/webhooks, servers
      GET /v1/webhooks/{id}, servers
      PUT /v1/webhooks/{id}, servers
      POST /v1/webhooks/{id}/rotate_secret, servers
      POST /v1/webhooks/{id}/test, servers
      GET /v1/webhooks/{id}/deliveries, servers
      GET /v1/webhooks/{id}/deliveries/{event}, servers
      POST /v1/webhooks/{id}/deliveries/{event}/replay, servers
      POST /v1/webhooks/{id}/replay, servers
      DELETE /v1/webhooks/{id}, servers
      DELETE /v1/users/{id}, servers
      DELETE /v1/objects/{collection}/{id}, servers
      DELETE /v1/tenants/{id}, servers
      POST /v1/users/{id}/merge, servers
      POST /v1/users/bulk/delete, servers
      POST /v1/objects/{collection}/bulk/delete, servers
      POST /v1/tenants/bulk/delete, servers
      POST /v1/integrations/census/custom-destination, servers
      POST /v1/integrations/hightouch/embedded-destination, servers
      """;

  /** The columns, then the callers; {@code x} is whom the operation is about. */
  private static final String CALLERS =
      """
      caller                         | servers                 | personal                | feed                    | marks                   | batch                   | everyday        | bulk
      no key                         | api_key_missing         | api_key_missing         | api_key_missing         | api_key_missing         | api_key_missing         | api_key_missing | api_key_missing
      another scheme                 | api_key_missing         | api_key_missing         | api_key_missing         | api_key_missing         | api_key_missing         | api_key_missing | api_key_missing
      junk                           | authentication_required | authentication_required | authentication_required | authentication_required | authentication_required | authentication_required | authentication_required
      revoked                        | authentication_required | authentication_required | authentication_required | authentication_required | authentication_required | authentication_required | authentication_required
      a token for a key              | authentication_required | authentication_required | authentication_required | authentication_required | authentication_required | authentication_required | authentication_required
      secret                         | in                      | in                      | in                      | in                      | in                      | in              | in
      secret of another environment  | in                      | in                      | in                      | resource_missing        | nothing                 | in              | in
      public, restricted             | incorrect_token_type    | missing_user_token      | in                      | in                      | in                      | in              | in
      public, open                   | incorrect_token_type    | in                      | in                      | in                      | in                      | in              | in
      public, token                  | incorrect_token_type    | missing_user_token      | missing_user_token      | missing_user_token      | missing_user_token      | missing_user_token | missing_user_token
      own token                      | incorrect_token_type    | in                      | in                      | in                      | in                      | in              | in
      own token of t2                | incorrect_token_type    | in                      | authorization           | in                      | in                      | in              | authorization
      own token of t1                | incorrect_token_type    | in                      | authorization           | resource_missing        | nothing                 | in              | authorization
      own token, nothing granted     | incorrect_token_type    | authorization           | authorization           | resource_missing        | nothing                 | authorization   | authorization
      own token, all granted         | incorrect_token_type    | in                      | in                      | in                      | in                      | in              | in
      token of another               | incorrect_token_type    | authorization           | authorization           | resource_missing        | nothing                 | authorization   | authorization
      token of another, all granted  | incorrect_token_type    | in                      | in                      | in                      | in                      | in              | in
      expired                        | invalid_user_token      | invalid_user_token      | invalid_user_token      | invalid_user_token      | invalid_user_token      | invalid_user_token | invalid_user_token
      signed by another              | invalid_user_token      | invalid_user_token      | invalid_user_token      | invalid_user_token      | invalid_user_token      | invalid_user_token | invalid_user_token
      unsigned                       | invalid_user_token      | invalid_user_token      | invalid_user_token      | invalid_user_token      | invalid_user_token      | invalid_user_token | invalid_user_token
      HS256 by the public key        | invalid_user_token      | invalid_user_token      | invalid_user_token      | invalid_user_token      | invalid_user_token      | invalid_user_token | invalid_user_token
      """;

  /** The object that says which workspace, where a call asks one. */
  private static final String OF_X =
      "access_token_object=%7B%22object_id%22:%22x%22,%22collection%22:%22\\$users%22%7D";

  private static final String MARKER = "only-in-this-environment";

  private final GuideEngine scene = GuideEngine.open();
  private final UserTokenFor token = new UserTokenFor();
  private String message;

  @BeforeAll
  void somebody_has_a_message() {
    var keys = scene.engine.ports().apiKeys();
    var elsewhere = new EnvironmentId("elsewhere");
    keys.put(Digest.hex("sk_elsewhere"), new ApiKey(elsewhere, ApiKey.Kind.SECRET, false));
    keys.put(
        Digest.hex("pk_revoked"),
        new ApiKey(InProcessEngine.ENVIRONMENT, ApiKey.Kind.PUBLIC, true));
    scene.user("x", "'name': '" + MARKER + "'");
    scene.workflow("note", GuideEngine.feed(MARKER));
    scene.trigger("note", "{'recipients': ['x'], 'tenant': 't2'}");
    message = scene.messages().getFirst().id().value();
  }

  @Test
  void every_declared_operation_has_a_row() {
    assertThat(rows())
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(
                    ApiRoutes.declared(),
                    FeedsRoutes.declared(),
                    IntakeRoutes.declared(),
                    DeliveryRoutes.declared())
                .flatMap(List::stream)
                .map(RouteDeclaration::key)
                .toList());
  }

  @ParameterizedTest
  @CsvSource(textBlock = TABLE)
  void each_caller_is_let_in_or_refused(String operation, String kind) {
    for (Map<String, String> row : callers()) {
      String caller = row.get("caller");
      CallAnswer answer = answer(operation, caller);
      String expected = row.get(kind);
      if (expected.equals("nothing")) {
        assertThat(answer.json()).as(caller).isEqualTo(Json.array(List.of()));
      } else if (expected.equals("in")) {
        // What a call without a body or known ids is answered is not the point here.
        assertThat(answer.status()).as(caller).isNotIn(401, 403).isLessThan(500);
        String code = answer.body().text("code").orElse("");
        assertThat(code).as(caller).isNotEqualTo("route_missing");
        if (kind.equals("batch")) {
          assertThat(InvocationJson.of(answer.json())).as(caller).contains(message);
        }
        if (kind.equals("marks")) {
          assertThat(code).as(caller).isEmpty();
        }
      } else {
        assertThat(answer.body().text("code")).as(caller).contains(expected);
        assertThat(answer.status()).as(caller).isBetween(401, 404);
      }
      if (caller.equals("secret of another environment") || !expected.equals("in")) {
        assertThat(InvocationJson.of(answer.body())).as(caller).doesNotContain(MARKER);
      }
    }
  }

  @Test
  void a_refused_call_names_the_setting_that_refuses_it() {
    for (String setting : List.of("token", "restricted")) {
      Json.Obj error = answer("GET /v1/users/{id}", "public, " + setting).body();
      assertThat(InvocationJson.of(error))
          .contains("X-Knock-User-Token")
          .contains("public_keys of this environment is \\\"" + setting + "\\\"");
    }
  }

  @Test
  void no_caller_with_a_public_key_alone_sees_an_address_unless_all_is_open() {
    somebody_has_a_message();
    String feed = "GET /v1/users/{id}/feeds/{channel}";
    String rich = InvocationJson.of(answer(feed, "own token").body());
    assertThat(rich).contains("x@example.com").contains(MARKER);
    assertThat(InvocationJson.of(answer(feed, "public, open").body())).contains("x@example.com");
    assertThat(InvocationJson.of(answer(feed, "public, restricted").body()))
        .doesNotContain("@example.com")
        .contains(MARKER);
  }

  @Test
  void a_token_for_some_tenants_opens_the_feed_of_those() {
    somebody_has_a_message();
    String path = "/v1/users/x/feeds/feed";
    Map<String, String> headers = headers("own token of t2");
    assertThat(call("GET", path + "?tenant=t2", headers).status()).isEqualTo(200);
    for (String query : List.of("?tenant=t1", "?has_tenant=true", "")) {
      assertThat(call("GET", path + query, headers).status()).as(query).isEqualTo(403);
    }
    assertThat(call("GET", path + "?has_tenant=false", headers).status()).isEqualTo(200);
  }

  private CallAnswer answer(String operation, String caller) {
    PublicKeyUse use =
        switch (caller) {
          case "public, open" -> PublicKeyUse.OPEN;
          case "public, restricted" -> PublicKeyUse.RESTRICTED;
          default -> PublicKeyUse.TOKEN;
        };
    scene.engine.ports().clientAccesses().put(InProcessEngine.ENVIRONMENT, token.access(use));
    scene.pass("PT5S"); // what is known of a key is believed for less
    String[] parts = operation.split(" ", 2);
    String path =
        parts[1]
            .replace("/v1/messages/{id}", "/v1/messages/" + message)
            .replace("{channel}", "feed")
            .replace("{action}", "seen")
            .replace("{provider}", "slack")
            .replaceAll("\\{[^}]*}", "x")
            .replaceAll("^(/v1/providers/.*)", "$1?" + OF_X);
    Optional<String> body =
        !parts[0].equals("POST")
            ? Optional.empty()
            : path.startsWith("/v1/messages/batch/")
                ? Optional.of("{\"message_ids\": [\"" + message + "\"]}")
                : path.startsWith("/v1/channels/")
                    ? Optional.of("{\"user_ids\": [\"x\"]}")
                    : Optional.empty();
    return scene.engine.call(new Call(parts[0], path, headers(caller), body));
  }

  private CallAnswer call(String method, String path, Map<String, String> headers) {
    return scene.engine.call(new Call(method, path, headers, Optional.empty()));
  }

  private Map<String, String> headers(String caller) {
    return switch (caller) {
      case "no key" -> Map.of("authorization", "");
      case "another scheme" -> Map.of("authorization", "Basic c2tfdGVzdDo=");
      case "junk" -> Map.of("authorization", "Bearer junk");
      case "revoked" -> Map.of("authorization", "Bearer pk_revoked");
      case "a token for a key" -> Map.of("authorization", "Bearer " + token.signed(claims("x")));
      case "secret" -> Map.of("authorization", "Bearer sk_test");
      case "secret of another environment" -> Map.of("authorization", "Bearer sk_elsewhere");
      case "public, restricted", "public, open", "public, token" ->
          Map.of("authorization", "Bearer pk_test");
      default -> Map.of("authorization", "Bearer pk_test", "x-knock-user-token", userToken(caller));
    };
  }

  private String userToken(String caller) {
    Json.Obj own = claims("x");
    return switch (caller) {
      case "own token" -> token.signed(own);
      case "own token of t1" -> token.signed(own.with("grants", tenant("t1")));
      case "own token of t2" -> token.signed(own.with("grants", tenant("t2")));
      case "own token, nothing granted" -> token.signed(own.with("explicit_grants", Json.TRUE));
      case "own token, all granted" ->
          token.signed(own.with("explicit_grants", Json.TRUE).with("grants", all()));
      case "token of another" -> token.signed(claims("y"));
      case "token of another, all granted" -> token.signed(claims("y").with("grants", all()));
      case "expired" -> token.signed(own.with("exp", Json.of(1_000_000_000)));
      case "signed by another" -> token.signedByAnother(own);
      case "unsigned" -> UserTokenFor.unsigned(own);
      case "HS256 by the public key" -> token.confused(own);
      default -> throw new IllegalArgumentException(caller);
    };
  }

  private static Json.Obj claims(String user) {
    return Json.object().with("sub", user);
  }

  private static Json.Obj tenant(String id) {
    return Json.object()
        .with(
            "https://api.knock.app/v1/tenants/" + id,
            Json.object().with("user/read", Json.array(List.of())));
  }

  private static Json.Obj all() {
    var abilities = Json.object();
    for (String ability :
        List.of(
            "user/read",
            "user/write",
            "user/feed_read",
            "user/feed_write",
            "preferences/read",
            "preferences/write",
            "channel_data/read",
            "channel_data/write")) {
      abilities = abilities.with(ability, Json.array(List.of(Json.object())));
    }
    return Json.object().with("https://api.knock.app/v1/users/x", abilities);
  }

  private static List<String> rows() {
    return TABLE.lines().map(line -> line.substring(0, line.indexOf(','))).toList();
  }

  private static List<Map<String, String>> callers() {
    List<List<String>> lines = CALLERS.lines().map(AuthorisationTest::cells).toList();
    return lines.stream()
        .skip(1)
        .map(
            cells -> {
              var row = new HashMap<String, String>();
              for (int i = 0; i < cells.size(); i++) {
                row.put(lines.getFirst().get(i), cells.get(i));
              }
              return Map.copyOf(row);
            })
        .toList();
  }

  private static List<String> cells(String line) {
    return Arrays.stream(line.split("\\|")).map(String::strip).toList();
  }
}
