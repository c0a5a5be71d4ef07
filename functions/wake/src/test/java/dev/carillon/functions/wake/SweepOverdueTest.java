package dev.carillon.functions.wake;

import static dev.carillon.functions.wake.Belfry.MINUTE;
import static dev.carillon.functions.wake.Belfry.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.runtime.Log;
import dev.carillon.task.Tasks;
import dev.carillon.task.WakeTask;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SweepOverdueTest {
  private final Belfry belfry = new Belfry();

  @Test
  void a_wait_whose_wake_was_lost_is_woken_and_listed_anew_under_the_present_minute() {
    var item = belfry.given("ellie", NOW.minusSeconds(150));
    belfry.sweep.handle();
    assertThat(belfry.ports.timers().all()).containsExactly(item.listedAt(MINUTE));
    assertThat(belfry.wakes())
        .containsExactly(new Tasks.Sending(Belfry.wakeOf(item.listedAt(MINUTE)), Duration.ZERO));
    assertThat(belfry.ports.timers().watermark()).hasValue(MINUTE - 2);
  }

  @Test
  void what_may_still_be_on_its_way_is_left_alone() {
    var one = belfry.given("one", NOW.minusSeconds(60));
    var two = belfry.given("two", NOW);
    var three = belfry.given("three", NOW.plusSeconds(60));
    belfry.sweep.handle();
    assertThat(belfry.wakes()).isEmpty();
    assertThat(belfry.ports.timers().all()).containsExactlyInAnyOrder(one, two, three);
  }

  @Test
  void a_wake_that_is_lost_again_is_sent_again() {
    belfry.given("ellie", NOW.minusSeconds(180));
    for (int i = 0; i < 10; i++) {
      belfry.sweep.handle();
      belfry.clock.advance(Duration.ofMinutes(1));
    }
    assertThat(belfry.wakes()).hasSize(5);
    assertThat(belfry.ports.timers().all()).hasSize(1);
  }

  @Test
  void a_sweep_that_dies_leaves_the_wait_listed() {
    belfry.given("ellie", NOW.minusSeconds(180));
    Tasks down =
        _ -> {
          throw new IllegalStateException("queue down");
        };
    var dying = new SweepOverdue(belfry.ports.timers(), down, belfry.clock, belfry.ports.log());
    assertThatThrownBy(dying::handle).hasMessage("queue down");
    assertThat(belfry.ports.timers().watermark()).isEmpty();
    belfry.sweep.handle();
    assertThat(belfry.wakes()).hasSize(1);
    assertThat(belfry.ports.timers().all()).hasSize(1);
  }

  @Test
  void what_a_clock_that_lags_lists_behind_the_watermark_is_woken_all_the_same() {
    belfry.clock.advance(Duration.ofMinutes(5));
    belfry.sweep.handle();
    belfry.clock.advance(Duration.ofMinutes(-5));
    var item = belfry.given("ellie", NOW.minus(Duration.ofMinutes(5)));
    belfry.clock.advance(Duration.ofMinutes(1));
    belfry.sweep.handle();
    assertThat(belfry.ports.timers().watermark()).hasValue(MINUTE + 3);
    assertThat(belfry.ports.timers().all()).containsExactly(item.listedAt(MINUTE + 1));
    assertThat(belfry.wakes()).hasSize(1);
  }

  @Test
  void the_watermark_never_goes_back() {
    belfry.sweep.handle();
    belfry.clock.advance(Duration.ofMinutes(-30));
    belfry.sweep.handle();
    assertThat(belfry.ports.timers().watermark()).hasValue(MINUTE - 2);
  }

  @Test
  void what_nothing_woke_within_a_day_is_woken_once_an_hour_from_then_on() {
    belfry.given("ellie", NOW.minusSeconds(180));
    sweepEachMinuteFor(Duration.ofHours(24));
    int wakesOfADay = belfry.wakes().size();
    sweepEachMinuteFor(Duration.ofHours(24));
    assertThat(wakesOfADay).isGreaterThan(24 * 20);
    assertThat(belfry.wakes().size() - wakesOfADay).isBetween(23, 24);
    assertThat(belfry.ports.timers().all()).hasSize(1);
  }

  @Test
  void what_is_stuck_is_woken_with_where_it_is_listed_now_so_that_whoever_it_wakes_takes_it_off() {
    var item = belfry.given("ellie", NOW.minusSeconds(180));
    belfry.sweep.handle();
    belfry.clock.advance(Duration.ofHours(25));
    belfry.sweep.handle();
    var listed = item.listedAt(MINUTE + 26 * 60);
    assertThat(belfry.ports.timers().all()).containsExactly(listed);
    assertThat(belfry.wakes().getLast())
        .isEqualTo(new Tasks.Sending(Belfry.wakeOf(listed), Duration.ZERO));
  }

  @Test
  void messages_and_schedules_that_were_lost_are_sent_again_with_where_they_are_listed_now() {
    var message = belfry.given(Belfry.message(NOW.minusSeconds(180)));
    var schedule = belfry.given(Belfry.schedule(NOW.minusSeconds(180)));
    belfry.sweep.handle();
    assertThat(belfry.ports.timers().all())
        .containsExactlyInAnyOrder(message.listedAt(MINUTE), schedule.listedAt(MINUTE));
    assertThat(belfry.ports.tasks().queued())
        .containsExactlyInAnyOrder(
            message.listedAt(MINUTE).task(), schedule.listedAt(MINUTE).task());
  }

  @Test
  void what_is_stuck_is_named_in_the_log() {
    var items =
        List.of(
            Belfry.wait("ellie", NOW.minusSeconds(180)),
            Belfry.message(NOW.minusSeconds(180)),
            Belfry.schedule(NOW.minusSeconds(180)));
    items.forEach(belfry::given);
    var lines = new ByteArrayOutputStream();
    var sweep =
        new SweepOverdue(
            belfry.ports.timers(),
            belfry.ports.tasks(),
            belfry.clock,
            new Log(
                new PrintStream(lines, true, StandardCharsets.UTF_8),
                belfry.clock,
                Optional.empty()));
    sweep.handle();
    belfry.clock.advance(Duration.ofDays(2));
    sweep.handle();
    assertThat(belfry.ports.timers().all()).hasSize(3);
    assertThat(lines.toString(StandardCharsets.UTF_8).lines().filter(it -> it.contains("stuck")))
        .hasSize(3)
        .allMatch(line -> items.stream().anyMatch(item -> line.contains(item.name())));
  }

  @Test
  void after_two_days_of_silence_nothing_counts_as_stuck_before_it_was_woken() {
    belfry.sweep.handle();
    var item = belfry.given("ellie", NOW.plusSeconds(60));
    belfry.clock.advance(Duration.ofDays(2));
    sweepAll();
    assertThat(belfry.wakes())
        .extracting(Tasks.Sending::task)
        .containsExactly(Belfry.wakeOf(item.listedAt(MINUTE + Duration.ofDays(2).toMinutes())));
    assertThat(belfry.ports.timers().all())
        .containsExactly(item.listedAt(MINUTE + Duration.ofDays(2).toMinutes()));
  }

  @Test
  void a_long_outage_is_made_good_in_further_tasks() {
    belfry.sweep.handle();
    IntStream.range(0, 500)
        .forEach(i -> belfry.given("user-" + i, NOW.plus(Duration.ofMinutes(i))));
    belfry.clock.advance(Duration.ofDays(1));
    int sweeps = sweepAll();
    assertThat(sweeps).isGreaterThan(1);
    assertThat(belfry.wakes()).hasSize(500);
    assertThat(belfry.ports.timers().watermark())
        .hasValue(MINUTE + Duration.ofDays(1).toMinutes() - 2);
  }

  @Test
  void more_than_a_page_of_lost_wakes_in_one_minute_is_swept_whole() {
    Instant dueAt = NOW.minusSeconds(180);
    IntStream.range(0, 2_500).forEach(i -> belfry.given("user-" + i, dueAt));
    belfry.sweep.handle();
    assertThat(belfry.wakes()).hasSize(2_500).doesNotHaveDuplicates();
    assertThat(belfry.listed(MINUTE - 3)).isEmpty();
  }

  private void sweepEachMinuteFor(Duration time) {
    for (long i = 0; i < time.toMinutes(); i++) {
      belfry.sweep.handle();
      belfry.clock.advance(Duration.ofMinutes(1));
    }
  }

  /** Sweeps until no further task is asked for; gives how many sweeps it took. */
  private int sweepAll() {
    int sweeps = 0;
    belfry.ports.tasks().send(new WakeTask.Sweep());
    for (var next = belfry.ports.tasks().receive(WakeTask.Sweep.class::isInstance, 1);
        !next.isEmpty();
        next = belfry.ports.tasks().receive(WakeTask.Sweep.class::isInstance, 1)) {
      belfry.sweep.handle();
      belfry.ports.tasks().acknowledge(next.getFirst());
      sweeps++;
    }
    return sweeps;
  }
}
