package dev.carillon.storage.dynamo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.batch.Activity;
import dev.carillon.batch.BatchId;
import dev.carillon.batch.Batches;
import dev.carillon.batch.Batches.Joined;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.environment.Retention;
import dev.carillon.id.Digest;
import dev.carillon.id.Ksuid;
import dev.carillon.json.Json;
import dev.carillon.recipient.RecipientId;
import dev.carillon.storage.dynamo.waiting.DynamoBatches;
import dev.carillon.storage.dynamo.waiting.DynamoThrottles;
import dev.carillon.throttle.ThrottleId;
import dev.carillon.throttle.Throttles.Passage;
import dev.carillon.trigger.RunId;
import dev.carillon.trigger.TriggerId;
import dev.carillon.workflow.StepRef;
import dev.carillon.workflow.WorkflowKey;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/**
 * DynamoDB turns a write away while a transaction holds its item, which is not left to chance here.
 */
class ConflictTest {
  private static final Instant NOW = Instant.parse("2026-01-05T09:00:00Z");
  private static final EnvironmentId ENVIRONMENT = new EnvironmentId("t-" + UUID.randomUUID());
  private static final RecipientId ADA = RecipientId.user("ada");
  private static final String CONFLICT = "TransactionConflict";

  private final TurnsAway busy = new TurnsAway();
  private final DynamoTable table = LocalTable.table(busy, InstantSource.fixed(NOW));

  @Test
  void a_call_that_met_another_one_is_decided_anew() {
    var batches = new DynamoBatches(table, Retention.days(30));
    var batch = BatchId.latest(ADA, new WorkflowKey("w"), new StepRef("batch"), Optional.empty());
    Activity activity = activity();
    busy.next(3, CONFLICT);
    assertThat(batches.join(ENVIRONMENT, batch, activity, terms(), NOW))
        .isEqualTo(new Joined.Holds(1, NOW.plusSeconds(60)));
    busy.next(2, CONFLICT);
    batches.leave(ENVIRONMENT, batch, activity.run());
    busy.next(2, CONFLICT);
    assertThat(batches.closeNow(ENVIRONMENT, batch, 1, NOW)).isTrue();
    busy.next(2, CONFLICT);
    var closed = batches.close(ENVIRONMENT, batch, 1, NOW);
    assertThat(closed.closed()).isTrue();
    assertThat(closed.items()).isZero();
    assertThat(busy.left).isZero();
  }

  @Test
  void a_passage_that_met_another_one_is_decided_anew() {
    busy.next(3, "ThrottlingError");
    assertThat(
            new DynamoThrottles(table)
                .pass(
                    ENVIRONMENT,
                    ThrottleId.ofEnvironment(ADA, Optional.empty()),
                    "a",
                    1,
                    NOW.plusSeconds(60),
                    NOW))
        .isEqualTo(new Passage.Passed(1, NOW.plusSeconds(60)));
    assertThat(busy.left).isZero();
  }

  @Test
  void what_no_repetition_mends_is_not_repeated() {
    busy.next(1, "ValidationError");
    var batch = BatchId.latest(ADA, new WorkflowKey("w"), new StepRef("b2"), Optional.empty());
    assertThatThrownBy(
            () ->
                new DynamoBatches(table, Retention.days(30))
                    .join(ENVIRONMENT, batch, activity(), terms(), NOW))
        .isInstanceOf(TransactionCanceledException.class);
  }

  private static Batches.Terms terms() {
    return new Batches.Terms(
        NOW.plusSeconds(60), Optional.empty(), Optional.empty(), Integer.MAX_VALUE, false);
  }

  private static Activity activity() {
    TriggerId trigger = TriggerId.of(NOW, "call");
    return new Activity(
        Ksuid.of(NOW, Digest.of("activity")),
        RunId.of(trigger, ADA),
        trigger,
        ADA,
        Optional.empty(),
        NOW,
        false,
        Json.Obj.EMPTY);
  }

  /** Answers the next writes itself. */
  private static final class TurnsAway implements SdkHttpClient {
    private static final String ERRORS = "com.amazonaws.dynamodb.v20120810#";

    private final SdkHttpClient http = UrlConnectionHttpClient.create();
    private int left;
    private String reason = "";

    void next(int writes, String code) {
      left = writes;
      reason = code;
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
      String target = request.httpRequest().firstMatchingHeader("X-Amz-Target").orElse("");
      boolean transaction = target.endsWith("WriteItems");
      if (left == 0 || !(transaction || target.endsWith("PutItem"))) {
        return http.prepareRequest(request);
      }
      left--;
      String answer =
          transaction
              ? "{\"__type\":\"%sTransactionCanceledException\",\"CancellationReasons\":[{\"Code\":\"None\"},{\"Code\":\"%s\"}]}"
                  .formatted(ERRORS, reason)
              : "{\"__type\":\"%sTransactionConflictException\"}".formatted(ERRORS);
      return new ExecutableHttpRequest() {
        @Override
        public HttpExecuteResponse call() {
          return HttpExecuteResponse.builder()
              .response(SdkHttpResponse.builder().statusCode(400).build())
              .responseBody(
                  AbortableInputStream.create(
                      new ByteArrayInputStream(answer.getBytes(StandardCharsets.UTF_8))))
              .build();
        }

        @Override
        public void abort() {
          // Nothing is under way.
        }
      };
    }

    @Override
    public void close() {
      http.close();
    }
  }
}
