package dev.carillon.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;
import dev.carillon.memory.waiting.InMemoryTimers;
import dev.carillon.recipient.RecipientId;
import dev.carillon.schedule.Schedule;
import dev.carillon.schedule.ScheduleId;
import dev.carillon.task.FanoutTask;
import dev.carillon.task.Tasks;
import dev.carillon.timer.Minutes;
import dev.carillon.timer.Timer;
import dev.carillon.timer.TimerScheduler;
import dev.carillon.workflow.WorkflowKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TimerSchedulerTest {
  private static final Instant NOW = Instant.parse("2026-01-05T09:00:30Z");
  private static final EnvironmentId ENVIRONMENT = new EnvironmentId("test");

  private final List<Tasks.Sending> sent = new ArrayList<>();
  private final List<Long> ensured = new ArrayList<>();
  private final InMemoryTimers timers = new InMemoryTimers();
  private final TimerScheduler scheduler = new TimerScheduler(timers, ensured::add, sent::addAll);

  @Test
  void up_to_a_quarter_of_an_hour_the_queue_holds_the_task_back() {
    scheduler.wakeAfterStoring(
        List.of(due(NOW.plus(Tasks.MAX_DELAY), 1), due(NOW.minusSeconds(1), 2)), NOW);
    assertThat(sent)
        .extracting(Tasks.Sending::delay)
        .containsExactly(Tasks.MAX_DELAY, Duration.ZERO);
    assertThat(sent.getFirst().task())
        .isEqualTo(
            new FanoutTask.Fire(ENVIRONMENT, ScheduleId.of("call", 1), 3, Minutes.of(NOW) + 15));
    assertThat(ensured).isEmpty();
  }

  @Test
  void beyond_that_all_of_a_minute_share_its_schedule() {
    Instant later = NOW.plus(Tasks.MAX_DELAY).plusSeconds(1);
    scheduler.wakeAfterStoring(IntStream.range(0, 100).mapToObj(i -> due(later, i)).toList(), NOW);
    assertThat(ensured).containsExactly(Minutes.of(later));
    assertThat(sent).isEmpty();
    assertThat(timers.lists(due(later, 0))).as("listing is not what waking does").isFalse();
  }

  @Test
  void what_was_due_before_it_was_set_is_listed_where_the_sweeper_has_not_been() {
    assertThat(due(NOW.minusSeconds(600), 1).minute()).isEqualTo(Minutes.of(NOW));
    assertThat(due(NOW.plusSeconds(600), 1).minute()).isEqualTo(Minutes.of(NOW) + 10);
  }

  @Test
  void a_schedule_that_will_not_occur_has_no_hint() {
    assertThat(Timer.ofSchedule(schedule(Optional.empty(), 1))).isEmpty();
  }

  private static Timer due(Instant at, int index) {
    return Timer.ofSchedule(schedule(Optional.of(at), index)).orElseThrow();
  }

  private static Schedule schedule(Optional<Instant> next, int index) {
    return new Schedule(
        ENVIRONMENT,
        ScheduleId.of("call", index),
        new WorkflowKey("w"),
        RecipientId.user("ada"),
        List.of(),
        Optional.of(NOW),
        Optional.empty(),
        Json.Obj.EMPTY,
        Optional.empty(),
        Optional.empty(),
        next,
        Optional.empty(),
        3,
        NOW,
        NOW);
  }
}
