package dev.carillon.local.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.json.Json;
import dev.carillon.local.engine.Bench;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;
import software.amazon.awssdk.services.scheduler.SchedulerClient;
import software.amazon.awssdk.services.scheduler.model.ThrottlingException;
import software.amazon.awssdk.services.sesv2.SesV2Client;
import software.amazon.awssdk.services.sesv2.model.MessageRejectedException;
import software.amazon.awssdk.services.sesv2.model.SendEmailRequest;
import software.amazon.awssdk.services.sesv2.model.SesV2Exception;
import software.amazon.awssdk.services.sesv2.model.TooManyRequestsException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.SqsException;

class AwsEndpointTest {
  private static Bench bench;
  private static SesV2Client ses;
  private static SqsClient sqs;
  private static String url;

  @BeforeAll
  static void start() {
    bench = Bench.inMemory();
    url = bench.queue("steps");
    ses = bench.client(SesV2Client.builder());
    sqs = bench.client(SqsClient.builder());
  }

  @AfterAll
  static void stop() {
    ses.close();
    sqs.close();
    bench.close();
  }

  @BeforeEach
  void clean() {
    bench.engines.faults().clear();
    bench.engines.stats().clear();
    bench.hooks.emails.clear();
    bench.engines.queues().purge("steps");
  }

  private static SendEmailRequest mail() {
    return SendEmailRequest.builder()
        .fromEmailAddress("news@example.com")
        .destination(destination -> destination.toAddresses("zoe@example.com"))
        .content(
            content ->
                content.simple(
                    simple ->
                        simple
                            .subject(subject -> subject.data("s"))
                            .body(body -> body.text(text -> text.data("t")))))
        .build();
  }

  private static Optional<Json> sends() {
    return bench.engines.stats().json().object("steps").object("calls").get("ses:SendEmail");
  }

  @Test
  void a_status_is_answered_as_often_as_asked_and_nothing_is_sent() {
    bench.engines.faults().add("ses", "status:503", 2);
    for (var n = 0; n < 2; n++) {
      assertThatThrownBy(() -> ses.sendEmail(mail()))
          .isInstanceOfSatisfying(
              SesV2Exception.class, refused -> assertThat(refused.statusCode()).isEqualTo(503));
    }
    assertThat(bench.hooks.emails).isEmpty();
    ses.sendEmail(mail());
    assertThat(bench.hooks.emails).hasSize(1);
    assertThat(sends()).contains(Json.of(3));
  }

  @Test
  void a_status_of_400_is_a_rejected_message_to_ses() {
    bench.engines.faults().add("ses", "status:400", 1);
    assertThatThrownBy(() -> ses.sendEmail(mail())).isInstanceOf(MessageRejectedException.class);
  }

  @Test
  void a_lost_response_has_done_its_work_and_is_one_request() {
    ses.sendEmail(mail());
    bench.engines.faults().add("ses", "lost-response", 1);
    assertThatThrownBy(() -> ses.sendEmail(mail())).isInstanceOf(SdkClientException.class);
    assertThat(bench.hooks.emails).hasSize(2);
    assertThat(sends()).contains(Json.of(2));
  }

  @Test
  @Timeout(120)
  void a_timeout_does_nothing_and_is_one_request() {
    bench.engines.faults().add("ses", "timeout", 1);
    try (var hasty = bench.client(SesV2Client.builder(), Duration.ofMillis(200))) {
      assertThatThrownBy(() -> hasty.sendEmail(mail())).isInstanceOf(SdkClientException.class);
    }
    // The caller may have given up before the endpoint had read what it asks.
    while (sends().isEmpty()) {
      Thread.onSpinWait();
    }
    assertThat(bench.hooks.emails).isEmpty();
    assertThat(sends()).contains(Json.of(1));
  }

  @Test
  void throttling_is_each_service_s_own() {
    for (var target : new String[] {"ses", "sqs", "scheduler", "dynamodb"}) {
      bench.engines.faults().add(target, "throttle", 1);
    }
    assertThatThrownBy(() -> ses.sendEmail(mail())).isInstanceOf(TooManyRequestsException.class);
    assertThatThrownBy(() -> sqs.sendMessage(request -> request.queueUrl(url).messageBody("a")))
        .isInstanceOfSatisfying(
            SqsException.class, refused -> assertThat(refused.isThrottlingException()).isTrue());
    try (var scheduler = bench.client(SchedulerClient.builder());
        var dynamo = bench.client(DynamoDbClient.builder())) {
      assertThatThrownBy(() -> scheduler.listSchedules(request -> {}))
          .isInstanceOf(ThrottlingException.class);
      assertThatThrownBy(() -> dynamo.listTables())
          .isInstanceOf(ProvisionedThroughputExceededException.class);
      assertThat(dynamo.listTables().tableNames()).isEmpty();
    }
  }

  @Test
  void a_fault_of_one_service_leaves_the_others_alone() {
    bench.engines.faults().add("ses", "status:500", 1);
    sqs.sendMessage(request -> request.queueUrl(url).messageBody("a"));
    assertThat(bench.engines.queues().depths().get("steps").visible()).isEqualTo(1);
  }

  @Test
  void nonsense_faults_are_refused_with_a_sentence() {
    var faults = bench.engines.faults();
    assertThatThrownBy(() -> faults.add("s3", "timeout", 1))
        .hasMessageStartingWith("target must be one of ")
        .hasMessageContainingAll("dynamodb", "email_sendgrid", "execute-api", "scheduler", "sqs");
    assertThatThrownBy(() -> faults.add("ses", "status:200", 1)).hasMessageContaining("status:400");
    assertThatThrownBy(() -> faults.add("ses", "timeout", 0)).hasMessageContaining("at least 1");
  }

  @Test
  void a_function_is_invoked_by_name_and_by_arn() {
    try (var lambda = bench.client(LambdaClient.builder())) {
      for (var name :
          new String[] {
            "echo", "echo:live", "arn:aws:lambda:us-east-1:000000000000:function:echo"
          }) {
        var answer =
            lambda.invoke(
                request ->
                    request.functionName(name).payload(SdkBytes.fromUtf8String("{\"a\":1}")));
        assertThat(answer.payload().asUtf8String()).isEqualTo("{\"a\":1}");
        assertThat(answer.functionError()).isNull();
      }
      assertThatThrownBy(() -> lambda.invoke(request -> request.functionName("none")))
          .isInstanceOf(ResourceNotFoundException.class);
    }
  }

  @Test
  void an_unsigned_call_is_refused() throws Exception {
    try (var client = HttpClient.newHttpClient()) {
      var answer =
          client.send(
              HttpRequest.newBuilder(
                      URI.create(bench.engines.endpoint() + "/v2/email/outbound-emails"))
                  .POST(HttpRequest.BodyPublishers.ofString("{}"))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(403);
    }
  }
}
