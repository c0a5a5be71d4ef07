package dev.carillon.memory.contract.waiting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;
import dev.carillon.memory.contract.Race;
import dev.carillon.memory.contract.Samples;
import dev.carillon.page.PageRequest;
import dev.carillon.recipient.RecipientId;
import dev.carillon.recipient.TenantId;
import dev.carillon.schedule.Schedule;
import dev.carillon.schedule.ScheduleId;
import dev.carillon.schedule.Schedules;
import dev.carillon.time.RepeatRule;
import dev.carillon.time.RepeatRule.Frequency;
import dev.carillon.workflow.WorkflowKey;
import java.time.DayOfWeek;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

public abstract class SchedulesContract {
  private static final RecipientId ADA = RecipientId.user("ada");
  private static final List<RepeatRule> RULES =
      List.of(
          new RepeatRule(Frequency.WEEKLY, 2, Set.of(DayOfWeek.MONDAY), OptionalInt.empty(), 9, 30),
          new RepeatRule(Frequency.MONTHLY, 1, Set.of(), OptionalInt.of(31), 0, 0));

  private final EnvironmentId environment = Samples.environment();
  private Schedules schedules;

  protected abstract Schedules schedules();

  @BeforeEach
  void prepare() {
    schedules = schedules();
  }

  @Test
  void a_stored_schedule_is_found_whole() {
    Schedule full =
        new Schedule(
            environment,
            id(),
            Samples.WORKFLOW,
            new RecipientId("projects", "a/b"),
            RULES,
            Optional.of(Samples.NOW),
            Optional.of(Instant.parse("9999-12-31T23:59:59.999999999Z")),
            Samples.DATA,
            Optional.of(new RecipientId("bots", "b#1")),
            Optional.of(new TenantId("acme")),
            Optional.of(Samples.later(60)),
            Optional.of(Samples.later(-60)),
            0,
            Samples.NOW,
            Samples.later(5));
    assertThat(schedules.save(full)).isTrue();
    assertThat(schedules.find(environment, full.id())).contains(full.stored());
    Schedule bare = schedule(Samples.NOW, ADA);
    assertThat(schedules.save(bare)).isTrue();
    assertThat(schedules.find(environment, bare.id())).contains(bare.stored());
    assertThat(schedules.find(environment, id())).isEmpty();
    assertThat(schedules.find(Samples.environment(), full.id())).isEmpty();
  }

  @Test
  void the_largest_data_is_stored_and_replaced() {
    Schedule large = withData(schedule(Samples.NOW, ADA), noise(1));
    assertThat(schedules.save(large)).isTrue();
    Schedule other = withData(large.stored(), noise(2));
    assertThat(schedules.save(other)).isTrue();
    assertThat(schedules.find(environment, large.id())).contains(other.stored());
    assertThat(schedules.findAll(environment, List.of(large.id())))
        .isEqualTo(Map.of(large.id(), other.stored()));
    Schedule small = withData(other.stored(), Samples.DATA);
    assertThat(schedules.save(small)).isTrue();
    assertThat(schedules.find(environment, large.id())).contains(small.stored());
    schedules.delete(small);
    assertThat(schedules.find(environment, large.id())).isEmpty();
  }

  @Test
  void only_who_read_the_last_revision_may_store() throws Exception {
    Schedule schedule = schedule(Samples.NOW, ADA);
    assertThat(schedules.save(schedule)).isTrue();
    assertThat(schedules.save(schedule)).isFalse();
    Schedule next = schedule.stored().occurred(Samples.NOW, Optional.of(Samples.later(9)));
    assertThat(Race.winners(8, () -> schedules.save(next))).isEqualTo(1);
    assertThat(schedules.find(environment, schedule.id())).contains(next.stored());
    assertThat(next.stored().revision()).isEqualTo(2);
  }

  @Test
  void a_deleted_schedule_is_gone_and_cannot_be_stored_again() {
    Schedule schedule = schedule(Samples.NOW, ADA);
    schedules.save(schedule);
    schedules.delete(schedule); // another revision than the stored one
    schedules.delete(schedule.stored());
    assertThat(schedules.find(environment, schedule.id())).isEmpty();
    assertThat(schedules.save(schedule.stored())).isFalse();
    assertThat(schedules.findAll(environment, List.of(schedule.id()))).isEmpty();
    assertThat(ofWorkflow(5)).isEmpty();
    assertThat(ofRecipient(ADA, 5)).isEmpty();
  }

  @Test
  void a_hundred_are_found_at_once_and_unknown_ids_left_out() {
    var ids = new ArrayList<ScheduleId>();
    for (int i = 0; i < 99; i++) {
      Schedule schedule = schedule(Samples.later(i), ADA);
      schedules.save(schedule);
      ids.add(schedule.id());
    }
    ids.add(50, id());
    assertThat(schedules.findAll(environment, ids)).hasSize(99).doesNotContainKey(ids.get(50));
  }

  @Test
  void lists_run_newest_first_by_pages() {
    var expected = new ArrayList<Schedule>();
    for (int i = 0; i < 40; i++) {
      // Two at a time were made in the same millisecond.
      expected.add(stored(schedule(Samples.later(i / 2 * 3_600L), ADA)));
    }
    stored(schedule(Samples.NOW, RecipientId.user("bob"), new WorkflowKey("other")));
    expected.sort(Comparator.comparing(Schedule::position).reversed());
    for (int size : List.of(1, 7, 40, 50)) {
      assertThat(ofWorkflow(size)).isEqualTo(expected);
      assertThat(ofRecipient(ADA, size)).isEqualTo(expected);
    }
    String position = expected.get(20).position();
    var before =
        schedules.ofWorkflow(
            environment,
            Samples.WORKFLOW,
            _ -> true,
            new PageRequest(Optional.empty(), Optional.of(position), 5));
    assertThat(before.items()).isEqualTo(expected.subList(15, 20));
  }

  @Test
  void lists_hold_what_is_wanted_as_last_stored() {
    Schedule one = stored(schedule(Samples.NOW, ADA));
    Schedule other = stored(schedule(Samples.later(1), ADA));
    Schedule moved = stored(one.occurred(Samples.later(60), Optional.of(Samples.later(90))));
    assertThat(
            Samples.walk(
                5,
                page ->
                    schedules.ofWorkflow(
                        environment, Samples.WORKFLOW, it -> it.last().isPresent(), page)))
        .containsExactly(moved);
    assertThat(
            Samples.walk(
                5,
                page -> schedules.ofRecipient(environment, ADA, it -> it.last().isEmpty(), page)))
        .containsExactly(other);
  }

  @Test
  void the_schedules_of_one_recipient_are_listed_whatever_its_id() {
    for (String id : Samples.IDS) {
      Schedule schedule = stored(schedule(Samples.NOW, RecipientId.user(id)));
      stored(schedule(Samples.NOW, new RecipientId("projects", id)));
      assertThat(ofRecipient(RecipientId.user(id), 2)).containsExactly(schedule);
    }
  }

  @Test
  void any_text_will_do_as_a_position() {
    stored(schedule(Samples.NOW, ADA));
    for (String position : List.of("", " ", "#", "~", "zzz", "é", "\u0000", "x".repeat(5000))) {
      schedules.ofWorkflow(
          environment,
          Samples.WORKFLOW,
          _ -> true,
          new PageRequest(Optional.of(position), Optional.empty(), 5));
      schedules.ofRecipient(
          environment, ADA, _ -> true, new PageRequest(Optional.empty(), Optional.of(position), 5));
    }
  }

  private Schedule stored(Schedule schedule) {
    assertThat(schedules.save(schedule)).isTrue();
    return schedule.stored();
  }

  private List<Schedule> ofWorkflow(int size) {
    return Samples.walk(
        size, page -> schedules.ofWorkflow(environment, Samples.WORKFLOW, _ -> true, page));
  }

  private List<Schedule> ofRecipient(RecipientId recipient, int size) {
    return Samples.walk(
        size, page -> schedules.ofRecipient(environment, recipient, _ -> true, page));
  }

  private Schedule schedule(Instant insertedAt, RecipientId recipient) {
    return schedule(insertedAt, recipient, Samples.WORKFLOW);
  }

  private Schedule schedule(Instant insertedAt, RecipientId recipient, WorkflowKey workflow) {
    return new Schedule(
        environment,
        id(),
        workflow,
        recipient,
        List.of(),
        Optional.of(Samples.NOW),
        Optional.empty(),
        Json.Obj.EMPTY,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        0,
        insertedAt,
        insertedAt);
  }

  private static Schedule withData(Schedule it, Json.Obj data) {
    return new Schedule(
        it.environment(),
        it.id(),
        it.workflow(),
        it.recipient(),
        it.repeats(),
        it.scheduledAt(),
        it.endingAt(),
        data,
        it.actor(),
        it.tenant(),
        it.next(),
        it.last(),
        it.revision(),
        it.insertedAt(),
        it.updatedAt());
  }

  /** As much data as may be, which hardly deflates. */
  private static Json.Obj noise(long seed) {
    var bytes = new byte[(Schedules.MAX_DATA_BYTES - 30) / 4 * 3];
    new Random(seed).nextBytes(bytes);
    return Json.object().with("noise", Base64.getEncoder().encodeToString(bytes));
  }

  private static ScheduleId id() {
    return new ScheduleId(UUID.randomUUID());
  }
}
