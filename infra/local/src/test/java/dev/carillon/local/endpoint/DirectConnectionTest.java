package dev.carillon.local.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.json.Json;
import dev.carillon.local.engine.Bench;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.sesv2.SesV2Client;
import software.amazon.awssdk.services.sesv2.model.BadRequestException;
import software.amazon.awssdk.services.sesv2.model.SesV2Exception;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;

/** What a caller in the stack's own process sees is what it would see at a socket. */
class DirectConnectionTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private Bench bench;
  private SesV2Client ses;

  @BeforeEach
  void start() {
    bench = Bench.inMemory();
    ses = bench.direct(SesV2Client.builder(), PATIENCE);
  }

  @AfterEach
  void stop() {
    ses.close();
    bench.close();
  }

  private static void send(SesV2Client client) {
    client.sendEmail(
        request ->
            request
                .fromEmailAddress("news@example.com")
                .destination(destination -> destination.toAddresses("zoe@example.com"))
                .content(
                    content ->
                        content.simple(
                            simple ->
                                simple
                                    .subject(subject -> subject.data("Grüße, 你好"))
                                    .body(body -> body.text(text -> text.data("t"))))));
  }

  private Json calls(String operation) {
    return bench
        .engines
        .stats()
        .json()
        .object("steps")
        .object("calls")
        .get(operation)
        .orElseThrow();
  }

  @Test
  void bodies_go_and_come_as_they_are_and_calls_are_counted() {
    String url = bench.queue("steps");
    try (var sqs = bench.direct(SqsClient.builder(), PATIENCE)) {
      // The client compares digests of what it sent.
      sqs.sendMessage(request -> request.queueUrl(url).messageBody("grüß 你好 🔔"));
      assertThat(sqs.receiveMessage(request -> request.queueUrl(url)).messages())
          .singleElement()
          .satisfies(message -> assertThat(message.body()).isEqualTo("grüß 你好 🔔"));
      assertThatThrownBy(
              () -> sqs.sendMessage(request -> request.queueUrl(url + "-none").messageBody("a")))
          .isInstanceOf(QueueDoesNotExistException.class);
    }
    assertThat(calls("sqs:SendMessage")).isEqualTo(Json.of(2));
  }

  @Test
  void a_path_is_passed_on_with_its_escapes() {
    try (var lambda = bench.direct(LambdaClient.builder(), PATIENCE)) {
      assertThat(
              lambda
                  .invoke(
                      request ->
                          request.functionName(
                              "arn:aws:lambda:us-east-1:000000000000:function:echo"))
                  .statusCode())
          .isEqualTo(200);
    }
  }

  @Test
  void refusals_and_faults_are_the_services_own() {
    assertThatThrownBy(() -> ses.sendEmail(request -> request.fromEmailAddress("a@example.com")))
        .isInstanceOf(BadRequestException.class);
    bench.engines.faults().add("ses", "status:503", 1);
    assertThatThrownBy(() -> send(ses))
        .isInstanceOfSatisfying(
            SesV2Exception.class, refused -> assertThat(refused.statusCode()).isEqualTo(503));
    assertThat(bench.hooks.emails).isEmpty();
    send(ses);
    assertThat(bench.hooks.emails)
        .singleElement()
        .satisfies(mail -> assertThat(mail.subject()).isEqualTo("Grüße, 你好"));
  }

  @Test
  void a_lost_response_has_done_its_work() {
    bench.engines.faults().add("ses", "lost-response", 1);
    assertThatThrownBy(() -> send(ses)).isInstanceOf(SdkClientException.class);
    assertThat(bench.hooks.emails).hasSize(1);
    assertThat(calls("ses:SendEmail")).isEqualTo(Json.of(1));
  }

  @Test
  void a_timeout_lasts_as_long_as_the_caller_waits_and_does_nothing() {
    bench.engines.faults().add("ses", "timeout", 1);
    try (var hasty = bench.direct(SesV2Client.builder(), Duration.ofMillis(50))) {
      assertThatThrownBy(() -> send(hasty)).isInstanceOf(SdkClientException.class);
    }
    assertThat(bench.hooks.emails).isEmpty();
    assertThat(calls("ses:SendEmail")).isEqualTo(Json.of(1));
  }

  @Test
  void an_unsigned_call_is_refused() throws IOException {
    var connection =
        bench
            .engines
            .connections()
            .orElseThrow()
            .apply(bench.engines.endpoint().resolve("/v2/email/outbound-emails"));
    connection.setRequestMethod("POST");
    assertThat(connection.getResponseCode()).isEqualTo(403);
    assertThat(connection.getErrorStream()).isNotEmpty();
    assertThat(connection.getHeaderFields())
        .containsEntry("Content-Type", List.of("application/x-amz-json-1.0"));
  }

  @Test
  void another_address_is_connected_to() throws IOException {
    var elsewhere =
        bench.engines.connections().orElseThrow().apply(URI.create("http://127.0.0.1:1/"));
    assertThatThrownBy(elsewhere::connect).isInstanceOf(ConnectException.class);
  }

  @Test
  void an_endpoint_that_is_closed_does_nothing_more() {
    bench.close();
    assertThatThrownBy(() -> send(ses)).isInstanceOf(SdkClientException.class);
    assertThat(bench.hooks.emails).isEmpty();
  }

  @Test
  void the_caller_s_class_loader_is_its_own_again_afterwards() {
    var thread = Thread.currentThread();
    var before = thread.getContextClassLoader();
    var own = new ClassLoader(before) {};
    thread.setContextClassLoader(own);
    try {
      send(ses);
      assertThat(thread.getContextClassLoader()).isSameAs(own);
    } finally {
      thread.setContextClassLoader(before);
    }
  }
}
