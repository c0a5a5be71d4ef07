package dev.carillon.functions.wake;

import static dev.carillon.functions.wake.Belfry.MINUTE;
import static dev.carillon.functions.wake.Belfry.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.message.MessageId;
import dev.carillon.recipient.RecipientId;
import dev.carillon.recipient.TenantId;
import dev.carillon.schedule.ScheduleId;
import dev.carillon.task.DeliveryTask;
import dev.carillon.task.FanoutTask;
import dev.carillon.task.Task;
import dev.carillon.task.Tasks;
import dev.carillon.task.WakeTask;
import dev.carillon.timer.Timers;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DrainMinuteTest {
  private final Belfry belfry = new Belfry();

  @Test
  void a_schedule_starts_a_task_for_each_shard() {
    belfry.drain.handle(new WakeTask.Drain(MINUTE, Optional.empty()));
    assertThat(belfry.ports.tasks().queued())
        .containsExactlyElementsOf(
            IntStream.range(0, Timers.SHARDS)
                .mapToObj(
                    shard ->
                        (Task)
                            new WakeTask.Drain(
                                MINUTE, Optional.of(new WakeTask.Part(shard, Optional.empty()))))
                .toList());
  }

  @Test
  void every_wait_of_the_minute_is_woken_and_stays_listed_until_its_run_goes_on() {
    belfry.clock.set(NOW.minus(Duration.ofMinutes(5)));
    for (int i = 0; i < 60; i++) {
      belfry.given("user-" + i, NOW.plusSeconds(i));
    }
    var other = belfry.given("other", NOW.plusSeconds(60));
    belfry.drainAll(MINUTE);
    assertThat(belfry.wakes())
        .hasSize(60)
        .doesNotContain(new Tasks.Sending(Belfry.wakeOf(other), Duration.ofMinutes(6)))
        .contains(
            new Tasks.Sending(Belfry.wakeOf(Belfry.wait("user-0", NOW)), Duration.ofMinutes(5)),
            new Tasks.Sending(
                Belfry.wakeOf(Belfry.wait("user-59", NOW.plusSeconds(59))),
                Duration.ofSeconds(359)));
    assertThat(belfry.ports.timers().all()).hasSize(61);
  }

  @Test
  void messages_that_are_held_back_and_schedules_are_sent_to_who_carries_them_out() {
    belfry.given(Belfry.message(NOW.plusSeconds(20)));
    belfry.given(Belfry.schedule(NOW.plusSeconds(40)));
    belfry.drainAll(MINUTE);
    assertThat(belfry.ports.tasks().sent())
        .contains(
            new Tasks.Sending(
                new DeliveryTask.Deliver(
                    Belfry.LOCAL,
                    new MessageId("37pcsdaWZgZounTGP8TSxTMWo8w"),
                    Optional.of(new TenantId("ingen")),
                    1,
                    Optional.of(
                        new DeliveryTask.Cancellable(Belfry.TRIGGER, RecipientId.user("ellie"))),
                    OptionalLong.of(MINUTE)),
                Duration.ofSeconds(20)),
            new Tasks.Sending(
                new FanoutTask.Fire(Belfry.LOCAL, ScheduleId.of("request", 0), 4, MINUTE),
                Duration.ofSeconds(40)));
    assertThat(belfry.ports.timers().all()).hasSize(2);
  }

  @Test
  void a_full_shard_is_drained_a_page_at_a_time() {
    IntStream.range(0, 3_000).forEach(i -> belfry.given("user-" + i, NOW));
    var drains = belfry.drainAll(MINUTE);
    assertThat(drains.size()).isGreaterThan(1 + Timers.SHARDS);
    assertThat(belfry.wakes()).hasSize(3_000).doesNotHaveDuplicates();
  }

  @Test
  void what_is_overdue_is_woken_at_once() {
    belfry.given("late", NOW);
    belfry.clock.advance(Duration.ofHours(3));
    belfry.drainAll(MINUTE);
    assertThat(belfry.wakes()).extracting(Tasks.Sending::delay).containsExactly(Duration.ZERO);
  }

  @Test
  void what_is_further_off_than_a_queue_can_hold_is_held_as_long_as_it_can() {
    belfry.given("far", NOW);
    belfry.clock.set(NOW.minus(Duration.ofHours(1)));
    belfry.drainAll(MINUTE);
    assertThat(belfry.wakes()).extracting(Tasks.Sending::delay).containsExactly(Tasks.MAX_DELAY);
  }

  @Test
  void a_drain_done_twice_wakes_twice_and_changes_nothing() {
    var item = belfry.given("ellie", NOW);
    belfry.drainAll(MINUTE);
    belfry.drainAll(MINUTE);
    assertThat(belfry.wakes())
        .containsExactly(
            new Tasks.Sending(Belfry.wakeOf(item), Duration.ZERO),
            new Tasks.Sending(Belfry.wakeOf(item), Duration.ZERO));
    assertThat(belfry.ports.timers().all()).containsExactly(item);
  }
}
