package dev.carillon.functions.fanout;

import static dev.carillon.functions.fanout.FanoutFixture.LOCAL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.carillon.json.Json;
import dev.carillon.recipient.Identification;
import dev.carillon.recipient.RecipientId;
import dev.carillon.schedule.Planning;
import dev.carillon.schedule.Schedule;
import dev.carillon.schedule.ScheduleId;
import dev.carillon.task.FanoutTask;
import dev.carillon.task.Task;
import dev.carillon.task.Tasks;
import dev.carillon.time.RepeatRule;
import dev.carillon.time.RepeatRule.Frequency;
import dev.carillon.timer.Minutes;
import dev.carillon.timer.Timer;
import dev.carillon.timer.TimerScheduler;
import dev.carillon.trigger.Trigger;
import dev.carillon.trigger.TriggerId;
import dev.carillon.workflow.Workflow;
import dev.carillon.workflow.Workflows;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The hall's clock stands at one minute past nine on Monday, 5 January 2026. */
class FireScheduleTest {
  private static final Instant DUE = Instant.parse("2026-01-05T09:30:00Z");
  private static final Instant TOMORROW = Instant.parse("2026-01-06T09:30:00Z");
  private static final RepeatRule DAILY =
      new RepeatRule(Frequency.DAILY, 1, Set.of(), OptionalInt.empty(), 9, 30);
  private static final ScheduleId ID = ScheduleId.of("call", 0);
  private static final TriggerId TRIGGER = TriggerId.of(ID, DUE);

  private final FanoutFixture hall = new FanoutFixture();
  private final FireSchedule fire = new FanoutWiring(hall.ports).fireSchedule();

  @BeforeEach
  void prepare() {
    hall.workflow();
  }

  @Test
  void an_occurrence_triggers_the_workflow_for_the_one_recipient_with_what_the_schedule_has() {
    FanoutTask.Fire task = given(recurring());
    at(DUE);
    fire.handle(task);
    Trigger trigger = hall.ports.triggers().find(LOCAL, TRIGGER).orElseThrow();
    assertThat(trigger.workflow()).isEqualTo(FanoutFixture.WORKFLOW);
    assertThat(trigger.version()).isEqualTo(hall.live());
    assertThat(trigger.recipients())
        .containsExactly(
            new Trigger.Named(
                new RecipientId("parks", "nublar"), Optional.empty(), Json.Obj.EMPTY));
    assertThat(trigger.data()).isEqualTo(Json.object().with("type", "dinosaurs-loose"));
    assertThat(trigger.actor().map(Trigger.Named::id)).contains(RecipientId.user("ray"));
    assertThat(trigger.tenantId()).contains(FanoutFixture.TENANT);
    assertThat(trigger.source()).isEqualTo(new Trigger.Source.OfSchedule(ID));
    assertThat(trigger.id().time()).isEqualTo(DUE);
    assertThat(sent(FanoutTask.Start.class))
        .containsExactly(
            new FanoutTask.Start(LOCAL, TRIGGER, Optional.of(FanoutFixture.TENANT), 0));
  }

  @Test
  void the_next_occurrence_is_set_when_one_fires() {
    FanoutTask.Fire task = given(recurring());
    at(DUE);
    fire.handle(task);
    Schedule schedule = stored();
    assertThat(schedule.last()).contains(DUE);
    assertThat(schedule.next()).contains(TOMORROW);
    assertThat(schedule.revision()).isEqualTo(2);
    assertThat(schedule.updatedAt()).isEqualTo(schedule.insertedAt());
    assertThat(hall.ports.timers().all()).containsExactly(Timer.ofSchedule(schedule).orElseThrow());
    assertThat(hall.ports.minuteSchedules().standing()).containsExactly(Minutes.of(TOMORROW));
  }

  @Test
  void a_next_occurrence_within_a_quarter_of_an_hour_waits_in_the_queue() {
    var often = new RepeatRule(Frequency.DAILY, 1, Set.of(), OptionalInt.empty(), 9, 45);
    FanoutTask.Fire task =
        given(schedule(List.of(DAILY, often), Optional.empty(), Optional.empty()));
    at(DUE);
    fire.handle(task);
    assertThat(hall.ports.tasks().sent())
        .contains(
            new Tasks.Sending(
                new FanoutTask.Fire(LOCAL, ID, 2, Minutes.of(DUE) + 15), Duration.ofMinutes(15)));
    assertThat(hall.ports.minuteSchedules().standing()).isEmpty();
  }

  @Test
  void a_one_off_occurs_and_is_over() {
    FanoutTask.Fire task = given(schedule(List.of(), Optional.of(DUE), Optional.empty()));
    at(DUE);
    fire.handle(task);
    assertThat(sent(FanoutTask.Start.class)).hasSize(1);
    assertThat(stored().last()).contains(DUE);
    assertThat(stored().next()).isEmpty();
    assertThat(hall.ports.timers().all()).isEmpty();
  }

  @Test
  void the_last_occurrence_before_the_end_sets_no_other() {
    FanoutTask.Fire task =
        given(schedule(List.of(DAILY), Optional.empty(), Optional.of(TOMORROW.minusSeconds(1))));
    at(DUE);
    fire.handle(task);
    assertThat(sent(FanoutTask.Start.class)).hasSize(1);
    assertThat(stored().next()).isEmpty();
    assertThat(hall.ports.timers().all()).isEmpty();
  }

  @Test
  void what_was_missed_is_made_up_for_once() {
    FanoutTask.Fire task = given(recurring());
    at(DUE.plus(Duration.ofDays(3)).plusSeconds(60));
    fire.handle(task);
    assertThat(sent(FanoutTask.Start.class)).hasSize(1);
    assertThat(stored().last()).contains(DUE);
    assertThat(stored().next()).contains(DUE.plus(Duration.ofDays(4)));
  }

  @Test
  void the_zone_of_the_recipient_counts_from_the_next_occurrence_on() {
    FanoutTask.Fire task = given(recurring());
    hall.ports
        .recipients()
        .identify(
            LOCAL,
            new RecipientId("parks", "nublar"),
            new Identification(
                Json.object().with("timezone", "America/Costa_Rica"),
                Optional.empty(),
                Map.of(),
                Map.of()),
            "moved",
            hall.clock.instant());
    at(DUE);
    fire.handle(task);
    assertThat(stored().last()).contains(DUE);
    assertThat(stored().next()).contains(Instant.parse("2026-01-05T15:30:00Z"));
  }

  @Test
  void the_version_that_is_current_when_it_fires_is_triggered() {
    FanoutTask.Fire task = given(recurring());
    var before = hall.live();
    Workflow changed = hall.workflow("changed");
    at(DUE);
    fire.handle(task);
    assertThat(hall.ports.triggers().find(LOCAL, TRIGGER).orElseThrow().version())
        .isEqualTo(changed.version())
        .isNotEqualTo(before);
  }

  @Test
  void a_workflow_that_is_inactive_archived_or_missing_skips_the_occurrence_and_not_the_schedule() {
    Workflows workflows = hall.ports.workflows();
    workflows.setActive(LOCAL, FanoutFixture.WORKFLOW, false);
    given(recurring());
    at(DUE);
    fire.handle(current());
    assertThat(hall.ports.triggers().find(LOCAL, TRIGGER)).isEmpty();
    assertThat(hall.ports.tasks().sent()).isEmpty();
    assertThat(stored().next()).contains(TOMORROW);

    workflows.setActive(LOCAL, FanoutFixture.WORKFLOW, true);
    at(TOMORROW);
    fire.handle(current());
    assertThat(sent(FanoutTask.Start.class)).hasSize(1);

    workflows.archive(LOCAL, FanoutFixture.WORKFLOW);
    at(TOMORROW.plus(Duration.ofDays(1)));
    fire.handle(current());
    assertThat(sent(FanoutTask.Start.class)).hasSize(1);
    assertThat(stored().next()).contains(TOMORROW.plus(Duration.ofDays(2)));
  }

  @Test
  void an_early_task_sets_the_alarm_again() {
    FanoutTask.Fire task = given(recurring());
    at(DUE.minusSeconds(90));
    fire.handle(task);
    assertThat(hall.ports.tasks().sent())
        .containsExactly(new Tasks.Sending(task, Duration.ofSeconds(90)));
    assertThat(stored().revision()).isEqualTo(1);
    assertThat(hall.ports.timers().all()).hasSize(1);
  }

  @Test
  void a_task_that_comes_twice_triggers_once_and_makes_sure_of_the_next_alarm() {
    FanoutTask.Fire task = given(recurring());
    at(DUE);
    fire.handle(task);
    hall.ports.minuteSchedules().fire(TOMORROW);
    fire.handle(task);
    assertThat(sent(FanoutTask.Start.class)).hasSize(1);
    assertThat(stored().revision()).isEqualTo(2);
    assertThat(hall.ports.timers().all()).hasSize(1);
    assertThat(hall.ports.minuteSchedules().standing()).containsExactly(Minutes.of(TOMORROW));
  }

  @Test
  void a_task_that_comes_twice_adds_no_task_when_the_next_occurrence_is_near() {
    var often = new RepeatRule(Frequency.HOURLY, 1, Set.of(), OptionalInt.empty(), 0, 35);
    FanoutTask.Fire task =
        given(schedule(List.of(DAILY, often), Optional.empty(), Optional.empty()));
    at(DUE);
    fire.handle(current());
    int tasks = hall.ports.tasks().sent().size();
    fire.handle(task);
    assertThat(hall.ports.tasks().sent()).hasSize(tasks);
  }

  @Test
  void of_a_deleted_schedule_nothing_fires_and_no_hint_stays() {
    FanoutTask.Fire task = given(recurring());
    hall.ports.schedules().delete(stored());
    at(DUE);
    fire.handle(task);
    assertThat(hall.ports.tasks().sent()).isEmpty();
    assertThat(hall.ports.timers().all()).isEmpty();
  }

  @Test
  void of_a_schedule_that_was_changed_only_what_was_set_since_fires() {
    FanoutTask.Fire task = given(recurring());
    Schedule changed = stored().updated(hall.clock.instant()).planned(Optional.of(TOMORROW));
    hall.ports.timers().put(Timer.ofSchedule(changed.stored()).orElseThrow());
    hall.ports.schedules().save(changed);
    at(DUE);
    fire.handle(task);
    assertThat(hall.ports.tasks().sent()).isEmpty();
    assertThat(hall.ports.timers().all())
        .extracting(Timer::dueAt, Timer::generation)
        .containsExactly(tuple(TOMORROW, 2));
  }

  @Test
  void both_hints_go_of_an_occurrence_that_the_sweeper_found() {
    FanoutTask.Fire task = given(recurring());
    at(DUE.plus(Duration.ofMinutes(5)));
    long present = Minutes.of(hall.clock.instant());
    Timer.ofSchedule(stored()).ifPresent(it -> hall.ports.timers().put(it.listedAt(present)));
    fire.handle(new FanoutTask.Fire(LOCAL, ID, task.revision(), present));
    assertThat(hall.ports.timers().all()).extracting(Timer::dueAt).containsExactly(TOMORROW);
  }

  @Test
  void who_dies_before_the_schedule_moved_on_leaves_all_to_the_next_try() {
    FanoutTask.Fire task = given(recurring());
    at(DUE);
    Tasks down =
        _ -> {
          throw new IllegalStateException("queue down");
        };
    var ports = hall.ports;
    var dying =
        new FireSchedule(
            ports.schedules(),
            new Planning(ports.recipients(), ports.environments()),
            new TriggerOccurrence(ports.workflows(), ports.triggers(), down),
            new TimerScheduler(ports.timers(), ports.minuteSchedules(), ports.tasks()),
            ports.clock(),
            ports.log());
    assertThatThrownBy(() -> dying.handle(task)).hasMessage("queue down");
    assertThat(stored().revision()).isEqualTo(1);
    Workflow changed = hall.workflow("changed");
    at(DUE.plusSeconds(60));
    fire.handle(task);
    assertThat(sent(FanoutTask.Start.class)).hasSize(1);
    // What the first try triggered stands.
    assertThat(ports.triggers().find(LOCAL, TRIGGER).orElseThrow().version())
        .isNotEqualTo(changed.version());
    assertThat(stored().next()).contains(TOMORROW);
  }

  private void at(Instant instant) {
    hall.clock.set(instant);
  }

  /** Lists and stores it, as anybody who makes it does; the task that is then set. */
  private FanoutTask.Fire given(Schedule schedule) {
    Schedule planned =
        schedule.planned(
            new Planning(hall.ports.recipients(), hall.ports.environments())
                .first(schedule, hall.clock.instant()));
    Timer due = Timer.ofSchedule(planned.stored()).orElseThrow();
    hall.ports.timers().put(due);
    assertThat(hall.ports.schedules().save(planned)).isTrue();
    return (FanoutTask.Fire) due.task();
  }

  private FanoutTask.Fire current() {
    return (FanoutTask.Fire) Timer.ofSchedule(stored()).orElseThrow().task();
  }

  private Schedule stored() {
    return hall.ports.schedules().find(LOCAL, ID).orElseThrow();
  }

  private <T extends Task> List<T> sent(Class<T> kind) {
    return hall.ports.tasks().sent().stream()
        .map(Tasks.Sending::task)
        .filter(kind::isInstance)
        .map(kind::cast)
        .toList();
  }

  private Schedule recurring() {
    return schedule(List.of(DAILY), Optional.empty(), Optional.empty());
  }

  private Schedule schedule(
      List<RepeatRule> repeats, Optional<Instant> scheduledAt, Optional<Instant> endingAt) {
    return FanoutFixture.schedule(ID, repeats, scheduledAt, endingAt, hall.clock.instant());
  }
}
