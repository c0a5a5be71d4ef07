package dev.carillon.edge.route;

import static dev.carillon.edge.access.Access.SECRET_KEY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.carillon.access.ApiKey;
import dev.carillon.access.ClientAccess;
import dev.carillon.edge.ErrorCode;
import dev.carillon.edge.GatewayEvents;
import dev.carillon.edge.HttpResponse;
import dev.carillon.edge.Limits;
import dev.carillon.edge.access.Ability;
import dev.carillon.edge.access.Access;
import dev.carillon.edge.access.Authentication;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.rate.RateLimits;
import dev.carillon.runtime.Overloaded;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RouterTest {
  private static final EnvironmentId ENVIRONMENT = new EnvironmentId("development");

  private static final Access ANY_KEY = Access.everyday(Ability.FEED_READ);

  private static final List<Operation<RouterTest>> OPERATIONS =
      List.of(
          Operation.get(
              "/secret",
              SECRET_KEY,
              (_, _, environment) -> HttpResponse.ok(Json.of(environment.value()))),
          Operation.get(
              "/v1/users/{id}",
              ANY_KEY,
              (_, _, _) -> HttpResponse.noContent().with("x-extra", "1")),
          Operation.get(
              "/v1/users/{id}/echo",
              ANY_KEY,
              (_, request, _) -> HttpResponse.ok(Json.of(request.pathId("id")))),
          Operation.post(
              "/body", SECRET_KEY, (_, request, _) -> HttpResponse.ok(request.fields().json())),
          Operation.get(
              "/broken",
              SECRET_KEY,
              (_, _, _) -> {
                throw new IllegalStateException("table carillon-prod of ann@example.com");
              }),
          Operation.get(
              "/busy",
              SECRET_KEY,
              (_, _, _) -> {
                throw new Overloaded("DYNAMODB throttles");
              }),
          Operation.get("/deep", SECRET_KEY, (_, _, _) -> deep()));

  private final Map<String, ApiKey> keys = new HashMap<>();
  private final List<String> lookUps = new ArrayList<>();
  private Instant now = Instant.parse("2026-01-05T09:00:00Z");
  private final ByteArrayOutputStream logged = new ByteArrayOutputStream();
  private final Authentication authentication =
      new Authentication(
          hash -> {
            lookUps.add(hash);
            return Optional.ofNullable(keys.get(hash));
          },
          _ -> ClientAccess.STANDARD,
          _ -> Optional.empty(),
          () -> now);
  private final Router router =
      Router.of(
          Operations.<RouterTest, RouterTest>of(OPERATIONS, test -> test),
          this,
          authentication,
          rates(RateLimits.OFF),
          GatewayEvents.KEYS,
          GatewayEvents.logTo(logged));

  /** Nobody is given more calls than each instance lets in by itself. */
  private CallRates rates(RateLimits limits) {
    return new CallRates((_, _, _, _, _) -> 0, limits, () -> now);
  }

  RouterTest() {
    keys.put(hash("sk_1"), new ApiKey(ENVIRONMENT, ApiKey.Kind.SECRET, false));
    keys.put(hash("pk_1"), new ApiKey(ENVIRONMENT, ApiKey.Kind.PUBLIC, false));
    keys.put(hash("sk_old"), new ApiKey(ENVIRONMENT, ApiKey.Kind.SECRET, true));
  }

  @Test
  void a_route_answers_in_the_environment_of_the_key() {
    var response = respond(GatewayEvents.of("GET /secret").key("sk_1"));
    assertThat(status(response)).isEqualTo(200);
    assertThat(response.text("body")).contains("\"development\"");
    assertThat(response.object("headers").text("content-type"))
        .contains("application/json; charset=utf-8");
    assertThat(response.object("headers").text("x-request-id")).contains("req-1");
  }

  @Test
  void no_content_has_no_body_and_no_type() {
    var response = respond(GatewayEvents.of("GET /v1/users/ann").key("pk_1"));
    assertThat(status(response)).isEqualTo(204);
    assertThat(response.text("body")).contains("");
    assertThat(response.object("headers").fields().keySet())
        .containsExactlyInAnyOrder("cache-control", "x-extra", "x-request-id");
  }

  @Test
  void each_key_may_do_what_its_kind_may() {
    var secret = GatewayEvents.of("GET /secret");
    refused(secret, 401, "api_key_missing");
    refused(secret.header("authorization", ""), 401, "api_key_missing");
    refused(secret.header("authorization", "Bearer"), 401, "api_key_missing");
    refused(secret.header("authorization", "Bearer  "), 401, "api_key_missing");
    refused(secret.header("authorization", "Basic c2tfMTo="), 401, "api_key_missing");
    refused(secret.header("authorization", "Bearersk_1"), 401, "authentication_required");
    refused(secret.key("sk_2"), 401, "authentication_required");
    refused(secret.key("sk_1 sk_1"), 401, "authentication_required");
    refused(secret.key("SK_1"), 401, "authentication_required");
    refused(secret.key("k".repeat(10_000)), 401, "authentication_required");
    refused(secret.key("sk_old"), 401, "authentication_required");
    refused(secret.key("pk_1"), 403, "incorrect_token_type");
    refused(GatewayEvents.of("GET /v1/users/ann"), 401, "api_key_missing");
    assertThat(status(respond(secret.header("Authorization", "bearer sk_1")))).isEqualTo(200);
    assertThat(status(respond(GatewayEvents.of("GET /v1/users/ann").key("sk_1")))).isEqualTo(204);
  }

  @Test
  void a_revocation_holds_within_five_seconds() {
    var event = GatewayEvents.of("GET /secret").key("sk_1");
    assertThat(status(respond(event))).isEqualTo(200);
    keys.put(hash("sk_1"), new ApiKey(ENVIRONMENT, ApiKey.Kind.SECRET, true));
    now = now.plusMillis(3_999);
    assertThat(status(respond(event))).isEqualTo(200);
    assertThat(lookUps).hasSize(1);
    now = now.plusMillis(1);
    assertThat(status(respond(event))).isEqualTo(401);
  }

  @Test
  void a_new_key_works_at_once_after_it_was_refused() {
    var event = GatewayEvents.of("GET /secret").key("sk_new");
    assertThat(status(respond(event))).isEqualTo(401);
    keys.put(hash("sk_new"), new ApiKey(ENVIRONMENT, ApiKey.Kind.SECRET, false));
    assertThat(status(respond(event))).isEqualTo(401);
    now = now.plusMillis(500);
    assertThat(status(respond(event))).isEqualTo(200);
  }

  @Test
  void a_clock_that_jumps_back_makes_no_answer_older_than_it_may_be() {
    var event = GatewayEvents.of("GET /secret").key("sk_1");
    respond(event);
    keys.clear();
    now = now.minus(Duration.ofHours(1));
    assertThat(status(respond(event))).isEqualTo(401);
  }

  @Test
  void what_is_remembered_of_keys_is_bounded() {
    for (int i = 0; i < 3_000; i++) {
      respond(GatewayEvents.of("GET /secret").key("guess" + i));
    }
    assertThat(lookUps).hasSize(3_000);
    assertThat(status(respond(GatewayEvents.of("GET /secret").key("sk_1")))).isEqualTo(200);
  }

  @Test
  void an_id_is_what_stands_in_the_decoded_path() {
    for (var id : List.of("ann", "مرحبا 👍", "100%", "%41", "a+b", "a b", "a;b=c", "...")) {
      var response = respond(GatewayEvents.of("GET /v1/users/" + id + "/echo").key("pk_1"));
      assertThat(body(response)).isEqualTo(Json.of(id));
    }
    refused(GatewayEvents.of("GET /v1/users/a#b/echo").key("pk_1"), 422, "invalid_params");
    refused(GatewayEvents.of("GET /v1/users//echo").key("pk_1"), 422, "invalid_params");
    refused(GatewayEvents.of("GET /v1/users/a/b/echo").key("pk_1"), 422, "invalid_params");
    refused(GatewayEvents.of("GET /v1/users///echo").key("pk_1"), 422, "invalid_params");
    refused(GatewayEvents.of("GET /v1/users/../echo").key("pk_1"), 422, "invalid_params");
  }

  @Test
  void the_log_names_the_route_and_never_the_path() {
    respond(GatewayEvents.of("GET /v1/users/ann@example.com/echo").key("pk_1"));
    respond(GatewayEvents.of("GET /nowhere/ann@example.com").key("pk_1"));
    assertThat(logged.toString(StandardCharsets.UTF_8))
        .contains("GET /v1/users/{id}/echo", "$default")
        .doesNotContain("ann@example.com");
  }

  @Test
  void an_unknown_route_is_a_404_in_our_shape() {
    refused(GatewayEvents.of("GET /"), 404, "route_missing");
    refused(GatewayEvents.of("DELETE /secret").key("sk_1"), 404, "route_missing");
    refused(GatewayEvents.of("BREW /secret").key("sk_1"), 404, "route_missing");
    refused(GatewayEvents.of("GET /nothing").key("sk_1"), 404, "route_missing");
  }

  @Test
  void a_body_may_have_four_megabytes_and_not_a_byte_more() {
    var shell = "{\"a\":\"\"}".length();
    var largest = "{\"a\":\"" + "x".repeat(Limits.BODY_BYTES - shell) + "\"}";
    var event = GatewayEvents.of("POST /body").key("sk_1");
    assertThat(status(respond(event.body(largest)))).isEqualTo(200);
    refused(event.body(largest + " "), 413, "body_too_large");
  }

  @Test
  void a_refusal_has_the_published_shape() {
    var body = (Json.Obj) body(respond(GatewayEvents.of("POST /body").key("sk_1").body("[]")));
    assertThat(JsonText.write(body))
        .isEqualTo(
            "{\"code\":\"invalid_params\",\"message\":\"One or more parameters supplied were"
                + " invalid.\","
                + "\"status\":422,\"type\":\"invalid_request_error\",\"errors\":[{\"field\":\"body\",\"message\":\"must"
                + " be an object\",\"type\":null}]}");
    refused(GatewayEvents.of("POST /body").key("sk_1").body("{"), 400, "invalid_json");
  }

  @Test
  void a_failure_tells_the_client_nothing_and_the_log_where() {
    var response = respond(GatewayEvents.of("GET /broken").key("sk_1"));
    assertThat(status(response)).isEqualTo(500);
    assertThat(JsonText.write(response)).doesNotContain("table", "example", "IllegalState");
    assertThat(logged.toString(StandardCharsets.UTF_8))
        .contains("IllegalStateException", "RouterTest", "req-1")
        .doesNotContain("example.com")
        .doesNotContain("sk_1");
  }

  @Test
  void what_the_store_cannot_take_now_is_a_503_that_says_when_to_come_again() {
    var response = respond(GatewayEvents.of("GET /busy").key("sk_1"));
    assertThat(status(response)).isEqualTo(503);
    assertThat(response.object("headers").text("retry-after")).contains("2");
    assertThat(response.text("body").orElseThrow())
        .contains("\"code\":\"overloaded\"")
        .doesNotContain("DYNAMODB");
    assertThat(logged.toString(StandardCharsets.UTF_8)).contains("http.overloaded", "req-1");
  }

  @Test
  void a_call_beyond_its_rate_is_told_to_come_again_in_a_second() {
    Router limited =
        Router.of(
            Operations.<RouterTest, RouterTest>of(OPERATIONS, test -> test),
            this,
            authentication,
            rates(new RateLimits(1)),
            GatewayEvents.KEYS,
            GatewayEvents.logTo(logged));
    var event = GatewayEvents.of("GET /secret").key("sk_1");
    for (int call = 0; call < 5; call++) {
      assertThat(status(respond(limited, event))).isEqualTo(200);
    }
    var refused = respond(limited, event);
    assertThat(status(refused)).isEqualTo(429);
    assertThat(refused.object("headers").text("retry-after")).contains("1");
    assertThat(refused.text("body").orElseThrow())
        .isEqualTo(
            "{\"code\":\"rate_limited\",\"message\":\"Too many requests; try again in a moment.\","
                + "\"status\":429,\"type\":\"api_error\"}");
    assertThat(status(respond(limited, event.key("sk_2")))).as("nobody's key").isEqualTo(401);
  }

  @Test
  void a_stack_overflow_is_one_requests_failure() {
    assertThat(status(respond(GatewayEvents.of("GET /deep").key("sk_1")))).isEqualTo(500);
    assertThat(status(respond(GatewayEvents.of("GET /secret").key("sk_1")))).isEqualTo(200);
  }

  @Test
  void two_answers_for_one_route_are_a_mistake() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                Router.of(
                    Operations.<RouterTest>all(
                        Operations.of(OPERATIONS, test -> test),
                        Operations.of(OPERATIONS.subList(1, 2), test -> test)),
                    this,
                    authentication,
                    rates(RateLimits.OFF),
                    GatewayEvents.KEYS,
                    GatewayEvents.silent()))
        .withMessageContaining("GET /v1/users/{id}");
  }

  @Test
  void what_answers_is_made_by_the_first_call_under_its_root() {
    var made = new ArrayList<String>();
    var lazy =
        router(Operations.all(people(made), Operations.of(OPERATIONS.subList(0, 1), it -> it)));
    assertThat(made).isEmpty();
    assertThat(status(respond(lazy, GatewayEvents.of("GET /secret").key("sk_1")))).isEqualTo(200);
    assertThat(status(respond(lazy, GatewayEvents.of("GET /v1/nothing").key("sk_1"))))
        .isEqualTo(404);
    assertThat(made).isEmpty();
    assertThat(status(respond(lazy, GatewayEvents.of("GET /v1/users/ann").key("sk_1"))))
        .isEqualTo(204);
    assertThat(status(respond(lazy, GatewayEvents.of("GET /v1/users/bob/echo").key("sk_1"))))
        .isEqualTo(200);
    assertThat(made).containsExactly("people");
  }

  @Test
  void what_answers_other_calls_is_not_made() {
    var made = new ArrayList<String>();
    var router =
        router(
            Operations.all(
                Operations.of(OPERATIONS.subList(0, 1), it -> it),
                Operations.of(
                    OPERATIONS.subList(1, 3),
                    it -> {
                      made.add("people");
                      return it;
                    })));
    assertThat(status(respond(router, GatewayEvents.of("GET /secret").key("sk_1")))).isEqualTo(200);
    assertThat(made).isEmpty();
    router.complete();
    assertThat(made).containsExactly("people");
  }

  @Test
  void all_that_answers_can_be_made_ahead() {
    var made = new ArrayList<String>();
    router(people(made)).complete();
    assertThat(made).containsExactly("people");
  }

  @Test
  void a_route_under_none_of_its_roots_is_a_mistake() {
    Operations<RouterTest> wrong =
        Operations.under(Set.of("v1/users"), () -> Operations.of(OPERATIONS, it -> it));
    assertThatIllegalArgumentException()
        .isThrownBy(wrong::declared)
        .withMessageContaining("/secret");
    assertThatIllegalArgumentException().isThrownBy(() -> router(wrong).complete());
  }

  private static Operations<RouterTest> people(List<String> made) {
    return Operations.under(
        Set.of("v1/users"),
        () ->
            Operations.of(
                OPERATIONS.subList(1, 3),
                it -> {
                  made.add("people");
                  return it;
                }));
  }

  private Router router(Operations<RouterTest> operations) {
    return Router.of(
        operations,
        this,
        authentication,
        rates(RateLimits.OFF),
        GatewayEvents.KEYS,
        GatewayEvents.silent());
  }

  @Test
  void a_header_cannot_hold_a_line_break() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HttpResponse.noContent().with("x", "a\r\nb: c"));
  }

  @Test
  void codes_are_unique() {
    assertThat(Arrays.stream(ErrorCode.values()).map(ErrorCode::code)).doesNotHaveDuplicates();
    assertThat(Arrays.stream(ErrorCode.values()).map(ErrorCode::status))
        .allMatch(status -> status >= 400 && status <= 503);
  }

  private static HttpResponse deep() {
    return deep();
  }

  private void refused(GatewayEvents event, int status, String code) {
    var response = respond(event);
    var body = (Json.Obj) body(response);
    assertThat(status(response)).isEqualTo(status);
    assertThat(body.text("code")).contains(code);
    assertThat(body.get("status")).contains(Json.of(status));
    assertThat(body.fields()).containsKeys("message", "type");
    assertThat(response.object("headers").text("x-request-id")).contains("req-1");
  }

  private Json.Obj respond(GatewayEvents event) {
    return respond(router, event);
  }

  private static Json.Obj respond(Router asked, GatewayEvents event) {
    var out = new ByteArrayOutputStream();
    try {
      asked.handle(event.stream(), out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return GatewayEvents.json(out);
  }

  private static int status(Json.Obj response) {
    return response.get("statusCode").orElseThrow() instanceof Json.Num(var value)
        ? value.intValueExact()
        : 0;
  }

  private static Json body(Json.Obj response) {
    return JsonText.parse(response.text("body").orElseThrow());
  }

  private static String hash(String key) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
