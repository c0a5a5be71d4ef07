package dev.carillon.storage.dynamo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;
import dev.carillon.page.PageRequest;
import dev.carillon.recipient.RecipientId;
import dev.carillon.schedule.Schedule;
import dev.carillon.schedule.ScheduleId;
import dev.carillon.storage.dynamo.waiting.DynamoSchedules;
import dev.carillon.storage.dynamo.waiting.WaitingKeys;
import dev.carillon.workflow.WorkflowKey;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class DynamoSchedulesTest {
  private static final Instant NOW = Instant.parse("2026-01-05T09:00:00Z");
  private static final RecipientId ADA = RecipientId.user("ada");
  private static final WorkflowKey WORKFLOW = new WorkflowKey("park-alert");

  private final EnvironmentId environment = new EnvironmentId("s-" + UUID.randomUUID());
  private final DynamoTable table = LocalTable.table(InstantSource.fixed(NOW));
  private final DynamoSchedules schedules = new DynamoSchedules(table);

  @Test
  void what_a_call_that_died_left_in_the_lists_is_not_shown() {
    Schedule schedule = schedule(ScheduleId.of("call", 0), NOW);
    for (Schedule died :
        List.of(
            schedule(schedule.id(), NOW.minusSeconds(1)), schedule(ScheduleId.of("x", 0), NOW))) {
      table.put(Item.at(new Key(WaitingKeys.schedulesOf(environment, ADA), died.position())));
      table.put(
          Item.at(
              new Key(
                  WaitingKeys.schedulesOf(environment, WORKFLOW, died.id().shard()),
                  died.position())));
    }
    schedules.save(schedule);
    var first = PageRequest.first(10);
    assertThat(schedules.ofRecipient(environment, ADA, _ -> true, first).items())
        .containsExactly(schedule.stored());
    assertThat(schedules.ofWorkflow(environment, WORKFLOW, _ -> true, first).items())
        .containsExactly(schedule.stored());
  }

  private Schedule schedule(ScheduleId id, Instant insertedAt) {
    return new Schedule(
        environment,
        id,
        WORKFLOW,
        ADA,
        List.of(),
        Optional.of(NOW),
        Optional.empty(),
        Json.Obj.EMPTY,
        Optional.empty(),
        Optional.empty(),
        Optional.of(NOW),
        Optional.empty(),
        0,
        insertedAt,
        insertedAt);
  }
}
