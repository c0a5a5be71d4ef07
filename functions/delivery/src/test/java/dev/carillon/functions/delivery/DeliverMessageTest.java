package dev.carillon.functions.delivery;

import static dev.carillon.functions.delivery.DeliveryFixture.ELLIE;
import static dev.carillon.functions.delivery.DeliveryFixture.ID;
import static dev.carillon.functions.delivery.DeliveryFixture.LOCAL;
import static dev.carillon.functions.delivery.DeliveryFixture.START;
import static dev.carillon.functions.delivery.DeliveryFixture.TRIGGER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.functions.delivery.DeliverMessage.Outcome;
import dev.carillon.functions.delivery.SendMessage.Sent;
import dev.carillon.functions.delivery.choice.ChannelCircuits;
import dev.carillon.functions.delivery.choice.ChannelRates;
import dev.carillon.functions.delivery.choice.ChooseChannel;
import dev.carillon.json.Json;
import dev.carillon.memory.environment.InMemoryChannels;
import dev.carillon.message.Attempt;
import dev.carillon.message.Attempt.Answer;
import dev.carillon.message.Attempt.Result;
import dev.carillon.message.DeliveryStatus;
import dev.carillon.message.Message;
import dev.carillon.message.MessageId;
import dev.carillon.message.RetryPolicy;
import dev.carillon.provider.DeliveryResult;
import dev.carillon.task.DeliveryTask;
import dev.carillon.task.Tasks;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class DeliverMessageTest {
  private static final Duration LEASE = FakeProvider.PATIENCE.plusSeconds(10);
  private static final Answer BAD_REQUEST = new Answer(400, "MessageRejected");

  private final DeliveryFixture dispatch = new DeliveryFixture();

  @Test
  void a_message_that_the_provider_takes_is_sent_with_its_one_attempt_on_record() {
    dispatch.provider.then(
        _ -> {
          dispatch.clock.advance(Duration.ofMillis(250));
          return FakeProvider.ACCEPTED;
        });
    assertThat(dispatch.deliver(1)).isInstanceOf(Outcome.Attempted.class);
    Message message = dispatch.message();
    assertThat(message.status()).isEqualTo(DeliveryStatus.SENT);
    assertThat(message.externalId()).contains("ses-1");
    assertThat(message.attempts())
        .containsExactly(new Attempt(1, START, new Result.Accepted(new Answer(200, "ok")), 250));
    assertThat(dispatch.events()).containsExactly("sent");
    assertThat(dispatch.ports.tasks().queued()).isEmpty();
  }

  @Test
  void the_attempt_is_claimed_before_the_request_is_made_and_the_claim_outlives_it() {
    dispatch.provider.then(
        _ -> {
          assertThat(dispatch.message().attempts())
              .containsExactly(new Attempt(1, START, new Result.Claimed(START.plus(LEASE)), 0));
          return FakeProvider.ACCEPTED;
        });
    dispatch.deliver(1);
    assertThat(dispatch.provider.offered()).hasSize(1);
  }

  @Test
  void a_message_that_is_tried_anew_by_hand_has_all_its_attempts_again() {
    for (int i = 0; i < 8; i++) {
      dispatch.provider.then(FakeProvider.UNAVAILABLE);
    }
    dispatch.deliver(1);
    dispatch.untilIdle();
    assertThat(dispatch.message().status()).isEqualTo(DeliveryStatus.UNDELIVERED);
    assertThat(dispatch.provider.offered()).hasSize(8);
    assertThat(dispatch.deliver(9)).isEqualTo(new Outcome.Past());

    dispatch.clock.advance(Duration.ofHours(2));
    dispatch
        .record()
        .change(
            DeliveryFixture.LOCAL,
            DeliveryFixture.ID,
            message -> message.retried(dispatch.clock.instant()));
    dispatch.provider.then(FakeProvider.UNAVAILABLE);
    dispatch.deliver(9);
    assertThat(dispatch.deliver(9)).as("a copy").isInstanceOf(Outcome.Later.class);
    dispatch.untilIdle();
    assertThat(dispatch.provider.offered()).hasSize(10);
    assertThat(dispatch.message().status()).isEqualTo(DeliveryStatus.SENT);
    assertThat(dispatch.message().attempts()).hasSize(10);
    assertThat(dispatch.deliver(9)).isEqualTo(new Outcome.Past());
  }

  @Test
  void of_two_copies_of_a_task_one_makes_the_request_and_the_other_waits_for_the_claim_to_end() {
    dispatch.provider.then(
        _ -> {
          dispatch.clock.advance(Duration.ofSeconds(3));
          assertThat(dispatch.deliver(1)).isEqualTo(new Outcome.Later(LEASE.minusSeconds(3)));
          return FakeProvider.ACCEPTED;
        });
    dispatch.deliver(1);
    assertThat(dispatch.ports.tasks().sent())
        .containsExactly(new Tasks.Sending(DeliveryFixture.task(1), LEASE.minusSeconds(3)));
    dispatch.untilIdle();
    assertThat(dispatch.provider.offered()).hasSize(1);
    assertThat(dispatch.message().attempts()).hasSize(1);
  }

  @Test
  void a_claim_that_ran_out_becomes_ambiguous_in_the_write_that_claims_the_next_attempt() {
    dieDuringTheRequest();
    long before = dispatch.message().revision();
    dispatch.clock.advance(LEASE);
    dispatch.provider.then(
        _ -> {
          Message claimed = dispatch.message();
          assertThat(claimed.revision()).isEqualTo(before + 1);
          assertThat(claimed.attempts())
              .extracting(Attempt::result)
              .containsExactly(
                  new Result.Ambiguous("interrupted", Optional.of(START.plus(LEASE))),
                  new Result.Claimed(START.plus(LEASE).plus(LEASE)));
          return FakeProvider.ACCEPTED;
        });
    dispatch.deliver(1);
    assertThat(dispatch.provider.offered()).hasSize(2);
    assertThat(dispatch.message().attempts()).hasSize(2);
    assertThat(dispatch.message().status()).isEqualTo(DeliveryStatus.SENT);
  }

  @Test
  void a_claim_that_is_a_moment_from_its_end_still_holds() {
    dieDuringTheRequest();
    dispatch.clock.advance(LEASE.minusMillis(1));
    assertThat(dispatch.deliver(1)).isEqualTo(new Outcome.Later(Duration.ofMillis(1)));
    assertThat(dispatch.provider.offered()).hasSize(1);
  }

  @Test
  void what_expired_before_anybody_was_asked_is_not_sent() {
    dispatch.expiringAt(START.plusSeconds(60));
    dispatch.clock.advance(Duration.ofSeconds(60));
    assertThat(dispatch.deliver(1))
        .isInstanceOfSatisfying(
            Outcome.Withheld.class, it -> assertThat(it.reason()).isEqualTo("expired"));
    assertThat(dispatch.provider.offered()).isEmpty();
    assertThat(dispatch.message().status()).isEqualTo(DeliveryStatus.NOT_SENT);
    assertThat(dispatch.lastDetails().text("reason")).contains("expired");
  }

  @Test
  void what_expires_a_moment_later_is_sent() {
    dispatch.expiringAt(START.plusMillis(1));
    dispatch.deliver(1);
    assertThat(dispatch.message().status()).isEqualTo(DeliveryStatus.SENT);
  }

  @Test
  void what_expires_between_two_attempts_is_not_tried_again() {
    dispatch.expiringAt(START.plusSeconds(20));
    dispatch.provider.then(FakeProvider.UNAVAILABLE).then(FakeProvider.UNAVAILABLE);
    dispatch.deliver(1);
    dispatch.untilIdle();
    assertThat(dispatch.provider.offered()).hasSize(2);
    assertThat(dispatch.message().status()).isEqualTo(DeliveryStatus.NOT_SENT);
    assertThat(dispatch.lastDetails().text("reason")).contains("expired");
  }

  @Test
  void what_expires_after_an_attempt_of_unknown_outcome_may_have_been_sent() {
    dispatch.expiringAt(START.plusSeconds(10));
    dispatch.provider.then(new Sent(new DeliveryResult.Ambiguous("timeout")));
    dispatch.deliver(1);
    dispatch.untilIdle();
    assertThat(dispatch.provider.offered()).hasSize(1);
    assertThat(dispatch.message().status()).isEqualTo(DeliveryStatus.UNDELIVERED);
    assertThat(dispatch.lastDetails().text("failure_reason")).contains("ambiguous");
    assertThat(dispatch.lastDetails().text("failure_details")).contains("expired");
  }

  @Test
  void a_channel_that_sends_at_most_once_gives_up_when_a_claim_ran_out() {
    dispatch.atMostOnce();
    dieDuringTheRequest();
    dispatch.clock.advance(LEASE);
    dispatch.deliver(1);
    assertThat(dispatch.provider.offered()).hasSize(1);
    assertThat(dispatch.message().status()).isEqualTo(DeliveryStatus.UNDELIVERED);
    assertThat(dispatch.message().attempts())
        .extracting(Attempt::result)
        .containsExactly(new Result.Ambiguous("interrupted", Optional.empty()));
    assertThat(dispatch.lastDetails().text("failure_reason")).contains("ambiguous");
    assertThat(dispatch.ports.tasks().queued()).isEmpty();
  }

  @Test
  void a_channel_that_sends_at_most_once_gives_up_when_no_answer_came() {
    dispatch.atMostOnce();
    dispatch.provider.then(new Sent(new DeliveryResult.Ambiguous("timeout")));
    dispatch.deliver(1);
    dispatch.untilIdle();
    assertThat(dispatch.provider.offered()).hasSize(1);
    assertThat(dispatch.message().status()).isEqualTo(DeliveryStatus.UNDELIVERED);
    assertThat(dispatch.lastDetails().text("failure_reason")).contains("ambiguous");
  }

  @Test
  void a_channel_that_sends_at_most_once_tries_again_what_was_turned_away() {
    dispatch.atMostOnce();
    dispatch.provider.then(FakeProvider.UNAVAILABLE);
    dispatch.deliver(1);
    dispatch.untilIdle();
    assertThat(dispatch.provider.offered()).hasSize(2);
    assertThat(dispatch.message().status()).isEqualTo(DeliveryStatus.SENT);
  }

  @Test
  void a_message_that_nobody_takes_is_offered_eight_times_within_half_an_hour() {
    for (int i = 0; i < 20; i++) {
      dispatch.provider.then(
          i % 2 == 0
              ? FakeProvider.UNAVAILABLE
              : new Sent(new DeliveryResult.Ambiguous("no_answer")));
    }
    dispatch.deliver(1);
    dispatch.untilIdle();
    Message message = dispatch.message();
    assertThat(dispatch.provider.offered()).hasSize(8);
    assertThat(message.attempts())
        .extracting(Attempt::number)
        .containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
    assertThat(message.attempts())
        .extracting(Attempt::at)
        .isSorted()
        .doesNotHaveDuplicates()
        .allMatch(at -> !at.isAfter(START.plus(Duration.ofMinutes(30))));
    assertThat(message.status()).isEqualTo(DeliveryStatus.UNDELIVERED);
    assertThat(dispatch.events())
        .startsWith("delivery_attempted", "queued", "delivery_attempted")
        .endsWith("queued", "undelivered")
        .hasSize(15);
    assertThat(dispatch.events()).filteredOn("queued"::equals).hasSize(7);
    assertThat(message.events().getFirst().data())
        .isEqualTo(
            Json.object()
                .with("attempt", Json.of(1))
                .with("max_attempts", Json.of(8))
                .with("retryable", Json.TRUE)
                .with("reason", "status 503")
                .with("ambiguous", Json.FALSE));
    assertThat(message.events().get(2).data().get("ambiguous")).contains(Json.TRUE);
    assertThat(dispatch.lastDetails().text("failure_reason")).contains("retries_exhausted");
  }

  @Test
  void a_rejection_is_final_at_once() {
    dispatch.provider.then(
        new Sent(new DeliveryResult.Rejected("status 400"), Optional.of(BAD_REQUEST)));
    dispatch.deliver(1);
    dispatch.untilIdle();
    assertThat(dispatch.provider.offered()).hasSize(1);
    assertThat(dispatch.message().status()).isEqualTo(DeliveryStatus.UNDELIVERED);
    assertThat(dispatch.lastDetails())
        .isEqualTo(
            Json.object()
                .with("failure_reason", "fatal_error")
                .with("failure_details", "status 400"));
    assertThat(dispatch.deliver(1)).isEqualTo(new Outcome.Past());
  }

  @Test
  void what_was_cancelled_before_it_was_sent_is_not_sent() {
    dispatch.ports.triggers().cancel(LOCAL, TRIGGER, ELLIE);
    assertThat(dispatch.deliver(1))
        .isInstanceOfSatisfying(
            Outcome.Withheld.class, it -> assertThat(it.reason()).isEqualTo("cancelled"));
    assertThat(dispatch.provider.offered()).isEmpty();
    assertThat(dispatch.message().status()).isEqualTo(DeliveryStatus.NOT_SENT);
    assertThat(dispatch.lastDetails().text("reason")).contains("cancelled");
  }

  @Test
  void what_was_cancelled_between_two_attempts_is_not_offered_again() {
    dispatch.provider.then(FakeProvider.UNAVAILABLE);
    dispatch.deliver(1);
    dispatch.ports.triggers().cancel(LOCAL, TRIGGER, ELLIE);
    dispatch.untilIdle();
    assertThat(dispatch.provider.offered()).hasSize(1);
    assertThat(dispatch.message().status()).isEqualTo(DeliveryStatus.NOT_SENT);
  }

  @Test
  void a_task_without_a_run_is_of_a_trigger_that_nothing_can_cancel() {
    dispatch.ports.triggers().cancel(LOCAL, TRIGGER, ELLIE);
    dispatch.deliver.handle(
        new DeliveryTask.Deliver(
            LOCAL, ID, Optional.empty(), 1, Optional.empty(), OptionalLong.empty()));
    assertThat(dispatch.message().status()).isEqualTo(DeliveryStatus.SENT);
  }

  @Test
  void a_confirmation_that_is_here_before_our_own_record_stands() {
    dispatch.provider.then(
        _ -> {
          report(DeliveryStatus.DELIVERED);
          return FakeProvider.ACCEPTED;
        });
    dispatch.deliver(1);
    assertThat(dispatch.message().status()).isEqualTo(DeliveryStatus.DELIVERED);
    assertThat(dispatch.message().externalId()).contains("ses-1");
    assertThat(dispatch.events()).containsExactly("delivered", "sent");
  }

  @Test
  void nothing_is_tried_again_once_it_is_known_to_have_arrived() {
    dispatch.provider.then(
        _ -> {
          report(DeliveryStatus.DELIVERED);
          return new Sent(new DeliveryResult.Ambiguous("no_answer"));
        });
    dispatch.deliver(1);
    assertThat(dispatch.ports.tasks().queued()).isEmpty();
    assertThat(dispatch.message().status()).isEqualTo(DeliveryStatus.DELIVERED);
  }

  @Test
  void the_next_attempt_comes_exactly_when_it_may() {
    dispatch.provider.then(FakeProvider.UNAVAILABLE);
    dispatch.deliver(1);
    Instant retryAt = retryAt();
    assertThat(dispatch.ports.tasks().sent())
        .containsExactly(
            new Tasks.Sending(DeliveryFixture.task(2), Duration.between(START, retryAt)));
  }

  @Test
  void a_task_that_comes_again_after_its_attempt_enqueues_the_next_one_again() {
    dispatch.provider.then(FakeProvider.UNAVAILABLE);
    dispatch.deliver(1);
    dispatch.clock.advance(Duration.ofSeconds(5));
    Duration left = Duration.between(dispatch.clock.instant(), retryAt());
    assertThat(dispatch.deliver(1)).isEqualTo(new Outcome.Later(left));
    assertThat(dispatch.ports.tasks().sent().getLast())
        .isEqualTo(new Tasks.Sending(DeliveryFixture.task(2), left));
    dispatch.untilIdle();
    assertThat(dispatch.provider.offered()).hasSize(2);
  }

  @Test
  void a_task_that_made_two_attempts_and_comes_again_enqueues_the_third_again() {
    dieDuringTheRequest();
    dispatch.clock.advance(LEASE);
    dispatch.provider.then(FakeProvider.UNAVAILABLE);
    dispatch.deliver(1);
    Duration left = Duration.between(dispatch.clock.instant(), retryAt());
    assertThat(dispatch.deliver(1)).isEqualTo(new Outcome.Later(left));
    assertThat(dispatch.ports.tasks().sent().getLast())
        .isEqualTo(new Tasks.Sending(DeliveryFixture.task(3), left));
    dispatch.untilIdle();
    assertThat(dispatch.provider.offered()).hasSize(3);
  }

  @Test
  void a_task_that_comes_again_when_the_next_attempt_is_due_leaves_that_to_a_task_of_its_own() {
    dispatch.provider.then(FakeProvider.UNAVAILABLE);
    dispatch.deliver(1);
    dispatch.clock.set(retryAt().plusSeconds(5));
    assertThat(dispatch.deliver(1)).isEqualTo(new Outcome.Later(Duration.ZERO));
    assertThat(dispatch.provider.offered()).hasSize(1);
    dispatch.untilIdle();
    assertThat(dispatch.provider.offered()).hasSize(2);
  }

  @Test
  void a_task_of_an_attempt_long_past_does_nothing() {
    dispatch.provider.then(FakeProvider.UNAVAILABLE).then(FakeProvider.UNAVAILABLE);
    dispatch.deliver(1);
    dispatch.clock.set(retryAt());
    dispatch.deliver(2);
    int sent = dispatch.ports.tasks().sent().size();
    assertThat(dispatch.deliver(1)).isEqualTo(new Outcome.Past());
    assertThat(dispatch.ports.tasks().sent()).hasSize(sent);
  }

  @Test
  void a_provider_that_asks_to_be_left_alone_is_within_the_half_hour_and_what_a_queue_can_hold() {
    dispatch.provider.then(
        new Sent(new DeliveryResult.Deferred("status 429", Optional.of(Duration.ofDays(7)))));
    dispatch.deliver(1);
    assertThat(retryAt()).isEqualTo(START.plus(RetryPolicy.WINDOW));
    assertThat(dispatch.ports.tasks().sent().getLast().delay()).isEqualTo(Tasks.MAX_DELAY);
    dispatch.untilIdle();
    assertThat(dispatch.provider.offered()).hasSize(2);
    assertThat(dispatch.message().attempts().getLast().at())
        .isEqualTo(START.plus(RetryPolicy.WINDOW));
  }

  @Test
  void the_last_attempt_is_not_followed_by_another_when_its_claim_runs_out() {
    for (int i = 0; i < 7; i++) {
      dispatch.provider.then(FakeProvider.UNAVAILABLE);
    }
    dispatch.provider.then(
        _ -> {
          throw new IllegalStateException("killed");
        });
    dispatch.deliver(1);
    assertThatThrownBy(dispatch::untilIdle).hasMessage("killed");
    dispatch.clock.advance(LEASE);
    dispatch.deliver(8);
    assertThat(dispatch.provider.offered()).hasSize(8);
    assertThat(dispatch.message().status()).isEqualTo(DeliveryStatus.UNDELIVERED);
    assertThat(dispatch.message().attempts()).hasSize(8);
    assertThat(dispatch.message().attempts().getLast().result())
        .isEqualTo(new Result.Ambiguous("interrupted", Optional.empty()));
    assertThat(dispatch.lastDetails().text("failure_reason")).contains("retries_exhausted");
  }

  @Test
  void an_answer_that_comes_after_the_claim_ran_out_leaves_the_record_of_not_knowing() {
    dispatch.provider.then(
        _ -> {
          dispatch.clock.advance(LEASE);
          dispatch.provider.then(new Sent(new DeliveryResult.Ambiguous("no_answer")));
          dispatch.deliver(1);
          return FakeProvider.ACCEPTED;
        });
    dispatch.deliver(1);
    Message message = dispatch.message();
    assertThat(message.attempts())
        .extracting(attempt -> attempt.result().getClass().getSimpleName())
        .containsExactly("Ambiguous", "Ambiguous");
    assertThat(message.status()).isEqualTo(DeliveryStatus.SENT);
    assertThat(message.externalId()).contains("ses-1");
    dispatch.untilIdle();
    assertThat(dispatch.provider.offered()).hasSize(2);
  }

  @Test
  void a_channel_that_is_gone_is_a_failure_for_good() {
    var none = new InMemoryChannels();
    var elsewhere =
        new DeliverMessage(
            dispatch.ports.messages(),
            dispatch.record(),
            none,
            new ChooseChannel(
                none,
                new ChannelRates(dispatch.ports.sendSlots()),
                new ChannelCircuits(dispatch.ports.circuits())),
            dispatch.ports.triggers(),
            dispatch.ports.tasks(),
            dispatch.provider,
            new DeliveryWiring.Delivering(dispatch.ports, dispatch.provider, AskStatus.NOBODY)
                .followUp(),
            dispatch.clock);
    elsewhere.handle(DeliveryFixture.task(1));
    assertThat(dispatch.message().status()).isEqualTo(DeliveryStatus.UNDELIVERED);
    assertThat(dispatch.lastDetails().text("failure_details")).contains("channel_not_configured");
  }

  @Test
  void a_message_that_does_not_exist_is_no_concern() {
    var unknown = new MessageId("37pcsdaWZgZounTGP8TSxTMWo8x");
    assertThat(
            dispatch.deliver.handle(
                new DeliveryTask.Deliver(
                    LOCAL, unknown, Optional.empty(), 1, Optional.empty(), OptionalLong.empty())))
        .isEqualTo(new Outcome.Past());
    assertThat(dispatch.provider.offered()).isEmpty();
  }

  @Test
  void a_message_that_was_sent_is_not_offered_again() {
    dispatch.deliver(1);
    for (int attempt : List.of(1, 2, 8)) {
      assertThat(dispatch.deliver(attempt)).isEqualTo(new Outcome.Past());
    }
    assertThat(dispatch.provider.offered()).hasSize(1);
  }

  private void dieDuringTheRequest() {
    dispatch.provider.then(
        _ -> {
          throw new IllegalStateException("killed");
        });
    assertThatThrownBy(() -> dispatch.deliver(1)).hasMessage("killed");
  }

  /** As the provider's own report would be recorded. */
  private void report(DeliveryStatus status) {
    assertThat(
            dispatch
                .ports
                .messages()
                .save(dispatch.message().become(status, Json.Obj.EMPTY, dispatch.clock.instant())))
        .isTrue();
  }

  private Instant retryAt() {
    return switch (dispatch.message().attempts().getLast().result()) {
      case Result.Deferred(_, _, var at) -> at.orElseThrow();
      case Result.Ambiguous(_, var at) -> at.orElseThrow();
      case Result.Claimed _, Result.Accepted _, Result.Refused _ ->
          throw new IllegalStateException("No retry");
    };
  }
}
