package dev.carillon.storage.dynamo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.batch.Activity;
import dev.carillon.batch.BatchId;
import dev.carillon.batch.Batches;
import dev.carillon.batch.Collected;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.environment.Retention;
import dev.carillon.json.Json;
import dev.carillon.page.Page;
import dev.carillon.recipient.RecipientId;
import dev.carillon.run.Run;
import dev.carillon.run.RunLog;
import dev.carillon.run.RunOrigin;
import dev.carillon.run.RunState;
import dev.carillon.storage.dynamo.run.DynamoRuns;
import dev.carillon.storage.dynamo.waiting.DynamoBatches;
import dev.carillon.trigger.RunId;
import dev.carillon.trigger.TriggerId;
import dev.carillon.workflow.VersionId;
import dev.carillon.workflow.WorkflowKey;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** However much comes into a batch, no item grows with it. */
class BigBatchTest {
  private static final int LARGEST_ITEM = 400 * 1_024;
  private static final Instant NOW = Instant.parse("2026-01-05T09:00:00Z");
  private static final RecipientId RECIPIENT = RecipientId.user("elmo");

  private final EnvironmentId environment = new EnvironmentId("t-" + UUID.randomUUID());
  private final DynamoTable table = LocalTable.table(InstantSource.fixed(NOW));
  private final Random random = new Random(1);

  @Test
  void no_item_grows_with_the_activities_of_a_batch() {
    var batches = new DynamoBatches(table, Retention.days(30));
    var batch = new BatchId("batch-" + environment.value());
    var terms =
        new Batches.Terms(
            NOW.plusSeconds(3_600), Optional.empty(), Optional.empty(), 10_000, false);
    for (int n = 0; n < 500; n++) {
      batches.join(environment, batch, activity(n, 4), terms, NOW);
    }
    batches.close(environment, batch, 1, NOW.plusSeconds(3_600));

    var read = new ArrayList<Activity>();
    Optional<String> cursor = Optional.empty();
    do {
      Page<Activity> page = batches.activities(environment, batch, 1, cursor);
      read.addAll(page.items());
      cursor = page.next();
    } while (cursor.isPresent());

    assertThat(read).hasSize(500);
    long largest = largest();
    System.out.printf("500 activities: the largest item has %,d bytes%n", largest);
    assertThat(largest).isLessThan(4 * 1_024);
  }

  @Test
  void a_run_that_carries_the_largest_activities_there_can_be_has_no_item_over_400_kb() {
    var activities = new ArrayList<Activity>();
    for (int n = 0; n < 100; n++) {
      activities.add(activity(n, 50));
    }
    var trigger = activities.getFirst().trigger();
    var run =
        new Run(
            new RunOrigin(
                environment,
                RunId.of(trigger, RECIPIENT),
                trigger,
                new WorkflowKey("w"),
                new VersionId(new UUID(1, 2)),
                RECIPIENT,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                NOW),
            new Run.State.Completed(),
            0,
            NOW,
            RunState.NOTHING.withBatch(new Collected(activities, 10_000, List.of(), 0)),
            Map.of(),
            RunLog.EMPTY,
            NOW);
    var runs = new DynamoRuns(table, Retention.days(30));
    runs.save(run);

    assertThat(runs.find(environment, run.id())).contains(run.stored());
    System.out.printf("a run with 100 such activities: %,d bytes at most%n", largest());
    assertThat(largest()).isLessThanOrEqualTo(LARGEST_ITEM);
  }

  /** With so many texts of 256 characters that no packing makes shorter. */
  private Activity activity(int n, int texts) {
    var trigger = TriggerId.of(NOW.plusMillis(n), "trigger " + n);
    var run = RunId.of(trigger, RECIPIENT);
    Json.Obj data = Json.object();
    var noise = new byte[192];
    for (int text = 0; text < texts; text++) {
      random.nextBytes(noise);
      data = data.with("text" + text, Base64.getEncoder().encodeToString(noise));
    }
    return new Activity(
        "activity-%05d".formatted(n),
        run,
        trigger,
        RECIPIENT,
        Optional.of(RecipientId.user("actor" + n)),
        trigger.time(),
        false,
        data);
  }

  /** The bytes of the largest item of this environment, as DynamoDB counts them. */
  private long largest() {
    return LocalTable.client()
        .scanPaginator(
            scan ->
                scan.tableName(LocalTable.NAME)
                    .filterExpression("begins_with(pk, :environment)")
                    .expressionAttributeValues(
                        Map.of(":environment", AttributeValue.fromS(environment.value()))))
        .items()
        .stream()
        .mapToLong(BigBatchTest::bytes)
        .max()
        .orElseThrow();
  }

  private static long bytes(Map<String, AttributeValue> item) {
    return item.entrySet().stream()
        .mapToLong(
            attribute -> {
              AttributeValue value = attribute.getValue();
              long length =
                  value.b() != null
                      ? value.b().asByteArrayUnsafe().length
                      : (value.s() != null ? value.s() : value.toString()).length();
              return attribute.getKey().length() + length;
            })
        .sum();
  }
}
