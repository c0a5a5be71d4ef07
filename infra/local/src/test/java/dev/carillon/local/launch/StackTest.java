package dev.carillon.local.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.local.egress.ProviderRoutes;
import dev.carillon.local.http.LocalHttpServer;
import dev.carillon.local.sample.SampleApp;
import dev.carillon.local.template.AccountRegion;
import dev.carillon.local.template.StackTemplateReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole stack, built from the sample app's template on the real engines. */
class StackTest {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  @TempDir static Path folder;
  private static LocalHttpServer server;
  private static Stack stack;

  @BeforeAll
  static void start() throws IOException {
    server = LocalHttpServer.at(0);
    stack =
        Stack.start(
            StackTemplateReader.read(SampleApp.in(folder), AccountRegion.LOCAL),
            server,
            new Stack.Setting(
                Optional.empty(), List.of(), List.of(), ProviderRoutes.NONE, "sk_local", false));
  }

  @AfterAll
  static void stop() {
    stack.close();
  }

  @Test
  void the_api_is_answered_by_its_function() throws Exception {
    assertThat(send(request("/greet/you").GET()).statusCode()).isEqualTo(201);
    assertThat(object(send(request("/_local/stats").GET())).object("greet").get("invocations"))
        .isPresent();
  }

  @Test
  void a_message_that_its_function_never_takes_ends_in_the_dead_letter_queue() throws Exception {
    stack.engines().queues().send("work", "poison", Duration.ZERO, Optional.empty());
    stack.engines().queues().send("work", "fine", Duration.ofSeconds(600), Optional.empty());
    var before = Instant.parse(object(send(request("/_local/health").GET())).text("now").get());

    var answer = object(send(advance("PT1H")));

    assertThat(Instant.parse(answer.text("now").orElseThrow()))
        .isAfterOrEqualTo(before.plus(Duration.ofHours(1)));
    assertThat(stack.engines().queues().depths().get("work").total()).isZero();
    assertThat(stack.engines().queues().depths().get("shared-DeadLetters").visible()).isEqualTo(1);
  }

  @Test
  void time_moves_only_by_a_duration_forward() throws Exception {
    for (var by : List.of("tomorrow", "-PT1H", "P4000D")) {
      assertThat(send(advance(by)).statusCode()).as(by).isEqualTo(400);
    }
    assertThat(send(request("/_local/advance").POST(BodyPublishers.ofString("{}"))).statusCode())
        .isEqualTo(400);
  }

  @Test
  void schedules_can_be_spread_over_their_minute_as_aws_does() throws Exception {
    assertThat(send(scheduler("{\"spread\":true}")).body()).isEqualTo("{\"spread\":true}");
    assertThat(send(scheduler("{\"spread\":\"maybe\"}")).statusCode()).isEqualTo(400);
    assertThat(send(scheduler("{\"spread\":false}")).statusCode()).isEqualTo(200);
  }

  private static HttpRequest.Builder scheduler(String body) {
    return request("/_local/scheduler").POST(BodyPublishers.ofString(body));
  }

  @Test
  void a_fault_that_nobody_knows_is_refused() throws Exception {
    assertThat(
            send(request("/_local/faults")
                    .POST(BodyPublishers.ofString("{\"target\":\"moon\",\"kind\":\"throttle\"}")))
                .statusCode())
        .isEqualTo(400);
  }

  @Test
  void the_outbox_begins_empty_as_page_and_as_json() throws Exception {
    var page = send(request("/_local/outbox").GET());

    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().firstValue("content-security-policy").orElseThrow())
        .contains("default-src 'none'");
    assertThat(send(request("/_local/outbox.json").GET()).body()).isEqualTo("[]");
    assertThat(send(request("/_local/outbox").DELETE()).statusCode()).isEqualTo(204);
  }

  @Test
  void a_page_elsewhere_cannot_drive_the_stack() throws Exception {
    assertThat(send(advance("PT1H").header("Origin", "https://evil.example")).statusCode())
        .isEqualTo(403);
  }

  @Test
  void a_page_elsewhere_does_not_reach_the_api() throws Exception {
    var refused = send(request("/v1/users/u").header("Origin", "https://evil.example").GET());

    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(object(refused).text("code")).contains("foreign_origin");
  }

  private static HttpRequest.Builder advance(String by) {
    return request("/_local/advance").POST(BodyPublishers.ofString("{\"by\":\"" + by + "\"}"));
  }

  private static HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://localhost:" + server.port() + path));
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return CLIENT.send(request.build(), BodyHandlers.ofString());
  }

  private static Json.Obj object(HttpResponse<String> response) {
    return (Json.Obj) JsonText.parse(response.body());
  }
}
