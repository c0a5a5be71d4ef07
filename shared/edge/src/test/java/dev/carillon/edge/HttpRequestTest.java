package dev.carillon.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.carillon.json.Json;
import dev.carillon.json.text.MalformedJson;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HttpRequestTest {
  @Test
  void holds_what_the_gateway_sent() {
    var request =
        GatewayEvents.of("GET /v1/users/مرحبا 👍")
            .header("X-Knock-Client", "js")
            .query("a=1")
            .request()
            .withPathParameters(Map.of("id", "مرحبا 👍"));
    assertThat(request.id()).isEqualTo("req-1");
    assertThat(request.method()).isEqualTo("GET");
    assertThat(request.path()).isEqualTo("/v1/users/مرحبا 👍");
    assertThat(request.pathId("id")).isEqualTo("مرحبا 👍");
    assertThat(request.header("x-knock-client")).contains("js");
    assertThat(request.header("X-KNOCK-CLIENT")).contains("js");
    assertThat(request.header("other")).isEmpty();
    assertThat(request.query().one("a")).contains("1");
    assertThat(request.body()).isEmpty();
  }

  @Test
  void a_body_in_base64_is_decoded() {
    var text = "{\"a\":\"é\"}";
    var encoded = Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    var event = GatewayEvents.of("POST /x").body(encoded);
    var request = new GatewayEvents(event.json().with("isBase64Encoded", Json.TRUE)).request();
    assertThat(request.fields().required("a").text()).isEqualTo("é");
  }

  @Test
  void an_absent_body_is_an_empty_object() {
    assertThat(GatewayEvents.of("PUT /x").request().fields().json()).isEqualTo(Json.object());
    assertThat(GatewayEvents.of("PUT /x").body("").request().fields().json())
        .isEqualTo(Json.object());
  }

  @Test
  void a_body_that_is_not_json_is_refused_with_its_place() {
    for (var body :
        List.of("{", "{\"a\":1,\"a\":2}", " ", "[".repeat(100_000), "[1e999999999]", "nul")) {
      var refused = refused(body);
      assertThat(refused.problem()).isEqualTo(ErrorCode.INVALID_JSON);
      assertThat(refused.fields())
          .singleElement()
          .extracting(ApiException.Field::path)
          .isEqualTo("body");
    }
  }

  @Test
  void a_body_may_be_nested_as_deep_as_published_and_no_deeper() {
    var deep = "{\"a\":".repeat(Limits.BODY_DEPTH) + "1" + "}".repeat(Limits.BODY_DEPTH);
    assertThat(GatewayEvents.of("PUT /x").body(deep).request().fields().json()).isNotNull();
    assertThat(refused("{\"a\":" + deep + "}").problem()).isEqualTo(ErrorCode.INVALID_JSON);
  }

  @Test
  void a_body_that_is_not_an_object_is_refused() {
    for (var body : List.of("[]", "1", "\"x\"", "null", "true")) {
      assertThat(refused(body).fields())
          .containsExactly(new ApiException.Field("body", "must be an object"));
    }
  }

  @Test
  void an_idempotency_key_may_have_255_characters() {
    var event = GatewayEvents.of("POST /x");
    assertThat(event.request().idempotencyKey()).isEmpty();
    assertThat(event.header("Idempotency-Key", " ").request().idempotencyKey()).isEmpty();
    var longest = "k".repeat(255);
    assertThat(event.header("Idempotency-Key", longest).request().idempotencyKey())
        .contains(longest);
    var tooLong = event.header("Idempotency-Key", longest + "k").request();
    assertThat(catchThrowableOfType(ApiException.class, tooLong::idempotencyKey).problem())
        .isEqualTo(ErrorCode.INVALID_PARAMS);
  }

  @Test
  void what_is_no_gateway_event_is_an_error() {
    for (var event :
        List.of("{}", "[]", "{\"version\":\"1.0\"}", "{\"Records\":[]}", "{\"version\":\"2.0\"}")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> HttpRequest.of(GatewayEvents.stream(event), GatewayEvents.KEYS));
    }
    assertThat(
            catchThrowableOfType(
                MalformedJson.class,
                () -> HttpRequest.of(GatewayEvents.stream(""), GatewayEvents.KEYS)))
        .isNotNull();
  }

  private static ApiException refused(String body) {
    var request = GatewayEvents.of("PUT /x").body(body).request();
    return catchThrowableOfType(ApiException.class, request::fields);
  }
}
