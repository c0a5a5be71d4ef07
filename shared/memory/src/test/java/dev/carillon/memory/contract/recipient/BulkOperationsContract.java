package dev.carillon.memory.contract.recipient;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.bulk.BulkFailure;
import dev.carillon.bulk.BulkOperation;
import dev.carillon.bulk.BulkOperationId;
import dev.carillon.bulk.BulkOperations;
import dev.carillon.bulk.BulkRow;
import dev.carillon.bulk.Marking;
import dev.carillon.bulk.MessageSelection;
import dev.carillon.bulk.MessageSelection.State;
import dev.carillon.bulk.MessageSelection.Tenancy;
import dev.carillon.channel.ChannelId;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.feed.FeedQuery.Archived;
import dev.carillon.id.Digest;
import dev.carillon.id.Ksuid;
import dev.carillon.json.Json;
import dev.carillon.memory.MutableClock;
import dev.carillon.memory.contract.Samples;
import dev.carillon.message.DeliveryStatus;
import dev.carillon.message.EngagementStatus;
import dev.carillon.message.Mark;
import dev.carillon.message.MessageId;
import dev.carillon.page.TimeRange;
import dev.carillon.recipient.Identification;
import dev.carillon.recipient.RecipientId;
import dev.carillon.recipient.TenantId;
import dev.carillon.schedule.Schedule;
import dev.carillon.schedule.ScheduleId;
import dev.carillon.workflow.WorkflowKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

public abstract class BulkOperationsContract {
  private static final BulkOperationId ID = BulkOperationId.of("c");

  private final EnvironmentId environment = Samples.environment();
  private BulkOperations operations;

  protected abstract BulkOperations operations(MutableClock clock);

  @BeforeEach
  void prepare() {
    operations = operations(new MutableClock(Samples.NOW));
  }

  private List<BulkRow> rows() {
    var rows = new ArrayList<BulkRow>();
    for (String id : Samples.IDS) {
      var object = new RecipientId("projects", id);
      rows.add(
          new BulkRow.Identify(
              RecipientId.user(id),
              new Identification(
                  Samples.DATA,
                  Optional.of(Samples.NOW),
                  Map.of("default", Samples.DATA),
                  Map.of(id, Samples.DATA))));
      rows.add(new BulkRow.Identify(object, Identification.NOTHING));
      rows.add(new BulkRow.Delete(object));
      rows.add(new BulkRow.Prefer(RecipientId.user(id), "default", Samples.DATA, true));
      rows.add(new BulkRow.Prefer(RecipientId.user(id), id, Json.Obj.EMPTY, false));
      rows.add(new BulkRow.Subscribe(object, List.of(RecipientId.user(id), object), Samples.DATA));
      rows.add(new BulkRow.Unsubscribe(object, List.of(RecipientId.user(id))));
    }
    rows.add(
        new BulkRow.Plan(
            new Schedule(
                environment,
                ScheduleId.of("c", 1),
                Samples.WORKFLOW,
                RecipientId.user("a"),
                List.of(),
                Optional.of(Samples.NOW),
                Optional.empty(),
                Samples.DATA,
                Optional.empty(),
                Optional.of(new TenantId("t")),
                Optional.empty(),
                Optional.empty(),
                0,
                Samples.NOW,
                Samples.NOW)));
    rows.add(
        new BulkRow.Refused(new BulkFailure(Optional.empty(), "schedules[3]", "has no recipient")));
    for (int i = 0; i < 120; i++) {
      rows.add(new BulkRow.Delete(RecipientId.user("u" + i)));
    }
    return rows;
  }

  private BulkOperation created(List<BulkRow> rows) {
    return operations.create(
        BulkOperation.of(environment, ID, "users.delete", rows.size(), Samples.NOW), rows);
  }

  @Test
  void an_operation_is_found_whole_with_its_rows_by_pages() {
    List<BulkRow> rows = rows();
    BulkOperation stored = created(rows);
    assertThat(stored.revision()).isEqualTo(1);
    assertThat(operations.find(environment, ID)).contains(stored);
    var read = new ArrayList<BulkRow>();
    for (int from = 0; from < rows.size(); from += BulkOperations.PAGE) {
      read.addAll(operations.rows(environment, ID, from));
    }
    assertThat(read).isEqualTo(rows);
    assertThat(operations.find(Samples.environment(), ID)).isEmpty();
    assertThat(operations.find(environment, BulkOperationId.of("d"))).isEmpty();
  }

  @Test
  void an_operation_that_is_there_stays_as_it_is() {
    BulkOperation first = created(List.of(new BulkRow.Delete(RecipientId.user("a"))));
    var failures =
        List.of(
            BulkFailure.of(RecipientId.user("a"), "is too large"),
            BulkFailure.of(new RecipientId("p", "ü#"), "names nobody"),
            new BulkFailure(Optional.empty(), "schedules[3]", "has no recipient"));
    BulkOperation further = first.further(1, failures, Samples.later(3));
    assertThat(operations.save(further)).isTrue();
    assertThat(created(List.of(new BulkRow.Delete(RecipientId.user("a")))))
        .isEqualTo(further.stored());
    assertThat(operations.find(environment, ID)).contains(further.stored());
  }

  @Test
  void who_read_an_older_one_changes_nothing() {
    BulkOperation first = created(List.of(new BulkRow.Delete(RecipientId.user("a"))));
    BulkOperation further = first.further(1, List.of(), Samples.later(3));
    assertThat(operations.save(further)).isTrue();
    assertThat(operations.save(further)).isFalse();
    assertThat(operations.find(environment, ID)).contains(further.stored());
  }

  @Test
  void an_operation_that_changes_messages_is_kept_with_how_far_it_got() {
    var which =
        new MessageSelection(
            new ChannelId(new UUID(1, 2)),
            List.of(RecipientId.user("a"), RecipientId.user("ü#")),
            new Tenancy(Set.of(new TenantId("t#1"), new TenantId("t2")), Optional.of(true)),
            Set.of(new WorkflowKey("note")),
            new State(
                Set.of(DeliveryStatus.DELIVERED), Set.of(EngagementStatus.UNREAD), Archived.ONLY),
            Map.of("n", Json.of(1)),
            new TimeRange(Samples.NOW, Samples.later(9)));
    var marking = Marking.of(Optional.of(Mark.READ), which);
    BulkOperation first =
        operations.create(
            BulkOperation.of(environment, ID, "messages.read", marking, Samples.NOW), List.of());
    assertThat(operations.find(environment, ID)).contains(first);
    var ids = List.of(new MessageId(Ksuid.of(Samples.NOW, Digest.of("a"))));
    BulkOperation second =
        first.marked(
            marking.found(ids, Optional.of(new Marking.Place(1, Optional.of("p 1")))),
            OptionalInt.of(70),
            Samples.later(1));
    assertThat(operations.save(second)).isTrue();
    assertThat(operations.save(first.marked(marking, OptionalInt.empty(), Samples.NOW))).isFalse();
    assertThat(operations.find(environment, ID)).contains(second.stored());
    BulkOperation last =
        second
            .stored()
            .marked(
                second.marking().orElseThrow().found(List.of(), Optional.empty()),
                OptionalInt.empty(),
                Samples.later(2));
    assertThat(operations.save(last)).isTrue();
    assertThat(operations.find(environment, ID)).contains(last.stored());
    assertThat(last.completed()).isTrue();
    assertThat(last.processed()).isEqualTo(1);
    assertThat(last.rows()).isEqualTo(1);
  }

  @Test
  void rows_of_any_size_are_kept() {
    var large = Json.object().with("x", "x".repeat(200_000));
    var rows = new ArrayList<BulkRow>();
    for (int i = 0; i < 4; i++) {
      rows.add(
          new BulkRow.Identify(
              RecipientId.user("u" + i),
              new Identification(
                  large.with("n", Json.of(i)), Optional.empty(), Map.of(), Map.of())));
    }
    created(rows);
    assertThat(operations.rows(environment, ID, 0)).isEqualTo(rows);
  }
}
