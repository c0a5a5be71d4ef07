package dev.carillon.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.memory.waiting.InMemoryMinuteSchedules;
import dev.carillon.task.Task;
import dev.carillon.task.Tasks;
import dev.carillon.task.WakeTask;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InMemoryTasksTest {
  private static final Task SWEEP = new WakeTask.Sweep();
  private static final Task DRAIN = new WakeTask.Drain(7, Optional.empty());

  private final MutableClock clock = new MutableClock(Instant.parse("2026-01-05T09:00:00Z"));
  private final InMemoryTasks tasks = new InMemoryTasks(clock);

  @Test
  void a_task_is_received_when_its_delay_has_passed_rounded_up_to_seconds() {
    tasks.send(SWEEP, Duration.ofMillis(1_001));
    clock.advance(Duration.ofMillis(1_999));
    assertThat(tasks.receive()).isEmpty();
    assertThat(tasks.next()).contains(Instant.parse("2026-01-05T09:00:02Z"));
    clock.advance(Duration.ofMillis(1));
    assertThat(tasks.receive()).map(InMemoryTasks.Received::task).contains(SWEEP);
  }

  @Test
  void no_queue_holds_a_task_back_for_more_than_a_quarter_of_an_hour() {
    tasks.send(SWEEP, Duration.ofDays(1));
    clock.advance(Tasks.MAX_DELAY);
    assertThat(tasks.receive()).isPresent();
  }

  @Test
  void who_received_a_task_has_it_alone_until_it_is_given_back_or_acknowledged() {
    tasks.send(SWEEP);
    tasks.send(DRAIN);
    var first = tasks.receive().orElseThrow();
    assertThat(first.task()).isEqualTo(SWEEP);
    assertThat(tasks.receive(task -> task.equals(SWEEP), 10)).isEmpty();
    tasks.giveBack(first, Duration.ofSeconds(5));
    assertThat(tasks.receive(task -> task.equals(SWEEP), 10)).isEmpty();
    clock.advance(Duration.ofSeconds(5));
    var again = tasks.receive(task -> task.equals(SWEEP), 10).getFirst();
    assertThat(again.receives()).isEqualTo(2);
    tasks.acknowledge(again);
    tasks.acknowledge(again);
    tasks.giveBack(again);
    assertThat(tasks.queued()).containsExactly(DRAIN);
    assertThat(tasks.sent())
        .isEqualTo(
            List.of(
                new Tasks.Sending(SWEEP, Duration.ZERO), new Tasks.Sending(DRAIN, Duration.ZERO)));
  }

  @Test
  void a_schedule_goes_off_some_minutes_early_and_is_gone() {
    var schedules = new InMemoryMinuteSchedules();
    schedules.ensure(20);
    schedules.ensure(20);
    schedules.ensure(21);
    assertThat(schedules.standing()).containsExactly(20L, 21L);
    assertThat(schedules.fire(Instant.ofEpochSecond(15 * 60 - 1))).isEmpty();
    assertThat(schedules.fire(Instant.ofEpochSecond(15 * 60))).containsExactly(20L);
    assertThat(schedules.next()).contains(Instant.ofEpochSecond(16 * 60));
  }
}
