package dev.carillon.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.json.Json;
import dev.carillon.memory.MutableClock;
import dev.carillon.runtime.Environment;
import dev.carillon.runtime.Overloaded;
import dev.carillon.storage.FakeAws.Answer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.sqs.model.SqsException;

class AwsClientsTest {
  private static final Answer CREDENTIALS =
      Answer.ok(
          Json.object()
              .with("AccessKeyId", "from-container")
              .with("SecretAccessKey", "s")
              .with("Token", "t")
              .with("Expiration", "2026-01-05T10:00:00Z"));

  @Test
  void a_jvm_that_repeats_posts_is_refused() {
    String before = System.clearProperty("sun.net.http.retryPost");
    try {
      var environment = new Environment(Map.of(), InstantSource.system());
      assertThatThrownBy(() -> AwsClients.of(environment))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("sun.net.http.retryPost");
    } finally {
      System.setProperty("sun.net.http.retryPost", before);
    }
  }

  @Test
  void a_missing_variable_is_named() {
    var environment = new Environment(Map.of(), InstantSource.system());
    assertThatThrownBy(() -> Stores.of(environment)).hasMessageContaining("AWS_ACCESS_KEY_ID");
    var without =
        new Environment(
            Map.of("AWS_ACCESS_KEY_ID", "a", "AWS_SECRET_ACCESS_KEY", "b", "AWS_REGION", "x"),
            InstantSource.system());
    assertThatThrownBy(() -> Stores.of(without)).hasMessageContaining("TABLE_NAME");
  }

  @Test
  void a_failing_service_is_asked_three_times() throws Exception {
    try (var aws = new FakeAws(_ -> Answer.error(503, "ServiceUnavailable"))) {
      var client = aws.clients().sqs();
      assertThatThrownBy(() -> client.listQueues(request -> {})).isInstanceOf(SqsException.class);
      assertThat(aws.asked()).hasSize(3);
      assertThat(aws.asked().getFirst().headers().get("authorization")).contains("Credential=id/");
    }
  }

  @Test
  void the_scheduler_is_asked_as_its_own_client_would() throws Exception {
    try (var aws = new FakeAws(_ -> Answer.error(503, "ServiceUnavailable"))) {
      var scheduler = aws.clients().scheduler();
      assertThatThrownBy(() -> scheduler.create("due", Json.object()))
          .isInstanceOf(AwsServiceException.class);
      assertThat(aws.asked()).hasSize(3);
      assertThat(aws.asked().getFirst().headers().get("authorization"))
          .contains("Credential=id/", "/eu-central-1/scheduler/aws4_request");
    }
  }

  /** All at once, since the SDK waits between its tries. */
  @Test
  void what_is_throttled_every_time_is_overloaded_whichever_service_it_is() throws Exception {
    var errors =
        List.of(
            "ProvisionedThroughputExceededException",
            "ThrottlingException",
            "RequestLimitExceeded",
            "RequestThrottled");
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var checks =
          errors.stream().map(error -> threads.submit(() -> isOverloaded(error, threads))).toList();
      for (Future<?> check : checks) {
        check.get();
      }
    }
  }

  private static Void isOverloaded(String error, ExecutorService threads) throws Exception {
    try (var aws = new FakeAws(_ -> Answer.error(400, error))) {
      var clients = aws.clients();
      List<ThrowingCallable> calls =
          List.of(
              () -> clients.dynamo().listTables(),
              () -> clients.sqs().listQueues(),
              () -> clients.scheduler().create("due", Json.object()),
              () -> clients.secrets().listSecrets(request -> {}));
      var checks =
          calls.stream()
              .map(
                  call ->
                      threads.submit(
                          () -> assertThatThrownBy(call).as(error).isInstanceOf(Overloaded.class)))
              .toList();
      for (Future<?> check : checks) {
        check.get();
      }
      assertThat(aws.asked()).hasSizeGreaterThan(8);
    }
    return null;
  }

  @Test
  void credentials_come_from_the_container_and_are_renewed_before_they_end() throws Exception {
    var clock = new MutableClock(Instant.parse("2026-01-05T09:00:00Z"));
    try (var aws =
        new FakeAws(
            asked ->
                asked.path().startsWith("/credentials") ? CREDENTIALS : Answer.ok(Json.object()))) {
      var variables = aws.variables();
      variables.put("AWS_CONTAINER_CREDENTIALS_FULL_URI", aws.url() + "/credentials");
      variables.put("AWS_CONTAINER_AUTHORIZATION_TOKEN", "let-me-in");
      var client = AwsClients.of(new Environment(variables, clock)).sqs();
      client.listQueues(request -> {});
      client.listQueues(request -> {});
      assertThat(aws.asked())
          .filteredOn(asked -> asked.path().equals("/credentials"))
          .singleElement()
          .satisfies(
              asked -> assertThat(asked.headers()).containsEntry("authorization", "let-me-in"));
      assertThat(aws.asked().getLast().headers().get("authorization"))
          .contains("Credential=from-container/");
      clock.advance(Duration.ofMinutes(56));
      client.listQueues(request -> {});
      assertThat(aws.asked()).filteredOn(asked -> asked.path().equals("/credentials")).hasSize(2);
    }
  }
}
