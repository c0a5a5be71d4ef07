package dev.carillon.testing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Whatever the order in which functions that are at work at once call their ports. */
class InterleavingsTest {
  private static final int AT_ONCE = 1;
  private static final int BY_CHANCE = 10_000;
  private static final int PREEMPTIONS = 2;

  @Test
  void two_wakes_of_one_wait_resume_it_once() {
    in_every_order(Races.wakes(2));
  }

  @Test
  void three_wakes_of_one_wait_resume_it_once() {
    in_many_orders(Races.wakes(3));
  }

  @Test
  void after_a_cancellation_a_wake_sends_nothing() {
    in_every_order(Races.cancelAgainstWakes(1));
  }

  @Test
  void after_a_cancellation_no_wake_sends_anything() {
    in_many_orders(Races.cancelAgainstWakes(2));
  }

  @Test
  void after_a_cancellation_a_fan_out_starts_nothing_that_sends() {
    in_every_order(Races.cancelAgainstFanout());
  }

  @Test
  void a_cancellation_comes_before_its_trigger_or_after_it() {
    in_every_order(Races.cancelAgainstTrigger());
  }

  @Test
  void a_cancelled_message_is_sent_or_said_not_to_be() {
    in_every_order(Races.cancelAgainstDelivery());
  }

  @Test
  void two_deliveries_of_one_message_send_it_once() {
    in_every_order(Races.deliveries(2));
  }

  @Test
  void three_deliveries_of_one_message_send_it_once() {
    in_many_orders(Races.deliveries(3));
  }

  @Test
  void two_starts_of_one_run_make_one_run() {
    in_every_order(Races.starts(2));
  }

  @Test
  void two_calls_with_one_key_are_one_trigger() {
    in_every_order(Races.calls(2));
  }

  private static void in_every_order(Race race) {
    holds(new Interleavings(race).all(AT_ONCE));
  }

  private static void in_many_orders(Race race) {
    var interleavings = new Interleavings(race);
    holds(interleavings.preempting(PREEMPTIONS, AT_ONCE));
    holds(interleavings.random(BY_CHANCE, 1, AT_ONCE));
  }

  private static void holds(Interleavings.Report report) {
    System.out.printf(
        "interleavings: %-40s %-22s %6d orders of up to %3d calls, for %,d%n",
        report.race(), report.kind(), report.tried(), report.longest(), report.standFor());
    assertThat(report.failures()).isEmpty();
  }
}
