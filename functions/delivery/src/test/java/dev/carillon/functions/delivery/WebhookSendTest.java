package dev.carillon.functions.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.channel.Channel;
import dev.carillon.channel.ChannelId;
import dev.carillon.channel.ChannelType;
import dev.carillon.functions.delivery.SendMessage.Sent;
import dev.carillon.functions.delivery.call.AwsRequests;
import dev.carillon.functions.delivery.call.CallOverNetwork;
import dev.carillon.functions.delivery.call.SmtpDialogue;
import dev.carillon.json.Json;
import dev.carillon.memory.environment.InMemoryChannelCredentials;
import dev.carillon.message.Attempt;
import dev.carillon.message.Attempt.Answer;
import dev.carillon.message.Attempt.Result;
import dev.carillon.message.ContentCodec;
import dev.carillon.message.DeliveryStatus;
import dev.carillon.message.Message;
import dev.carillon.message.MessageContent;
import dev.carillon.outbound.Bounds;
import dev.carillon.outbound.GuardedHttp;
import dev.carillon.outbound.LoopbackServer;
import dev.carillon.outbound.PublicAddresses;
import dev.carillon.outbound.Resolve;
import dev.carillon.provider.DeliveryResult;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

class WebhookSendTest {
  /** Long enough for a machine that has other things to do. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final Channel CHANNEL =
      new Channel(
          new ChannelId(UUID.fromString("22222222-2222-8333-8444-555555555555")),
          "webhook",
          "Webhook",
          ChannelType.HTTP,
          "http_carillon_webhook",
          Json.Obj.EMPTY,
          DeliveryFixture.START,
          DeliveryFixture.START);

  private LoopbackServer server =
      LoopbackServer.saying(_ -> LoopbackServer.response(200, "", "ok"));

  @AfterEach
  void closeServer() {
    server.close();
  }

  @Test
  void what_the_endpoint_takes_is_delivered() {
    var said = call(request().with("body", "{\"a\":\"O'Brien & \\\"Söhne\\\"\"}"));
    assertThat(said)
        .isEqualTo(
            new Sent(
                new DeliveryResult.Accepted(Optional.empty(), DeliveryStatus.DELIVERED),
                Optional.of(new Answer(200, "ok"))));
    String received = received();
    assertThat(received).startsWith("POST /hook HTTP/1.1\r\n");
    assertThat(body(received)).isEqualTo("{\"a\":\"O'Brien & \\\"Söhne\\\"\"}");
    assertThat(header(received, "content-type")).contains("application/json");
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
  void a_status_means_one_thing_and_costs_one_request(int status, String kind) {
    serve(_ -> LoopbackServer.response(status, "location: /elsewhere\r\n", ""));
    assertThat(call(request()).result().getClass().getSimpleName()).isEqualTo(kind);
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void every_attempt_bears_the_same_id_of_the_message_and_its_own_number() {
    var first =
        DeliveryFixture.message(DeliveryStatus.QUEUED).with(attempt(1), DeliveryFixture.START);
    webhook(PATIENCE).send(first, says(request()), CHANNEL);
    webhook(PATIENCE).send(first.with(attempt(2), DeliveryFixture.START), says(request()), CHANNEL);
    assertThat(server.requests())
        .extracting(it -> header(it, "x-carillon-message-id").orElse(""))
        .containsExactly("37pcsdaWZgZounTGP8TSxTMWo8w", "37pcsdaWZgZounTGP8TSxTMWo8w");
    assertThat(server.requests())
        .extracting(it -> header(it, "x-carillon-attempt").orElse(""))
        .containsExactly("1", "2");
  }

  @Test
  void a_template_cannot_pass_off_an_id_of_its_own() {
    var headers =
        Json.object().with("X-Carillon-Message-Id", "forged").with("X-Ref", "O'Brien & \"Söhne\"");
    call(request().with("headers", headers));
    assertThat(
            received()
                .lines()
                .filter(it -> it.toLowerCase(Locale.ROOT).startsWith("x-carillon-message")))
        .singleElement()
        .asString()
        .endsWith(": 37pcsdaWZgZounTGP8TSxTMWo8w");
    assertThat(header(received(), "x-ref")).contains("O'Brien & \"Söhne\"");
  }

  @Test
  void a_body_says_what_it_is_when_the_template_does() {
    var headers = Json.object().with("Content-Type", "text/plain");
    call(request().with("headers", headers).with("body", "hello"));
    assertThat(header(received(), "content-type")).contains("text/plain");
  }

  @Test
  void a_get_has_no_body_and_its_parameters_in_the_url() {
    call(
        request()
            .with("method", "get")
            .with(
                "query_params",
                Json.object()
                    .with("name", "O'Brien & \"Söhne\" +1")
                    .with("a b", "=")
                    .with("n", Json.of(5))));
    assertThat(received())
        .startsWith("GET /hook?name=O%27Brien+%26+%22S%C3%B6hne%22+%2B1&a+b=%3D&n=5 HTTP/1.1\r\n");
  }

  @Test
  void parameters_follow_those_that_the_url_has() {
    call(
        request("http://" + server.host() + "/hook?x=1")
            .with("query_params", Json.object().with("y", "2")));
    assertThat(received()).startsWith("POST /hook?x=1&y=2 HTTP/1.1\r\n");
  }

  @Test
  void what_a_template_put_into_the_url_arrives_as_it_is() {
    call(request("http://" + server.host() + "/O'Brien & \"Söhne\"?name=O'Brien & \"Söhne\""));
    String path = received().substring("POST ".length(), received().indexOf(" HTTP/1.1"));
    assertThat(URLDecoder.decode(path, StandardCharsets.UTF_8))
        .isEqualTo("/O'Brien & \"Söhne\"?name=O'Brien & \"Söhne\"");
  }

  @ParameterizedTest
  @CsvSource({"5, PT5S", "' 120 ', PT2M", "999999999, PT277777H46M39S"})
  void an_endpoint_can_ask_to_be_left_alone(String retryAfter, Duration expected) {
    serve(_ -> LoopbackServer.response(429, "retry-after: " + retryAfter + "\r\n", ""));
    assertThat(call(request()))
        .isEqualTo(
            new Sent(
                new DeliveryResult.Deferred("status 429", Optional.of(expected)),
                Optional.of(new Answer(429, ""))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"-5", "1e9", "99999999999", "soon", "Mon, 05 Jan 2026 10:00:00 GMT"})
  void what_is_no_number_of_seconds_is_not_asked_for(String retryAfter) {
    serve(_ -> LoopbackServer.response(503, "retry-after: " + retryAfter + "\r\n", ""));
    assertThat(call(request()))
        .isEqualTo(
            new Sent(
                new DeliveryResult.Deferred("status 503", Optional.empty()),
                Optional.of(new Answer(503, ""))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://hooks.example/x",
        "http://127.0.0.1:1/x",
        "http://127.0.0.1.evil.example/x",
        "ftp://hooks.example/x",
        "javascript:alert(1)",
        "//hooks.example/x",
        "",
        "http:// /x"
      })
  void what_is_not_https_is_refused_unless_its_host_is_allowed(String url) {
    assertThat(call(request(url))).isEqualTo(new Sent(new DeliveryResult.Rejected("not_https")));
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void a_private_address_is_refused_over_https_too() {
    assertThat(call(request("https://127.0.0.1:1/x")))
        .isEqualTo(new Sent(new DeliveryResult.Rejected("refused_address")));
  }

  @Test
  void a_header_that_is_not_the_callers_to_set_is_refused() {
    assertThat(call(request().with("headers", Json.object().with("Host", "internal"))))
        .isEqualTo(new Sent(new DeliveryResult.Rejected("refused_header")));
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void an_endpoint_that_does_not_answer_in_time_may_have_the_message() {
    // The first loads what would cost the second of its time.
    call(request());
    serve(_ -> LoopbackServer.SILENCE);
    var said = webhook(Duration.ofSeconds(1)).send(message(), says(request()), CHANNEL);
    assertThat(said).isEqualTo(new Sent(new DeliveryResult.Ambiguous("timeout")));
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void an_endpoint_that_hangs_up_may_have_the_message() {
    serve(_ -> LoopbackServer.CLOSE);
    assertThat(call(request())).isEqualTo(new Sent(new DeliveryResult.Ambiguous("no_answer")));
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void an_endpoint_that_is_not_there_has_nothing() {
    var request = request();
    server.close();
    assertThat(call(request))
        .isEqualTo(
            new Sent(new DeliveryResult.Deferred("not_reached_connection", Optional.empty())));
  }

  private void serve(IntFunction<String> answers) {
    server.close();
    server = LoopbackServer.saying(answers);
  }

  private Json.Obj request() {
    return request("http://" + server.host() + "/hook");
  }

  private static Json.Obj request(String url) {
    return Json.object()
        .with("method", "POST")
        .with("url", url)
        .with("headers", Json.Obj.EMPTY)
        .with("query_params", Json.Obj.EMPTY)
        .with("body", Json.NULL);
  }

  private Sent call(Json.Obj request) {
    return webhook(PATIENCE).send(message(), says(request), CHANNEL);
  }

  private SendMessage webhook(Duration patience) {
    var allowed = Set.of(server.host());
    var bounds = new Bounds(patience, patience, 1024 * 1024, 64 * 1024);
    var http = new GuardedHttp(bounds, allowed, Optional.empty(), Resolve.SYSTEM);
    return new SendThroughProvider(
        new InMemoryChannelCredentials(() -> DeliveryFixture.START),
        new LookupAnswers(),
        new CallOverNetwork(
            () -> http,
            new AwsRequests(
                () -> http,
                _ -> Optional.empty(),
                () -> AwsCredentialsIdentity.create("id", "secret"),
                "eu-central-1",
                () -> DeliveryFixture.START),
            new SmtpDialogue(new PublicAddresses(allowed, Resolve.SYSTEM), patience, patience),
            allowed),
        Json.Obj.EMPTY,
        CallbackUrls.NONE,
        () -> DeliveryFixture.START);
  }

  /** Written as contents were before they had types, which read the same. */
  private static MessageContent says(Json.Obj request) {
    return new MessageContent(ContentCodec.read(request), Json.Obj.EMPTY);
  }

  private static Message message() {
    return DeliveryFixture.message(DeliveryStatus.QUEUED).with(attempt(1), DeliveryFixture.START);
  }

  private static Attempt attempt(int number) {
    return new Attempt(
        number,
        DeliveryFixture.START,
        new Result.Claimed(DeliveryFixture.START.plusSeconds(60)),
        0);
  }

  private String received() {
    return server.requests().getLast();
  }

  private static String body(String request) {
    return request.substring(request.indexOf("\r\n\r\n") + 4);
  }

  private static Optional<String> header(String request, String name) {
    return request
        .lines()
        .takeWhile(line -> !line.isEmpty())
        .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
        .map(line -> line.substring(name.length() + 1).strip())
        .findFirst();
  }
}
