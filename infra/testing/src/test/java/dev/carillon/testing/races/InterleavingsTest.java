package dev.carillon.testing.races;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Whatever the order in which functions that are at work at once call their ports. */
class InterleavingsTest {
  private static final int AT_ONCE = 1;
  private static final int BY_CHANCE = 300;

  @Test
  void two_wakes_of_one_wait_resume_it_once() {
    in_every_order(Races.wakes(2));
  }

  @Test
  void three_wakes_of_one_wait_resume_it_once() {
    in_every_order(Races.wakes(3));
  }

  @Test
  void after_a_cancellation_a_wake_sends_nothing() {
    in_every_order(Races.cancelAgainstWakes(1));
  }

  @Test
  void after_a_cancellation_no_wake_sends_anything() {
    in_every_order(Races.cancelAgainstWakes(2));
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
    in_every_order(Races.deliveries(3));
  }

  @Test
  void two_starts_of_one_run_make_one_run() {
    in_every_order(Races.starts(2));
  }

  @Test
  void a_run_says_what_it_sent_though_its_recipient_changes_meanwhile() {
    in_every_order(Races.startsAgainstChange());
  }

  @Test
  void two_calls_with_one_key_are_one_trigger() {
    in_every_order(Races.calls(2));
  }

  @Test
  void of_two_openers_of_a_batch_one_holds_it() {
    in_every_order(Races.openers("digest", 2));
    in_every_order(Races.openers("sliding", 2));
    in_every_order(Races.openers("leading", 2));
  }

  @Test
  void a_close_that_is_moved_back_while_the_run_that_waits_for_it_is_stored_is_not_missed() {
    in_every_order(Races.openersOfWhatIsMovedBack());
  }

  @Test
  void of_three_openers_of_a_batch_one_holds_it() {
    in_every_order(Races.openers("digest", 3));
  }

  @Test
  void what_is_added_while_the_timer_closes_is_in_that_batch_or_the_next() {
    in_every_order(Races.addsAgainstTimer("digest", 1));
    in_every_order(Races.addsAgainstTimer("sliding", 1));
    in_every_order(Races.addsAgainstTimer("leading", 1));
  }

  @Test
  void what_two_add_while_the_timer_closes_is_in_that_batch_or_the_next() {
    in_every_order(Races.addsAgainstTimer("digest", 2));
  }

  @Test
  void a_batch_with_room_for_one_takes_one_and_closes_at_once() {
    in_every_order(Races.addsAgainstTheMost(2));
    in_every_order(Races.theMostAgainstTimer());
  }

  @Test
  void of_three_for_whom_there_is_room_for_one_two_are_in_the_next_batch() {
    in_every_order(Races.addsAgainstTheMost(3));
  }

  @Test
  void a_batch_that_is_flushed_while_others_come_or_its_timer_goes_off_adds_up() {
    in_every_order(Races.flushAgainst(true));
    in_every_order(Races.flushAgainst(false));
  }

  @Test
  void a_batch_is_closed_once_however_often_it_is_woken() {
    in_every_order(Races.closes(2));
  }

  @Test
  void who_is_cancelled_while_a_batch_closes_counts_or_does_not_and_the_others_do() {
    in_every_order(Races.cancelAgainstClose(1));
    in_every_order(Races.cancelAgainstClose(2));
  }

  @Test
  void a_holder_that_is_cancelled_while_others_come_closes_for_them() {
    in_every_order(Races.cancelAgainstCloseAndAdd());
  }

  @Test
  void a_run_that_is_cancelled_as_it_joins_holds_the_batch_for_others_or_never_comes_in() {
    in_every_order(Races.cancelAgainstJoin());
  }

  @Test
  void of_two_runs_on_a_budget_of_two_both_pass() {
    in_every_order(BudgetRaces.passers(2, 2));
  }

  @Test
  void of_two_runs_on_one_slot_one_passes() {
    in_every_order(BudgetRaces.passers(2, 1));
  }

  @Test
  void of_three_runs_on_one_slot_one_passes() {
    in_every_order(BudgetRaces.passers(3, 1));
  }

  @Test
  void of_three_runs_on_a_budget_of_two_two_pass() {
    in_every_order(BudgetRaces.passers(3, 2));
  }

  @Test
  void of_many_runs_on_a_budget_as_many_pass_as_it_has_room_for() {
    holds(new Interleavings(BudgetRaces.passers(64, 5)).random(50, 1, AT_ONCE));
  }

  @Test
  void a_copy_of_a_task_uses_no_budget_of_its_own() {
    in_every_order(BudgetRaces.passersTwice());
  }

  @Test
  void whoever_finds_no_room_on_one_slot_is_in_the_batch() {
    in_every_order(BudgetRaces.overflowing(2));
  }

  @Test
  void an_event_and_the_timeout_of_who_waits_for_it_resume_it_once() {
    in_every_order(EventRaces.eventAgainstTimeout(1));
  }

  @Test
  void two_wakes_of_a_held_message_send_it_once() {
    in_every_order(EventRaces.wakesOfAHeldMessage());
  }

  @Test
  void two_wakes_of_a_run_in_quiet_hours_resume_it_once() {
    in_every_order(EventRaces.wakesOfAHeldRun());
  }

  @Test
  void two_starts_of_a_run_by_clocks_between_which_quiet_hours_end_or_begin_send_once() {
    in_every_order(EventRaces.startsAcrossTheOpening());
    in_every_order(EventRaces.startsAcrossTheClosing());
  }

  @Test
  void a_held_message_that_is_cancelled_as_its_window_opens_is_sent_or_said_not_to_be() {
    in_every_order(EventRaces.cancelAgainstAHeldMessage());
  }

  @Test
  void a_schedule_that_is_told_twice_that_it_is_time_occurs_once() {
    in_every_order(EventRaces.occurrences());
  }

  @Test
  void a_schedule_that_is_deleted_as_it_is_due_occurs_once_or_not() {
    in_every_order(EventRaces.deletedAgainstOccurrence());
  }

  @Test
  void a_schedule_that_is_changed_as_it_is_due_occurs_once() {
    in_every_order(EventRaces.changedAgainstOccurrence());
  }

  @Test
  void after_the_cancellation_of_a_subscriber_a_fan_out_starts_nothing_that_sends_to_it() {
    in_every_order(EventRaces.cancelOfOneAgainstSubscribers());
  }

  /** And in some by chance, which are picked without knowing which calls notice each other. */
  private static void in_every_order(Race race) {
    var interleavings = new Interleavings(race);
    holds(interleavings.all(AT_ONCE));
    holds(interleavings.random(BY_CHANCE, 1, AT_ONCE));
  }

  private static void holds(Interleavings.Report report) {
    System.out.printf(
        "interleavings: %-40s %-22s %6d orders of up to %3d calls, for %,.0f%n",
        report.race(), report.kind(), report.tried(), report.longest(), report.standFor());
    assertThat(report.failures()).isEmpty();
  }
}
