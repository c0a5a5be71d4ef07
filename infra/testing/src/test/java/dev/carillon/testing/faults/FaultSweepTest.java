package dev.carillon.testing.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.functions.delivery.SendMessage.Sent;
import dev.carillon.message.Attempt;
import dev.carillon.provider.DeliveryResult;
import dev.carillon.testing.scenarios.AudienceScenarios;
import dev.carillon.testing.scenarios.BroadcastScenarios;
import dev.carillon.testing.scenarios.CancelScenarios;
import dev.carillon.testing.scenarios.DeletionScenarios;
import dev.carillon.testing.scenarios.DeliveryScenarios;
import dev.carillon.testing.scenarios.HookScenarios;
import dev.carillon.testing.scenarios.Scenario;
import dev.carillon.testing.scenarios.Scenarios;
import dev.carillon.testing.scenarios.ScheduleScenarios;
import dev.carillon.testing.scenarios.SourceScenarios;
import dev.carillon.testing.scenarios.TestWorkflows;
import dev.carillon.testing.scenarios.TrackingScenarios;
import dev.carillon.testing.scenarios.WatchedFeeds;
import dev.carillon.testing.scenarios.WindowScenarios;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** One fault anywhere, of any kind, changes nothing about how it ends. */
class FaultSweepTest {
  private static final AtomicInteger TRIED = new AtomicInteger();

  /** The plots in which somebody waits for more than a quarter of an hour. */
  private static final Set<String> LONG = Set.of("later", "quiet", "held", "at-last");

  @AfterAll
  static void count() {
    System.out.printf("sweep: %,d positions tried in all%n", TRIED.get());
  }

  @Test
  void a_comment_reaches_feed_webhook_and_email() {
    ends_as_without_fault(Scenarios.comments());
  }

  @Test
  void a_cancellation_reaches_all() {
    ends_as_without_fault(CancelScenarios.cancelled(List.of()));
  }

  @Test
  void a_cancellation_reaches_whom_it_names() {
    ends_as_without_fault(CancelScenarios.cancelled(List.of("bob")));
  }

  @Test
  void a_cancellation_overtakes_its_runs() {
    // A trigger that hangs lets its runs begin before the client gets to cancelling.
    ends_as_without_fault(
        CancelScenarios.cancelledAtOnce(), EnumSet.complementOf(EnumSet.of(Fault.HANGS)));
  }

  @Test
  void a_cancellation_leaves_no_message_behind() {
    var report =
        new FaultSweep(CancelScenarios.cancelledWhenIdle())
            .forbidding(FaultSweep.Forbidding.WHAT_IS_WRONG)
            .run();
    print(report);
    assertThat(report.failures()).isEmpty();
  }

  @Test
  void a_batch_outlives_whoever_opened_it() {
    holds_whatever_happens(CancelScenarios.holderCancelled());
  }

  @TestFactory
  Stream<DynamicTest> every_kind_of_step_gets_through() {
    return TestWorkflows.ALL.keySet().stream()
        .filter(key -> !key.equals("child")) // told by parent
        .sorted()
        .map(
            key ->
                LONG.contains(key) ? Scenarios.plot(key, 1, List.of("ana")) : Scenarios.plot(key))
        .map(plot -> DynamicTest.dynamicTest(plot.name(), () -> holds_whatever_happens(plot)));
  }

  @Test
  void webhooks_hear_of_everything_at_least_once_under_one_id() {
    ends_as_without_fault(HookScenarios.told());
  }

  @Test
  void the_owner_of_a_webhook_that_is_given_up_is_mailed_once() {
    ends_as_without_fault(HookScenarios.givenUp());
  }

  @Test
  void webhooks_hear_of_a_commit_whatever_befalls_the_call_that_makes_it() {
    ends_as_without_fault(HookScenarios.committed());
  }

  @Test
  void a_stream_has_everything_at_least_once_under_one_id() {
    ends_as_without_fault(HookScenarios.streamed());
  }

  @Test
  void an_event_of_a_source_does_what_it_is_mapped_to_once() {
    ends_as_without_fault(SourceScenarios.came());
  }

  @Test
  void who_comes_into_an_audience_triggers_once_and_leaves_once() {
    ends_as_without_fault(AudienceScenarios.entered());
    ends_as_without_fault(AudienceScenarios.joined());
    ends_as_without_fault(AudienceScenarios.reconsidered());
  }

  @Test
  void a_broadcast_reaches_each_of_its_audience_once_and_the_sweeper_finds_it() {
    // Sixteen parts of an audience do the same, so that it is told for the faults that leave most.
    ends_as_without_fault(
        BroadcastScenarios.sentLate(), EnumSet.of(Fault.CRASH_AFTER, Fault.OVERTAKEN));
  }

  @Test
  void a_delay_of_forty_days_ends() {
    ends_as_without_fault(Scenarios.fortyDays());
  }

  @Test
  void the_sweeper_wakes_what_nothing_else_does() {
    ends_as_without_fault(Scenarios.sleptIn());
  }

  @Test
  void a_mail_waits_for_its_window() {
    ends_as_without_fault(WindowScenarios.windowed("mail", WindowScenarios.HELD_MAIL));
  }

  @Test
  void an_item_of_a_feed_waits_for_its_window() {
    ends_as_without_fault(WindowScenarios.windowed("item", WindowScenarios.HELD_ITEM));
  }

  @Test
  void a_mail_is_cancelled_before_its_window_opens() {
    ends_as_without_fault(WindowScenarios.windowedAndCancelled());
  }

  @Test
  void the_sweeper_sends_what_was_held_back_and_lost() {
    ends_as_without_fault(WindowScenarios.windowedAndLost());
  }

  @Test
  void a_schedule_lives_its_life() {
    ends_as_without_fault(ScheduleScenarios.scheduled());
  }

  @Test
  void the_sweeper_finds_the_occurrences_that_nothing_else_does() {
    ends_as_without_fault(ScheduleScenarios.sleptThroughSchedule());
  }

  @Test
  void nothing_is_left_of_who_is_deleted() {
    // What hangs until all of the deletion is done says what it knew before: the README tells.
    ends_as_without_fault(
        DeletionScenarios.deleted(), EnumSet.complementOf(EnumSet.of(Fault.HANGS)));
  }

  @Test
  void a_run_that_waits_for_an_event_hears_it() {
    ends_as_without_fault(Scenarios.heard());
  }

  @Test
  void a_feed_is_seen_as_a_whole() {
    ends_as_without_fault(Scenarios.markedAll());
  }

  @Test
  void an_open_and_a_click_are_recorded_once_and_heard() {
    ends_as_without_fault(TrackingScenarios.clicked());
  }

  @Test
  void who_has_the_feed_open_is_told_of_what_is_new() {
    ends_as_without_fault(WatchedFeeds.watched());
  }

  @Test
  void an_object_reaches_its_subscribers() {
    ends_as_without_fault(Scenarios.subscribed());
  }

  @Test
  void an_object_reaches_a_crowd_of_subscribers_in_pieces() {
    ends_as_without_fault(Scenarios.crowded());
  }

  @Test
  void a_channel_that_sends_at_most_once_never_sends_twice() {
    var report =
        new FaultSweep(Scenarios.atMostOnce())
            .forbidding(FaultSweep.Forbidding.WHAT_IS_WRONG)
            .run();
    print(report);
    assertThat(report.failures()).isEmpty();
  }

  @Test
  void a_provider_that_is_down_for_good_is_given_up() {
    var busy =
        new Sent(
            new DeliveryResult.Deferred("status 503", Optional.empty()),
            Optional.of(new Attempt.Answer(503, "")));
    ends_as_without_fault(Scenarios.failing("503 for ever", it -> it.email().saysAlways(busy)));
  }

  @Test
  void a_provider_that_recovers_gets_its_message() {
    var busy =
        new Sent(
            new DeliveryResult.Deferred("status 503", Optional.empty()),
            Optional.of(new Attempt.Answer(503, "")));
    ends_as_without_fault(Scenarios.failing("503 twice", it -> it.email().says(busy, busy)));
  }

  @Test
  void a_provider_that_does_not_answer_gets_its_message() {
    ends_as_without_fault(
        Scenarios.failing(
            "no answer",
            it -> it.email().says(new Sent(new DeliveryResult.Ambiguous("no_answer")))));
  }

  @Test
  void a_provider_that_refuses_is_not_asked_again() {
    var refused =
        new Sent(
            new DeliveryResult.Rejected("status 400"), Optional.of(new Attempt.Answer(400, "no")));
    ends_as_without_fault(Scenarios.failing("refused", it -> it.email().saysAlways(refused)));
  }

  @Test
  void another_channel_takes_over() {
    ends_as_without_fault(DeliveryScenarios.takenOver());
  }

  @Test
  void what_may_have_been_sent_stays_with_its_channel() {
    ends_as_without_fault(DeliveryScenarios.bound());
  }

  @Test
  void an_outage_passes() {
    // Long, so that it is told for the faults that leave most behind.
    ends_as_without_fault(
        DeliveryScenarios.outage(), EnumSet.of(Fault.CRASH_AFTER, Fault.OVERTAKEN));
  }

  @Test
  void a_rate_is_kept() {
    ends_as_without_fault(DeliveryScenarios.limited());
  }

  @Test
  void a_provider_is_asked_what_became_of_a_mail() {
    ends_as_without_fault(DeliveryScenarios.polled());
  }

  @Test
  void a_report_by_an_id_of_the_providers_is_not_lost() {
    ends_as_without_fault(DeliveryScenarios.reportedEarly());
  }

  @Test
  void an_address_that_mail_comes_back_from_gets_no_more() {
    ends_as_without_fault(DeliveryScenarios.suppressed());
  }

  @Test
  void a_dead_token_is_forgotten() {
    // It stays where nobody remembers that the other one was not dead.
    var report = holds_whatever_happens(DeliveryScenarios.tokenGone());
    assertThat(report.faultless().lines()).contains(DeliveryScenarios.ONE_TOKEN_LEFT);
  }

  @Test
  void a_message_is_tried_again_by_hand() {
    // Who calls again because the answer hangs is told that it is being tried.
    ends_as_without_fault(
        DeliveryScenarios.retriedByHand(), EnumSet.complementOf(EnumSet.of(Fault.HANGS)));
  }

  @Test
  void what_is_told_once_comes_to_the_same_wherever_it_strikes() {
    assertThat(new FaultSweep(DeliveryScenarios.suppressed()).unlike()).isEmpty();
    assertThat(new FaultSweep(Scenarios.comments()).unlike()).isEmpty();
  }

  /** A fault may let another run hold the batch or use up the budget. */
  private static FaultSweep.Report holds_whatever_happens(Scenario scenario) {
    var report = new FaultSweep(scenario).forbidding(FaultSweep.Forbidding.WHAT_IS_WRONG).run();
    print(report);
    assertThat(report.failures()).isEmpty();
    return report;
  }

  private static void ends_as_without_fault(Scenario scenario) {
    ends_as_without_fault(scenario, EnumSet.allOf(Fault.class));
  }

  private static void ends_as_without_fault(Scenario scenario, Set<Fault> faults) {
    var report = new FaultSweep(scenario).run(faults, Integer.MAX_VALUE);
    print(report);
    assertThat(report.failures()).isEmpty();
  }

  private static void print(FaultSweep.Report report) {
    TRIED.addAndGet(report.tried());
    System.out.printf(
        "sweep: %-40s %4d calls, %5d positions tried, %d failed%n",
        report.scenario(), report.calls(), report.tried(), report.failures().size());
  }
}
