package dev.carillon.functions.steps;

import static dev.carillon.functions.steps.StepsFixture.EMAIL;
import static dev.carillon.functions.steps.StepsFixture.FEED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.functions.steps.AdvanceRun.Result;
import dev.carillon.memory.recipient.InMemoryRecipients;
import dev.carillon.run.Wait;
import dev.carillon.runtime.Ports;
import dev.carillon.task.StepsTask;
import dev.carillon.task.Tasks;
import dev.carillon.timer.Minutes;
import dev.carillon.timer.Timer;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WaitingTest {
  private static final String HALF_A_MINUTE =
      StepsFixture.delay("{\"unit\": \"seconds\", \"value\": 30}");
  private static final String FORTY_DAYS =
      StepsFixture.delay("{\"unit\": \"days\", \"value\": 40}");

  private final StepsFixture stage = new StepsFixture();

  @Test
  void a_wait_is_listed_stored_and_armed_by_the_queue() {
    Instant start = stage.clock.instant();
    stage.given(FEED, HALF_A_MINUTE, EMAIL).start();
    Wait wait = stage.waiting();
    assertThat(wait.dueAt()).isEqualTo(start.plusSeconds(30));
    assertThat(wait.hintedMinute()).isEqualTo(Minutes.of(wait.dueAt()));
    assertThat(stage.run().status()).isEqualTo("paused");
    assertThat(stage.run().revision()).isEqualTo(1);
    assertThat(stage.ports.timers().all())
        .containsExactly(
            Timer.ofRun(
                StepsFixture.LOCAL,
                StepsFixture.TRIGGER,
                StepsFixture.ELLIE,
                Optional.empty(),
                wait.id(),
                0,
                wait.dueAt(),
                wait.hintedMinute()));
    assertThat(stage.ports.tasks().sent())
        .containsExactly(
            new Tasks.Sending(
                StepsFixture.wakeTask(StepsFixture.wakeOf(wait)), Duration.ofSeconds(30)));
    assertThat(stage.ports.minuteSchedules().standing()).isEmpty();
    assertThat(stage.logged("delay_started").text("until")).contains(wait.dueAt().toString());
  }

  @Test
  void the_run_goes_on_at_its_second_and_leaves_nothing_listed() {
    Instant start = stage.clock.instant();
    stage.given(FEED, HALF_A_MINUTE, EMAIL).start();
    stage.untilIdle();
    assertThat(stage.clock.instant()).isEqualTo(start.plusSeconds(30));
    assertThat(stage.run().status()).isEqualTo("completed");
    assertThat(stage.run().revision()).isEqualTo(2);
    assertThat(stage.log())
        .containsExactly(
            "message_enqueued feed",
            "delay_started wait",
            "delay_ended wait",
            "message_enqueued email",
            "run_completed");
    assertThat(stage.ports.timers().all()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"15, minutes, true", "901, seconds, false", "16, minutes, false", "40, days, false"})
  void up_to_a_quarter_of_an_hour_is_for_the_queue_and_more_for_one_schedule(
      int value, String unit, boolean queue) {
    stage.given(
        StepsFixture.delay("{\"unit\": \"%s\", \"value\": %d}".formatted(unit, value)), FEED);
    stage.start();
    Wait wait = stage.waiting();
    if (queue) {
      assertThat(stage.ports.tasks().sent()).hasSize(1);
      assertThat(stage.ports.minuteSchedules().standing()).isEmpty();
    } else {
      assertThat(stage.ports.tasks().sent()).isEmpty();
      assertThat(stage.ports.minuteSchedules().standing()).containsExactly(wait.hintedMinute());
    }
    assertThat(stage.ports.timers().all()).hasSize(1);
  }

  @Test
  void a_duplicate_of_the_start_sets_the_alarm_again() {
    stage.given(HALF_A_MINUTE, FEED).start();
    stage.clock.advance(Duration.ofSeconds(10));
    assertThat(stage.start()).isEqualTo(new Result.ArmedAgain(StepsFixture.RUN));
    assertThat(stage.ports.tasks().sent().getLast().delay()).isEqualTo(Duration.ofSeconds(20));
    assertThat(stage.run().revision()).isEqualTo(1);
  }

  @Test
  void an_early_wake_is_set_again_for_what_is_left() {
    stage.given(HALF_A_MINUTE, FEED).start();
    stage.clock.advance(Duration.ofSeconds(29));
    assertThat(stage.wake()).isEqualTo(new Result.ArmedAgain(StepsFixture.RUN));
    assertThat(stage.ports.tasks().sent().getLast())
        .isEqualTo(
            new Tasks.Sending(
                StepsFixture.wakeTask(StepsFixture.wakeOf(stage.waiting())),
                Duration.ofSeconds(1)));
    assertThat(stage.messages()).isEmpty();
  }

  @Test
  void a_wake_far_too_early_is_left_to_the_schedule() {
    stage.given(FORTY_DAYS, FEED).start();
    assertThat(stage.wake()).isEqualTo(new Result.ArmedAgain(StepsFixture.RUN));
    assertThat(stage.ports.tasks().sent()).isEmpty();
    assertThat(stage.ports.minuteSchedules().standing()).hasSize(1);
  }

  @Test
  void a_wake_of_another_wait_is_stale_and_its_hint_goes() {
    stage.given(HALF_A_MINUTE, FEED).start();
    Wait wait = stage.waiting();
    var stale = new StepsTask.Wake("0123456789abcdef", 0, wait.hintedMinute());
    stage.ports.timers().put(listed(stale));
    stage.clock.advance(Duration.ofSeconds(30));
    assertThat(stage.advance.handle(StepsFixture.wakeTask(stale)))
        .isEqualTo(new Result.ArmedAgain(StepsFixture.RUN));
    assertThat(stage.messages()).isEmpty();
    assertThat(stage.ports.timers().all())
        .extracting(Timer::name)
        .containsExactly(stage.run().id() + "#" + wait.id());
  }

  @Test
  void a_wake_of_an_earlier_generation_is_stale() {
    stage.given(HALF_A_MINUTE, FEED).start();
    Wait wait = stage.waiting();
    stage.clock.advance(Duration.ofSeconds(30));
    var later = new StepsTask.Wake(wait.id(), wait.generation() + 1, wait.hintedMinute());
    assertThat(stage.advance.handle(StepsFixture.wakeTask(later)))
        .isEqualTo(new Result.ArmedAgain(StepsFixture.RUN));
    assertThat(stage.messages()).isEmpty();
  }

  @Test
  void a_second_wake_finds_the_run_past() {
    stage.given(HALF_A_MINUTE, FEED).start();
    StepsTask.Wake wake = StepsFixture.wakeOf(stage.waiting());
    stage.clock.advance(Duration.ofSeconds(30));
    assertThat(stage.advance.handle(StepsFixture.wakeTask(wake))).isInstanceOf(Result.Moved.class);
    assertThat(stage.advance.handle(StepsFixture.wakeTask(wake)))
        .isEqualTo(new Result.Past(StepsFixture.RUN));
    assertThat(stage.messages()).hasSize(1);
  }

  @Test
  void a_wake_from_where_the_sweeper_listed_the_wait_anew_takes_both_hints() {
    stage.given(HALF_A_MINUTE, FEED).start();
    Wait wait = stage.waiting();
    stage.clock.advance(Duration.ofMinutes(10));
    var moved = new StepsTask.Wake(wait.id(), 0, Minutes.of(stage.clock.instant()));
    stage.ports.timers().put(listed(moved));
    assertThat(stage.ports.timers().all()).hasSize(2);
    stage.advance.handle(StepsFixture.wakeTask(moved));
    assertThat(stage.run().status()).isEqualTo("completed");
    assertThat(stage.ports.timers().all()).isEmpty();
  }

  @Test
  void a_hint_without_a_run_is_taken_off_the_list() {
    stage.given(FEED);
    var orphan = new StepsTask.Wake("0123456789abcdef", 0, Minutes.of(stage.clock.instant()));
    stage.ports.timers().put(listed(orphan));
    assertThat(stage.advance.handle(StepsFixture.wakeTask(orphan)))
        .isEqualTo(new Result.Past(StepsFixture.RUN));
    assertThat(stage.ports.timers().all()).isEmpty();
    assertThat(stage.ports.runs().find(StepsFixture.LOCAL, StepsFixture.RUN)).isEmpty();
  }

  @Test
  void what_was_cancelled_while_it_waits_ends_when_it_is_woken() {
    stage.given(FORTY_DAYS, FEED).start();
    stage.ports.triggers().cancel(StepsFixture.LOCAL, StepsFixture.TRIGGER, StepsFixture.ELLIE);
    assertThat(stage.wake()).isInstanceOf(Result.Moved.class);
    assertThat(stage.run().status()).isEqualTo("cancelled");
    assertThat(stage.log()).containsExactly("delay_started wait", "run_cancelled");
    assertThat(stage.ports.timers().all()).isEmpty();
    assertThat(stage.messages()).isEmpty();
  }

  @Test
  void a_run_whose_recipient_is_gone_when_it_wakes_ends_with_an_error() {
    stage.given(HALF_A_MINUTE, FEED).start();
    stage.clock.advance(Duration.ofSeconds(30));
    var nobody = new InMemoryRecipients();
    var without =
        (Ports)
            Proxy.newProxyInstance(
                Ports.class.getClassLoader(),
                new Class<?>[] {Ports.class},
                (_, method, arguments) ->
                    method.getName().equals("recipients")
                        ? nobody
                        : method.invoke(stage.ports, arguments));
    new StepsWiring(without, stage.outside)
        .advanceRun()
        .handle(StepsFixture.wakeTask(StepsFixture.wakeOf(stage.waiting())));
    assertThat(stage.log())
        .containsExactly("delay_started wait", "recipient_missing", "run_completed");
    assertThat(stage.run().errors()).isEqualTo(1);
    assertThat(stage.messages()).isEmpty();
    assertThat(stage.ports.timers().all()).isEmpty();
  }

  @Test
  void a_long_wait_keeps_its_trigger() {
    stage.given(FORTY_DAYS, FEED).start();
    stage.clock.set(stage.waiting().dueAt());
    stage.wake();
    assertThat(stage.messages()).hasSize(1);
  }

  @Test
  void many_waits_none_of_them_long_keep_their_trigger_too() {
    var steps = new String[7];
    for (int i = 0; i < 6; i++) {
      steps[i] =
          StepsFixture.delay("{\"unit\": \"days\", \"value\": 6}")
              .replace("\"wait\"", "\"wait" + i + "\"");
    }
    steps[6] = FEED;
    stage.given(steps).start();
    for (int i = 0; i < 6; i++) {
      stage.clock.set(stage.waiting().dueAt());
      stage.wake();
    }
    assertThat(stage.run().status()).isEqualTo("completed");
    assertThat(stage.messages()).hasSize(1);
  }

  @Test
  void steps_count_as_happening_when_the_wait_before_them_was_due() {
    stage.given(FEED, HALF_A_MINUTE, EMAIL).start();
    Instant dueAt = stage.waiting().dueAt();
    stage.clock.advance(Duration.ofHours(3));
    stage.wake();
    assertThat(stage.messages())
        .extracting(message -> message.id().time().getEpochSecond())
        .containsExactly(StepsFixture.TRIGGER.time().getEpochSecond(), dueAt.getEpochSecond());
  }

  @Test
  void waits_of_one_run_have_ids_of_their_own() {
    stage.given(HALF_A_MINUTE, HALF_A_MINUTE.replace("\"wait\"", "\"wait2\""), FEED).start();
    Wait first = stage.waiting();
    stage.clock.set(first.dueAt());
    stage.wake();
    Wait second = stage.waiting();
    assertThat(second.id()).isNotEqualTo(first.id());
    assertThat(stage.advance.handle(StepsFixture.wakeTask(StepsFixture.wakeOf(first))))
        .isEqualTo(new Result.ArmedAgain(StepsFixture.RUN));
    assertThat(stage.ports.timers().all())
        .extracting(Timer::name)
        .containsExactly(stage.run().id() + "#" + second.id());
  }

  private static Timer listed(StepsTask.Wake wake) {
    return Timer.ofRun(
        StepsFixture.LOCAL,
        StepsFixture.TRIGGER,
        StepsFixture.ELLIE,
        Optional.empty(),
        wake.waitId(),
        wake.generation(),
        Minutes.start(wake.minute()),
        wake.minute());
  }
}
