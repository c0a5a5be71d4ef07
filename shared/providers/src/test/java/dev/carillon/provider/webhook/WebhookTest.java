package dev.carillon.provider.webhook;

import static dev.carillon.provider.Offers.answer;
import static dev.carillon.provider.Offers.body;
import static dev.carillon.provider.Offers.kind;
import static dev.carillon.provider.Offers.ready;
import static dev.carillon.provider.Offers.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.json.Json;
import dev.carillon.message.Content;
import dev.carillon.message.Content.Field;
import dev.carillon.message.DeliveryStatus;
import dev.carillon.provider.DeliveryRequest;
import dev.carillon.provider.DeliveryResult;
import dev.carillon.provider.Offers;
import dev.carillon.provider.ProviderCall;
import dev.carillon.trigger.TraceContext;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookTest {
  private static final Webhook WEBHOOK = new Webhook();
  private static final String URL = "https://hooks.example/hook";

  @Test
  void a_request_is_the_one_that_the_template_made() {
    ProviderCall.Http call =
        ready(WEBHOOK.prepare(offer(post("{\"a\":\"O'Brien & \\\"Söhne\\\"\"}"))));
    assertThat(call.method()).isEqualTo("POST");
    assertThat(call.url()).isEqualTo(URL);
    assertThat(body(call)).isEqualTo("{\"a\":\"O'Brien & \\\"Söhne\\\"\"}");
    assertThat(call.headers())
        .isEqualTo(
            Map.of(
                "content-type",
                "application/json",
                "traceparent",
                Offers.TRACE.header("attempt", Offers.ID, "1"),
                "x-carillon-attempt",
                "1",
                "x-carillon-message-id",
                Offers.ID));
  }

  @Test
  void each_attempt_is_a_span_of_the_messages_trace_unless_the_template_says_otherwise() {
    String first = ready(WEBHOOK.prepare(offer(post("{}")))).headers().get("traceparent");
    var again = ready(WEBHOOK.prepare(Offers.attempt(offer(post("{}")), 2))).headers();
    assertThat(TraceContext.parent(first)).contains(Offers.TRACE);
    assertThat(TraceContext.parent(again.get("traceparent"))).contains(Offers.TRACE);
    assertThat(again.get("traceparent")).isNotEqualTo(first);
    var own = http("POST", URL, List.of(new Field("Traceparent", "their own")), List.of(), "");
    assertThat(ready(WEBHOOK.prepare(offer(own))).headers())
        .containsEntry("Traceparent", "their own");
  }

  @Test
  void every_attempt_bears_the_same_id_of_the_message_and_its_own_number() {
    var second = Offers.attempt(offer(post("{}")), 2);
    assertThat(ready(WEBHOOK.prepare(second)).headers())
        .containsEntry("x-carillon-message-id", Offers.ID)
        .containsEntry("x-carillon-attempt", "2");
  }

  @Test
  void a_template_cannot_pass_off_an_id_of_its_own() {
    var call =
        ready(
            WEBHOOK.prepare(
                offer(
                    http(
                        "POST",
                        URL,
                        List.of(
                            new Field("X-Carillon-Message-Id", "forged"),
                            new Field("X-Ref", "O'Brien & \"Söhne\"")),
                        List.of(),
                        ""))));
    assertThat(call.headers())
        .isEqualTo(
            Map.of(
                "X-Carillon-Message-Id",
                Offers.ID,
                "X-Ref",
                "O'Brien & \"Söhne\"",
                "traceparent",
                Offers.TRACE.header("attempt", Offers.ID, "1"),
                "x-carillon-attempt",
                "1"));
  }

  @Test
  void a_body_says_what_it_is_when_the_template_does() {
    var call =
        ready(
            WEBHOOK.prepare(
                offer(
                    http(
                        "POST",
                        URL,
                        List.of(new Field("Content-Type", "text/plain")),
                        List.of(),
                        "hello {"))));
    assertThat(call.headers()).containsEntry("Content-Type", "text/plain");
    assertThat(call.headers().keySet()).filteredOn("content-type"::equals).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
                                         | {"a":
                                         | hello
          application/json               | {'a':1}
          application/vnd.api+json       | [1,]
          Application/JSON; charset=utf-8 | {"a":1}{"b":2}
          """)
  void a_body_that_says_it_is_json_and_is_not_is_refused(String contentType, String body) {
    var headers =
        contentType == null ? List.<Field>of() : List.of(new Field("content-type", contentType));
    assertThat(refused(WEBHOOK.prepare(offer(http("POST", URL, headers, List.of(), body)))))
        .isInstanceOfSatisfying(
            DeliveryResult.Rejected.class,
            it -> assertThat(it.reason()).startsWith("body: ").doesNotContain(body));
  }

  @Test
  void a_get_has_no_body_and_its_parameters_in_the_url() {
    var parameters =
        List.of(
            new Field("name", "O'Brien & \"Söhne\" +1"),
            new Field("a b", "="),
            new Field("n", "5"));
    var call = ready(WEBHOOK.prepare(offer(http("GET", URL, List.of(), parameters, ""))));
    assertThat(call.method()).isEqualTo("GET");
    assertThat(call.url()).isEqualTo(URL + "?name=O%27Brien+%26+%22S%C3%B6hne%22+%2B1&a+b=%3D&n=5");
    assertThat(call.body()).isEmpty();
    assertThat(call.headers()).doesNotContainKey("content-type");
  }

  @Test
  void parameters_follow_those_that_the_url_has() {
    var call =
        ready(
            WEBHOOK.prepare(
                offer(http("POST", URL + "?x=1", List.of(), List.of(new Field("y", "2")), ""))));
    assertThat(call.url()).isEqualTo(URL + "?x=1&y=2");
  }

  @Test
  void what_a_template_put_into_the_url_arrives_as_it_is() {
    String path = "/O'Brien & \"Söhne\"?name=O'Brien & \"Söhne\"";
    var call =
        ready(
            WEBHOOK.prepare(
                offer(http("POST", "https://hooks.example" + path, List.of(), List.of(), ""))));
    assertThat(URLDecoder.decode(call.url(), StandardCharsets.UTF_8))
        .isEqualTo("https://hooks.example" + path);
  }

  @ParameterizedTest
  @CsvSource({
    "200, Accepted",
    "201, Accepted",
    "204, Accepted",
    "301, Deferred",
    "307, Deferred",
    "400, Rejected",
    "401, Rejected",
    "404, Rejected",
    "408, Deferred",
    "409, Rejected",
    "410, Rejected",
    "422, Rejected",
    "425, Deferred",
    "429, Deferred",
    "500, Deferred",
    "501, Deferred",
    "502, Ambiguous",
    "503, Deferred",
    "504, Ambiguous"
  })
  void a_status_means_one_thing(int status, String expected) {
    assertThat(kind(WEBHOOK.read(offer(post("{}")), answer(status, "x")))).isEqualTo(expected);
  }

  @Test
  void what_the_endpoint_takes_is_delivered() {
    assertThat(WEBHOOK.read(offer(post("{}")), answer(200, "ok")))
        .isEqualTo(new DeliveryResult.Accepted(Optional.empty(), DeliveryStatus.DELIVERED));
  }

  @ParameterizedTest
  @CsvSource({"5, PT5S", "' 120 ', PT2M", "999999999, PT277777H46M39S"})
  void an_endpoint_can_ask_to_be_left_alone(String retryAfter, Duration expected) {
    assertThat(WEBHOOK.read(offer(post("{}")), answer(429, "retry-after", retryAfter, "")))
        .isEqualTo(new DeliveryResult.Deferred("status 429", Optional.of(expected)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"-5", "1e9", "99999999999", "soon", "Mon, 05 Jan 2026 10:00:00 GMT"})
  void what_is_no_number_of_seconds_is_not_asked_for(String retryAfter) {
    assertThat(WEBHOOK.read(offer(post("{}")), answer(503, "retry-after", retryAfter, "")))
        .isEqualTo(new DeliveryResult.Deferred("status 503", Optional.empty()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ftp://hooks.example/x", "javascript:alert(1)", "//hooks.example/x", "", "hooks"})
  void what_is_neither_http_nor_https_is_refused(String url) {
    assertThat(refused(WEBHOOK.prepare(offer(http("POST", url, List.of(), List.of(), "")))))
        .isEqualTo(new DeliveryResult.Rejected("not_https"));
  }

  @Test
  void whether_a_host_may_be_called_without_tls_is_for_the_caller_to_say() {
    var call =
        ready(
            WEBHOOK.prepare(offer(http("POST", "http://127.0.0.1:1/x", List.of(), List.of(), ""))));
    assertThat(call.url()).isEqualTo("http://127.0.0.1:1/x");
  }

  @Test
  void a_signing_key_signs_time_and_body_as_knock_does() {
    // Made with this secret outside of this project.
    String body = "{\"__typename\":\"Event\",\"type\":\"message.sent\"}";
    assertThat(signature("some-secret", Instant.ofEpochMilli(1_700_000_000_000L), body))
        .isEqualTo("t=1700000000000,s=+93gu4qRZP8TtSAaCwXi+C49iLVSzQSAmDSkGxwyJIM=");
  }

  @Test
  void another_time_body_or_key_is_another_signature() {
    Instant now = Instant.ofEpochMilli(1_700_000_000_000L);
    String signature = signature("some-secret", now, "{}");
    assertThat(signature("some-secret", now, "{ }")).isNotEqualTo(signature);
    assertThat(signature("other-secret", now, "{}")).isNotEqualTo(signature);
    assertThat(signature("some-secret", now.plusMillis(1), "{}").split("s=")[1])
        .isNotEqualTo(signature.split("s=")[1]);
  }

  @Test
  void nothing_is_signed_without_a_key_and_no_template_signs_in_its_place() {
    assertThat(ready(WEBHOOK.prepare(offer(post("{}")))).headers())
        .doesNotContainKey("x-webhook-signature");
    var forged =
        http("POST", URL, List.of(new Field("X-Webhook-Signature", "forged")), List.of(), "");
    var signed = Offers.of(WEBHOOK, Json.object().with("signing_key", "some-secret"), forged);
    assertThat(ready(WEBHOOK.prepare(signed)).headers().get("X-Webhook-Signature"))
        .startsWith("t=1767603660000,s=");
  }

  private static String signature(String key, Instant now, String body) {
    var offer = Offers.of(WEBHOOK, Json.object().with("signing_key", key), post(body));
    var then =
        new DeliveryRequest<>(
            offer.message(),
            offer.content(),
            offer.settings(),
            offer.callbackUrl(),
            offer.lookups(),
            now);
    return ready(WEBHOOK.prepare(then)).headers().get("x-webhook-signature");
  }

  private static Content.Http post(String body) {
    return http("POST", URL, List.of(), List.of(), body);
  }

  private static Content.Http http(
      String method, String url, List<Field> headers, List<Field> query, String body) {
    return new Content.Http(method, url, headers, query, body);
  }

  private static DeliveryRequest<Content.Http> offer(Content.Http content) {
    return Offers.of(WEBHOOK, Json.Obj.EMPTY, content);
  }
}
