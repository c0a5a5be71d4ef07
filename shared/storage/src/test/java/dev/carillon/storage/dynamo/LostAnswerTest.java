package dev.carillon.storage.dynamo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.id.Digest;
import dev.carillon.json.Json;
import dev.carillon.recipient.RecipientId;
import dev.carillon.run.Carried;
import dev.carillon.run.Run;
import dev.carillon.trigger.RunId;
import dev.carillon.trigger.Trigger;
import dev.carillon.trigger.TriggerId;
import dev.carillon.trigger.Triggers.Acceptance;
import dev.carillon.trigger.Triggers.Idempotency;
import dev.carillon.workflow.VersionId;
import dev.carillon.workflow.WorkflowKey;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The SDK repeats a write whose answer was lost; the repetition finds that the write happened. */
class LostAnswerTest {
  private static final Instant NOW = Instant.parse("2026-01-05T09:00:00Z");
  private static final EnvironmentId ENVIRONMENT = new EnvironmentId("t-" + UUID.randomUUID());
  private static final WorkflowKey WORKFLOW = new WorkflowKey("w");
  private static final VersionId VERSION = new VersionId(Digest.of("v").uuid());

  private final LosesWriteAnswers lossy = new LosesWriteAnswers();
  private final Table table =
      new Table(
          DynamoDbClient.builder()
              .endpointOverride(LocalTable.endpoint())
              .region(Region.US_EAST_1)
              .credentialsProvider(
                  StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
              .httpClient(lossy)
              .build(),
          LocalTable.NAME,
          InstantSource.fixed(NOW));

  @Test
  void a_conditional_write_knows_its_own() {
    var runs = new DynamoRuns(table, Lifetime.days(30));
    Run run = run();
    assertThat(runs.save(run)).isTrue();
    assertThat(runs.save(run.stored())).isTrue();
    assertThat(runs.save(run.stored())).isFalse();
    assertThat(lossy.lost()).isGreaterThanOrEqualTo(2);
  }

  @Test
  void a_trigger_is_accepted_once() {
    var triggers = new DynamoTriggers(table, Lifetime.days(30));
    Trigger trigger = trigger();
    var key = Optional.of(new Idempotency("key", "hash", "request"));
    assertThat(triggers.accept(trigger, key, NOW)).isEqualTo(new Acceptance.Accepted());
    assertThat(triggers.accept(trigger(), key, NOW))
        .isEqualTo(new Acceptance.Repeated(trigger.id(), "request"));
    assertThat(triggers.accept(trigger(), Optional.empty(), NOW))
        .isEqualTo(new Acceptance.Accepted());
    assertThat(lossy.lost()).isGreaterThanOrEqualTo(2);
  }

  private static Trigger trigger() {
    return new Trigger(
        ENVIRONMENT,
        TriggerId.of(NOW, UUID.randomUUID().toString()),
        WORKFLOW,
        VERSION,
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Json.Obj.EMPTY,
        Optional.empty(),
        Trigger.Settings.NONE,
        new Trigger.Source.Api());
  }

  private static Run run() {
    TriggerId trigger = TriggerId.of(NOW, "call");
    RecipientId recipient = RecipientId.user("ada");
    return new Run(
        ENVIRONMENT,
        RunId.of(trigger, recipient),
        trigger,
        WORKFLOW,
        VERSION,
        recipient,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        new Run.State.Completed(),
        0,
        NOW,
        Carried.NOTHING,
        Map.of(),
        List.of(),
        0,
        NOW,
        NOW);
  }

  /** Carries every request out and loses the answer to each first try of a write. */
  private static final class LosesWriteAnswers implements SdkHttpClient {
    private final SdkHttpClient http = UrlConnectionHttpClient.create();
    private final AtomicInteger lost = new AtomicInteger();

    int lost() {
      return lost.get();
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
      ExecutableHttpRequest prepared = http.prepareRequest(request);
      var headers = request.httpRequest();
      boolean write =
          headers
              .firstMatchingHeader("X-Amz-Target")
              .filter(target -> target.endsWith("PutItem") || target.endsWith("WriteItems"))
              .isPresent();
      boolean first =
          headers
              .firstMatchingHeader("amz-sdk-request")
              .filter(tries -> tries.startsWith("attempt=1"))
              .isPresent();
      return new ExecutableHttpRequest() {
        @Override
        public HttpExecuteResponse call() throws IOException {
          HttpExecuteResponse response = prepared.call();
          if (write && first) {
            lost.incrementAndGet();
            throw new IOException("The answer is lost");
          }
          return response;
        }

        @Override
        public void abort() {
          prepared.abort();
        }
      };
    }

    @Override
    public void close() {
      http.close();
    }
  }
}
