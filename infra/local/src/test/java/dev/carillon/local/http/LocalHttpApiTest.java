package dev.carillon.local.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.local.functions.InThisProcess;
import dev.carillon.local.functions.LocalFunctions;
import dev.carillon.local.functions.StackActivity;
import dev.carillon.local.iam.AccessControl;
import dev.carillon.local.sample.SampleApp;
import dev.carillon.local.template.AccountRegion;
import dev.carillon.local.template.StackTemplateReader;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Through the port, as a client sees it. The function behind answers with the event it got. */
class LocalHttpApiTest {
  private static final Instant NOW = Instant.parse("2030-01-05T09:00:00Z");
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  @TempDir static Path folder;
  private static LocalFunctions functions;
  private static LocalHttpServer server;

  @BeforeAll
  static void open() throws IOException {
    var template = StackTemplateReader.read(SampleApp.in(folder), AccountRegion.LOCAL);
    var access = AccessControl.by(template.permissions());
    functions =
        new LocalFunctions(
            template.functions(),
            new LocalFunctions.Surroundings(URI.create("http://127.0.0.1:9"), Map.of(), access),
            new InThisProcess(() -> NOW),
            new StackActivity(),
            (_, _, _) -> {});
    server = LocalHttpServer.at(0);
    server.open(
        new LocalHttpApi(template.apis().getFirst(), functions, () -> NOW, access)::answer,
        "/sockets",
        _ -> new LocalHttpServer.Upgrade.Refused(HttpApiResponse.message(403, "Forbidden")));
  }

  @AfterAll
  static void close() throws IOException {
    server.close();
    functions.close();
  }

  @Test
  void a_request_becomes_an_event_of_payload_format_two() throws Exception {
    var response =
        send(
            request("/greet/Zo%C3%AB%20%F0%9F%8E%88?a=1&a=2&b=x%26y+z&c")
                .header("X-Thing", "one")
                .header("x-thing", "two")
                .header("Cookie", "k=v; l=w")
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofString("{\"name\":\"שלום\"}")));
    var event = event(response);

    assertThat(response.statusCode()).isEqualTo(201);
    assertThat(response.headers().allValues("set-cookie")).containsExactly("a=1", "b=2");
    assertThat(event.text("version")).contains("2.0");
    assertThat(event.text("routeKey")).contains("ANY /greet/{name}");
    assertThat(event.text("rawPath")).contains("/greet/Zoë 🎈");
    assertThat(event.text("rawQueryString")).contains("a=1&a=2&b=x%26y+z&c");
    assertThat(event.object("queryStringParameters"))
        .isEqualTo(Json.object().with("a", "1,2").with("b", "x&y z").with("c", ""));
    assertThat(event.object("pathParameters")).isEqualTo(Json.object().with("name", "Zoë 🎈"));
    assertThat(event.object("headers").text("x-thing")).contains("one,two");
    assertThat(event.list("cookies")).containsExactly(Json.of("k=v"), Json.of("l=w"));
    assertThat(event.object("headers").text("cookie")).isEmpty();
    assertThat(event.text("body")).contains("{\"name\":\"שלום\"}");
    assertThat(event.get("isBase64Encoded")).contains(Json.FALSE);
    assertThat(event.object("requestContext").object("http").text("method")).contains("POST");
    assertThat(event.object("requestContext").text("time")).contains("05/Jan/2030:09:00:00 +0000");
    assertThat(event.object("requestContext").text("stage")).contains("$default");
  }

  @Test
  void bytes_that_are_no_text_come_in_base64() throws Exception {
    var event =
        event(
            send(
                request("/greet/x")
                    .header("content-type", "application/json")
                    .POST(BodyPublishers.ofByteArray(new byte[] {(byte) 0xff, 0}))));

    assertThat(event.get("isBase64Encoded")).contains(Json.TRUE);
    assertThat(event.text("body")).contains("/wA=");
  }

  @Test
  void a_path_that_is_not_utf8_is_a_bad_request() throws Exception {
    assertThat(send(request("/greet/%ff").GET()).statusCode()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/users/a%2Fb", "/v1/users/a%2fmessages", "/v1/users/%2e%2e%2F"})
  void a_slash_that_is_encoded_is_refused_before_it_makes_another_path(String path)
      throws Exception {
    var response = send(request(path).GET());

    assertThat(response.statusCode()).isEqualTo(422);
    assertThat(response.body()).contains("\"code\":\"invalid_params\"");
  }

  @Test
  void no_route_is_not_found() throws Exception {
    var response = send(request("/elsewhere").GET());

    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(response.body()).isEqualTo("{\"message\":\"Not Found\"}");
  }

  @Test
  void a_function_that_fails_or_answers_too_much_is_an_internal_server_error() throws Exception {
    for (var body : List.of("please-fail", "please-fill", "please-describe")) {
      var response = send(text(body));

      assertThat(response.statusCode()).isEqualTo(500);
      assertThat(response.body()).isEqualTo("{\"message\":\"Internal Server Error\"}");
    }
  }

  @Test
  void a_function_that_hangs_is_unavailable() throws Exception {
    var response = send(text("please-hang"));

    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(response.body()).isEqualTo("{\"message\":\"Service Unavailable\"}");
  }

  @Test
  void a_body_beyond_what_the_gateway_or_the_event_can_carry_is_too_large() throws Exception {
    for (var size :
        List.of(LocalFunctions.EVENT_LIMIT, LocalHttpApi.BODY_LIMIT + 1, 20 * 1024 * 1024)) {
      var response = send(text("x".repeat(size)));

      assertThat(response.statusCode()).isEqualTo(413);
      assertThat(response.body()).isEqualTo("{\"message\":\"Request Entity Too Large\"}");
    }
  }

  @Test
  void a_preflight_is_answered_without_the_function() throws Exception {
    var response =
        send(
            request("/greet/x")
                .header("Origin", "https://app.example")
                .header("Access-Control-Request-Method", "GET")
                .method("OPTIONS", BodyPublishers.noBody()));

    assertThat(response.statusCode()).isEqualTo(204);
    assertThat(response.headers().firstValue("access-control-allow-origin")).contains("*");
    assertThat(response.headers().firstValue("access-control-allow-methods")).contains("GET");
    assertThat(response.headers().firstValue("access-control-max-age")).contains("60");
  }

  @Test
  void an_answer_to_another_origin_says_that_it_may_be_read() throws Exception {
    assertThat(
            send(request("/greet/x").header("Origin", "https://app.example").GET())
                .headers()
                .firstValue("access-control-allow-origin"))
        .contains("*");
  }

  private static HttpRequest.Builder text(String body) {
    return request("/greet/x")
        .header("content-type", "text/plain")
        .POST(BodyPublishers.ofString(body));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/greet/%zz", "/greet/%", "/greet/a?x=%zz%", "/greet/%ff", "/%00"})
  void a_url_that_cannot_be_read_is_refused_in_the_shape_of_the_api(String path)
      throws IOException {
    // The JDK's client would not send it.
    try (var socket = new Socket("127.0.0.1", server.port())) {
      var line = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(line.getBytes(StandardCharsets.US_ASCII));
      var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (path.contains("?")) {
        // A query is the function's to judge.
        assertThat(answer).contains("\"queryStringParameters\":{\"x\":\"%zz%\"}");
      } else {
        assertThat(answer)
            .startsWith("HTTP/1.1 400")
            .contains(
                "\"code\":\"malformed_", "\"status\":400", "\"type\":\"invalid_request_error\"");
      }
    }
  }

  private static HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return CLIENT.send(request.build(), BodyHandlers.ofString());
  }

  private static Json.Obj event(HttpResponse<String> response) {
    return (Json.Obj) JsonText.parse(response.body());
  }
}
