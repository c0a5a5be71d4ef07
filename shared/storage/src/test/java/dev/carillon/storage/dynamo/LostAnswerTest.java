package dev.carillon.storage.dynamo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.batch.Activity;
import dev.carillon.batch.BatchId;
import dev.carillon.batch.Batches;
import dev.carillon.batch.Batches.Joined;
import dev.carillon.channel.ChannelType;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.environment.Retention;
import dev.carillon.event.Event;
import dev.carillon.event.Listener;
import dev.carillon.id.Digest;
import dev.carillon.id.Ksuid;
import dev.carillon.json.Json;
import dev.carillon.memory.contract.Samples;
import dev.carillon.message.Message;
import dev.carillon.message.MessageContent;
import dev.carillon.recipient.RecipientId;
import dev.carillon.run.Run;
import dev.carillon.run.RunOrigin;
import dev.carillon.storage.dynamo.message.DynamoMessages;
import dev.carillon.storage.dynamo.run.DynamoOnceClaims;
import dev.carillon.storage.dynamo.run.DynamoRuns;
import dev.carillon.storage.dynamo.run.DynamoTriggers;
import dev.carillon.storage.dynamo.waiting.DynamoBatches;
import dev.carillon.storage.dynamo.waiting.DynamoListeners;
import dev.carillon.storage.dynamo.waiting.DynamoThrottles;
import dev.carillon.throttle.ThrottleId;
import dev.carillon.throttle.Throttles;
import dev.carillon.trigger.RunId;
import dev.carillon.trigger.Trigger;
import dev.carillon.trigger.TriggerId;
import dev.carillon.trigger.Triggers.Acceptance;
import dev.carillon.trigger.Triggers.Idempotency;
import dev.carillon.workflow.StepRef;
import dev.carillon.workflow.VersionId;
import dev.carillon.workflow.WorkflowKey;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;

/** The SDK repeats a write whose answer was lost; the repetition finds that the write happened. */
class LostAnswerTest {
  private static final Instant NOW = Instant.parse("2026-01-05T09:00:00Z");
  private static final EnvironmentId ENVIRONMENT = new EnvironmentId("t-" + UUID.randomUUID());
  private static final WorkflowKey WORKFLOW = new WorkflowKey("w");
  private static final VersionId VERSION = new VersionId(Digest.of("v").uuid());

  private static final RecipientId ADA = RecipientId.user("ada");

  private final LosesWriteAnswers lossy = new LosesWriteAnswers();
  private final DynamoTable table = LocalTable.table(lossy, InstantSource.fixed(NOW));

  @Test
  void a_conditional_write_knows_its_own() {
    var runs = new DynamoRuns(table, Retention.days(30));
    Run run = run();
    assertThat(runs.save(run)).isTrue();
    assertThat(runs.save(run.stored())).isTrue();
    assertThat(runs.save(run.stored())).isFalse();
    assertThat(lossy.lost()).isGreaterThanOrEqualTo(2);
  }

  @Test
  void a_change_of_a_message_knows_its_own_and_leaves_what_it_says() {
    var messages = new DynamoMessages(table, Retention.days(30));
    Message message = Samples.message(ENVIRONMENT, ChannelType.EMAIL, ADA, NOW);
    assertThat(messages.create(message, MessageContent.NOTHING)).isTrue();
    assertThat(messages.save(message.stored())).isTrue();
    assertThat(messages.save(message.stored())).isFalse();
    assertThat(messages.content(ENVIRONMENT, message.id())).contains(MessageContent.NOTHING);
    assertThat(lossy.lost()).isGreaterThanOrEqualTo(2);
  }

  @Test
  void a_trigger_is_accepted_once() {
    var triggers = new DynamoTriggers(table, Retention.days(30));
    Trigger trigger = trigger();
    var key = Optional.of(new Idempotency("key", "hash", "request"));
    assertThat(triggers.accept(trigger, key, NOW)).isEqualTo(new Acceptance.Accepted());
    assertThat(triggers.accept(trigger(), key, NOW))
        .isEqualTo(new Acceptance.Repeated(trigger.id(), "request"));
    assertThat(triggers.accept(trigger(), Optional.empty(), NOW))
        .isEqualTo(new Acceptance.Accepted());
    assertThat(lossy.lost()).isGreaterThanOrEqualTo(2);
  }

  @Test
  void an_activity_is_counted_once_and_told_what_became_of_it() {
    var batches = new DynamoBatches(table, Retention.days(30));
    var batch = BatchId.latest(ADA, WORKFLOW, new StepRef("batch"), Optional.empty());
    Instant closeAt = NOW.plusSeconds(60);
    var terms = new Batches.Terms(closeAt, Optional.empty(), Optional.empty(), 3, false);
    Activity first = activity("1");
    Activity second = activity("2");
    Activity third = activity("3");
    assertThat(batches.join(ENVIRONMENT, batch, first, terms, NOW))
        .isEqualTo(new Joined.Holds(1, closeAt));
    assertThat(batches.join(ENVIRONMENT, batch, second, terms, NOW))
        .isEqualTo(new Joined.Inside(1, closeAt, first, false));
    batches.leave(ENVIRONMENT, batch, second.run());
    assertThat(batches.find(ENVIRONMENT, batch, 1).orElseThrow().items()).isOne();
    batches.join(ENVIRONMENT, batch, third, terms, NOW);
    assertThat(batches.closeNow(ENVIRONMENT, batch, 1, NOW)).isTrue();
    var closed = batches.close(ENVIRONMENT, batch, 1, NOW);
    assertThat(closed.closed()).isTrue();
    assertThat(closed.items()).isEqualTo(2);
    assertThat(lossy.lost()).isGreaterThanOrEqualTo(6);
  }

  @Test
  void a_passage_is_counted_once() {
    var throttles = new DynamoThrottles(table);
    var throttle = ThrottleId.ofEnvironment(ADA, Optional.empty());
    Instant end = NOW.plusSeconds(60);
    assertThat(throttles.pass(ENVIRONMENT, throttle, "a", 2, end, NOW))
        .isEqualTo(new Throttles.Passage.Passed(1, end));
    assertThat(throttles.pass(ENVIRONMENT, throttle, "b", 2, end, NOW))
        .isEqualTo(new Throttles.Passage.Passed(2, end));
    assertThat(lossy.lost()).isGreaterThanOrEqualTo(2);
  }

  @Test
  void who_claims_learns_that_it_did() {
    var listeners = new DynamoListeners(table, _ -> {});
    var listener =
        new Listener(
            ADA, "s", TriggerId.of(NOW, "c"), Optional.empty(), "w", 0, 1, NOW.plusSeconds(60));
    var event = new Event("e", ADA, "s", Json.Obj.EMPTY);
    listeners.add(ENVIRONMENT, listener);
    assertThat(listeners.claim(ENVIRONMENT, listener, event)).contains(event);
    assertThat(lossy.lost()).isGreaterThanOrEqualTo(2);
  }

  @Test
  void a_first_run_learns_that_it_is() {
    assertThat(
            new DynamoOnceClaims(table)
                .claim(ENVIRONMENT, WORKFLOW, ADA, Optional.empty(), run().id()))
        .isTrue();
    assertThat(lossy.lost()).isOne();
  }

  private static Activity activity(String call) {
    TriggerId trigger = TriggerId.of(NOW, call);
    return new Activity(
        Ksuid.of(NOW, Digest.of(call)),
        RunId.of(trigger, ADA),
        trigger,
        ADA,
        Optional.empty(),
        NOW,
        false,
        Json.Obj.EMPTY);
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
    return new Run(
        new RunOrigin(
            ENVIRONMENT,
            RunId.of(trigger, ADA),
            trigger,
            WORKFLOW,
            VERSION,
            ADA,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            NOW),
        new Run.State.Completed(),
        NOW);
  }

  /** Carries every request out and loses the answer to each first try of a write. */
  private static final class LosesWriteAnswers implements SdkHttpClient {
    private static final List<String> WRITES = List.of("PutItem", "UpdateItem", "WriteItems");

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
              .filter(target -> WRITES.stream().anyMatch(target::endsWith))
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
