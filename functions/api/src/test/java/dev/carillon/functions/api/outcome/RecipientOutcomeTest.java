package dev.carillon.functions.api.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.batch.BatchId;
import dev.carillon.functions.api.ApiFixture;
import dev.carillon.json.Json;
import dev.carillon.message.Attempt;
import dev.carillon.message.DeliveryStatus;
import dev.carillon.message.Message;
import dev.carillon.message.MessageOrigin;
import dev.carillon.run.LogEntry;
import dev.carillon.run.Run;
import dev.carillon.run.Run.State;
import dev.carillon.run.RunEvent;
import dev.carillon.run.RunLog;
import dev.carillon.run.RunOrigin;
import dev.carillon.run.Wait;
import dev.carillon.timer.Minutes;
import dev.carillon.workflow.StepRef;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class RecipientOutcomeTest {
  private static final Instant NOW = ApiFixture.START;
  private static final Instant LATER = NOW.plusSeconds(3_600);
  private static final StepRef STEP = new StepRef("email_1");

  static Stream<Arguments> waits() {
    return Stream.of(
        Arguments.of(new Wait.Kind.Elapse(), "delay"),
        Arguments.of(new Wait.Kind.Retry(2), "retry"),
        Arguments.of(new Wait.Kind.Hold(), "quiet_hours"),
        Arguments.of(new Wait.Kind.Collect(new BatchId("0".repeat(64)), 1), "batch"),
        Arguments.of(new Wait.Kind.Listen("recipient:updated"), "event"));
  }

  @ParameterizedTest
  @MethodSource("waits")
  void a_run_that_waits_does_so_until_then_whatever_it_sent(Wait.Kind kind, String reason) {
    Run run = run(new State.Waiting(new Wait("w", 0, STEP, LATER, Minutes.of(LATER), kind)));
    assertThat(RecipientOutcome.of(run, List.of(sent())))
        .isEqualTo(new RecipientOutcome.Waiting(reason, LATER, Optional.empty()));
  }

  @Test
  void a_run_midway_is_on_its_way() {
    assertThat(RecipientOutcome.of(run(new State.AtStep(STEP)), List.of()))
        .isEqualTo(new RecipientOutcome.OnItsWay("run", NOW));
  }

  @Test
  void a_message_that_is_held_back_waits_though_another_was_sent() {
    Message held = queued(Optional.of(LATER));
    assertThat(RecipientOutcome.of(completed(), List.of(sent(), held)))
        .isEqualTo(new RecipientOutcome.Waiting("send_window", LATER, Optional.of(held.id())));
  }

  @Test
  void a_message_that_is_to_be_handed_over_is_on_its_way() {
    assertThat(RecipientOutcome.of(completed(), List.of(queued(Optional.empty()))))
        .isEqualTo(new RecipientOutcome.OnItsWay("message", NOW));
  }

  @Test
  void a_message_that_is_to_be_tried_again_is_on_its_way_until_then() {
    Message tried =
        queued(Optional.empty())
            .with(
                new Attempt(
                    1,
                    NOW,
                    new Attempt.Result.Deferred(Optional.empty(), "busy", Optional.of(LATER)),
                    5),
                NOW)
            .become(DeliveryStatus.DELIVERY_ATTEMPTED, Json.Obj.EMPTY, NOW);
    assertThat(RecipientOutcome.of(completed(), List.of(tried)))
        .isEqualTo(new RecipientOutcome.OnItsWay("message_retry", LATER));
  }

  @ParameterizedTest
  @CsvSource({"SENT", "DELIVERED"})
  void one_message_that_arrived_is_a_delivery(DeliveryStatus status) {
    Message lost = queued(Optional.empty()).become(DeliveryStatus.UNDELIVERED, Json.object(), NOW);
    Message arrived = queued(Optional.empty()).become(status, Json.object(), NOW);
    assertThat(RecipientOutcome.of(completed(), List.of(lost, arrived)))
        .isEqualTo(new RecipientOutcome.Delivered("sent", 1));
  }

  @ParameterizedTest
  @CsvSource({"UNDELIVERED, undelivered", "BOUNCED, bounced"})
  void messages_of_which_none_arrived_are_a_failure(DeliveryStatus status, String reason) {
    assertThat(
            RecipientOutcome.of(
                completed(), List.of(queued(Optional.empty()).become(status, Json.object(), NOW))))
        .isEqualTo(new RecipientOutcome.Failed(reason));
  }

  @ParameterizedTest
  @CsvSource({"sandbox", "cancelled"})
  void a_message_that_was_withheld_is_skipped(String reason) {
    Message withheld =
        queued(Optional.empty())
            .become(DeliveryStatus.NOT_SENT, Json.object().with("reason", reason), NOW);
    assertThat(RecipientOutcome.of(completed(), List.of(withheld)))
        .isEqualTo(new RecipientOutcome.Skipped(reason));
  }

  @Test
  void a_run_that_ended_with_an_error_failed_though_it_had_sent_something() {
    Run run = logged(completed(), "run_halted", "step_failed");
    assertThat(RecipientOutcome.of(run, List.of(sent())))
        .isEqualTo(new RecipientOutcome.Failed("step_failed"));
  }

  @Test
  void a_run_for_nobody_known_failed() {
    Run run =
        completed().logged(LogEntry.ofRun(NOW, RunEvent.RECIPIENT_MISSING, false, Json.object()));
    assertThat(RecipientOutcome.of(run, List.of()))
        .isEqualTo(new RecipientOutcome.Failed("recipient_missing"));
  }

  @ParameterizedTest
  @CsvSource({
    "run_halted,   trigger_conditions, trigger_conditions",
    "run_halted,   throttled,          throttled",
    "run_halted,   not_the_first,      not_the_first",
    "run_halted,   workflow_inactive,  workflow_inactive",
    "batch_joined, '',                 batch_joined",
    "step_skipped, opted_out,          opted_out",
    "branch_taken, '',                 nothing_to_send"
  })
  void a_run_that_made_nothing_was_skipped_for_what_its_log_says(
      String event, String reason, String expected) {
    Run run = logged(completed(), event, reason);
    assertThat(RecipientOutcome.of(run, List.of()))
        .isEqualTo(new RecipientOutcome.Skipped(expected));
  }

  @Test
  void a_cancelled_run_was_skipped_unless_it_had_sent_something() {
    Run run = run(new State.Cancelled());
    assertThat(RecipientOutcome.of(run, List.of()))
        .isEqualTo(new RecipientOutcome.Skipped("cancelled"));
    assertThat(RecipientOutcome.of(run, List.of(sent())))
        .isEqualTo(new RecipientOutcome.Delivered("sent", 1));
  }

  private static Run completed() {
    return run(new State.Completed());
  }

  private static Run run(State state) {
    Run park =
        new ApiFixture().ports.runs().find(ApiFixture.DEVELOPMENT, ApiFixture.RUN).orElseThrow();
    return new Run(
        new RunOrigin(
            park.environment(),
            park.id(),
            park.trigger(),
            park.workflow(),
            park.version(),
            park.recipient(),
            park.actor(),
            park.tenant(),
            park.cancellationKey(),
            NOW),
        state,
        1,
        NOW,
        park.carried(),
        Map.of(),
        RunLog.EMPTY,
        NOW);
  }

  private static Run logged(Run run, String event, String reason) {
    return run.logged(
        new LogEntry(
            NOW,
            RunEvent.named(event),
            true,
            Optional.of(STEP),
            "channel",
            1,
            reason.isEmpty() ? Json.Obj.EMPTY : Json.object().with("reason", reason)));
  }

  private static Message sent() {
    return ApiFixture.emailMessage();
  }

  private static Message queued(Optional<Instant> scheduledAt) {
    Message message = ApiFixture.message(ApiFixture.EMAIL_MESSAGE, ApiFixture.EMAIL, "email_1");
    return new Message(
        new MessageOrigin(
            message.environment(),
            message.id(),
            message.channel(),
            message.channelType(),
            message.recipient(),
            message.actors(),
            message.tenant(),
            message.source(),
            message.snapshot(),
            message.flatData(),
            NOW),
        message.status(),
        message.engagement(),
        message.attempts(),
        message.events(),
        message.externalId(),
        scheduledAt,
        1,
        NOW);
  }
}
