package dev.carillon.storage.dynamo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.environment.Retention;
import dev.carillon.json.Json;
import dev.carillon.page.PageRequest;
import dev.carillon.page.TimeRange;
import dev.carillon.recipient.RecipientId;
import dev.carillon.run.Run;
import dev.carillon.run.RunLog;
import dev.carillon.run.RunOrigin;
import dev.carillon.run.RunState;
import dev.carillon.storage.dynamo.run.DynamoRuns;
import dev.carillon.storage.dynamo.run.RunKeys;
import dev.carillon.trigger.RunId;
import dev.carillon.trigger.TriggerId;
import dev.carillon.workflow.VersionId;
import dev.carillon.workflow.WorkflowKey;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What makes a run large is read when somebody wants the run, and not to pass over it. */
class LargeRunTest {
  private static final Instant NOW = Instant.parse("2026-01-05T09:00:00Z");
  private static final TriggerId TRIGGER = TriggerId.of(NOW, "call");

  private final EnvironmentId environment = new EnvironmentId("t-" + UUID.randomUUID());
  private final DynamoTable table = LocalTable.table(InstantSource.fixed(NOW));
  private final DynamoRuns runs = new DynamoRuns(table, Retention.days(30));

  private Run run(int bytes) {
    var noise = new byte[bytes * 3 / 4];
    new Random(1).nextBytes(noise);
    Json.Obj data = Json.object().with("text", Base64.getEncoder().encodeToString(noise));
    RecipientId recipient = RecipientId.user("u" + bytes);
    return new Run(
        new RunOrigin(
            environment,
            RunId.of(TRIGGER, recipient),
            TRIGGER,
            new WorkflowKey("w"),
            new VersionId(new UUID(1, 2)),
            recipient,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            NOW),
        new Run.State.Completed(),
        0,
        NOW,
        RunState.NOTHING.withData(data),
        Map.of(),
        RunLog.EMPTY,
        NOW);
  }

  private List<Item> chunks(Run run) {
    Key details = RunKeys.details(environment, run.id());
    return table.all(Range.prefix(details.partition(), details.sort()));
  }

  @Test
  void a_run_that_is_not_wanted_is_passed_over_without_its_chunks() {
    Run run = run(700_000);
    runs.save(run);
    assertThat(chunks(run)).hasSizeGreaterThan(1);
    chunks(run)
        .forEach(
            chunk ->
                table.deleteIf(
                    chunk.key(), new Condition("attribute_exists(pk)", Map.of(), Map.of())));
    var nobody = runs.newestFirst(environment, TimeRange.ALL, _ -> false, PageRequest.first(5));
    assertThat(nobody.items()).isEmpty();
    assertThatThrownBy(() -> runs.find(environment, run.id())).hasMessageContaining("0 of");
  }

  @Test
  void a_run_of_ordinary_size_is_one_item() {
    Run run = run(20_000);
    runs.save(run);
    assertThat(chunks(run)).isEmpty();
    assertThat(runs.find(environment, run.id())).contains(run.stored());
  }
}
