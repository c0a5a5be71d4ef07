package dev.carillon.message;

import static dev.carillon.message.DeliveryStatus.BOUNCED;
import static dev.carillon.message.DeliveryStatus.DELIVERED;
import static dev.carillon.message.DeliveryStatus.DELIVERY_ATTEMPTED;
import static dev.carillon.message.DeliveryStatus.QUEUED;
import static dev.carillon.message.DeliveryStatus.SENT;
import static dev.carillon.message.DeliveryStatus.UNDELIVERED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.channel.ChannelId;
import dev.carillon.channel.ChannelType;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;
import dev.carillon.message.Attempt.Answer;
import dev.carillon.message.Attempt.Result;
import dev.carillon.recipient.RecipientId;
import dev.carillon.trigger.RunId;
import dev.carillon.trigger.TriggerId;
import dev.carillon.workflow.StepRef;
import dev.carillon.workflow.VersionId;
import dev.carillon.workflow.WorkflowKey;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MessageTest {
  private static final Instant NOON = Instant.parse("2026-03-10T12:00:00Z");
  private static final TriggerId TRIGGER = TriggerId.of(NOON, "a request");
  private static final RecipientId MIRA = RecipientId.user("mira");
  private static final RunId RUN = RunId.of(TRIGGER, MIRA);
  private static final ChannelId CHANNEL = new ChannelId(new UUID(1, 2));
  private static final StepRef STEP = new StepRef("email_1");

  @Test
  void a_new_status_is_entered_with_an_event() {
    Message sent = message().become(SENT, Json.object().with("a", "b"), at(1));
    assertThat(sent.status()).isEqualTo(SENT);
    assertThat(sent.events())
        .containsExactly(new Message.Event("sent", at(1), Json.object().with("a", "b")));
    assertThat(sent.updatedAt()).isEqualTo(at(1));
    assertThat(sent.insertedAt()).isEqualTo(NOON);
  }

  @Test
  void a_status_that_comes_too_late_changes_nothing() {
    Message bounced = message().become(BOUNCED, Json.object(), at(1));
    assertThat(bounced.become(DELIVERED, Json.object(), at(2))).isSameAs(bounced);
    assertThat(bounced.become(BOUNCED, Json.object(), at(2))).isSameAs(bounced);
    assertThat(bounced.become(QUEUED, Json.object(), at(2))).isSameAs(bounced);
  }

  /** What a message hears from its own attempts and from its provider. */
  private static final List<UnaryOperator<Message>> HEARD =
      List.of(
          message -> message.become(DELIVERY_ATTEMPTED, Json.object(), at(1)),
          message -> message.become(SENT, Json.object(), at(2)),
          message -> message.become(UNDELIVERED, Json.object(), at(3)),
          message -> message.become(DELIVERED, Json.object(), at(4)),
          message -> message.bouncedInPassing(Json.object(), at(5)),
          message -> message.become(BOUNCED, Json.object(), at(6)));

  /**
   * All 55,987 sequences of up to six, repeats included, on a channel of each type: what has been
   * said is where the message ends, and each change is one event.
   */
  @ParameterizedTest
  @EnumSource
  void in_whatever_order_and_however_often_it_is_heard_a_message_ends_in_the_same_status(
      ChannelType on) {
    var ends = new HashMap<Set<Integer>, Set<DeliveryStatus>>();
    assertThat(hears(message(on), Set.of(), 6, ends)).isEqualTo(55_987);
    assertThat(ends).hasSize(64).allSatisfy((_, end) -> assertThat(end).hasSize(1));
  }

  private static int hears(
      Message message, Set<Integer> heard, int more, Map<Set<Integer>, Set<DeliveryStatus>> ends) {
    ends.computeIfAbsent(heard, _ -> EnumSet.noneOf(DeliveryStatus.class)).add(message.status());
    int sequences = 1;
    for (int next = 0; more > 0 && next < HEARD.size(); next++) {
      Message after = HEARD.get(next).apply(message);
      int added = after.events().size() - message.events().size();
      if (added != (after == message ? 0 : 1)) {
        throw new AssertionError(message + " -> " + after);
      }
      var longer = new TreeSet<>(heard);
      longer.add(next);
      sequences += hears(after, Set.copyOf(longer), more - 1, ends);
    }
    return sequences;
  }

  @Test
  void a_bounce_in_passing_is_one_though_it_bounced_for_good_before_it_was_tried_anew() {
    Message again = message().become(BOUNCED, Json.object(), at(1)).retried(at(2));
    Message passing = again.bouncedInPassing(Json.object(), at(3));
    assertThat(passing.become(DELIVERED, Json.object(), at(4)).status()).isEqualTo(DELIVERED);
  }

  @Test
  void a_message_that_is_tried_anew_remembers_what_it_was_called() {
    Message failed = message().known("first").become(BOUNCED, Json.object(), at(1));
    Message again = failed.retried(at(2)).known("second");
    assertThat(again.wasKnown("first")).isTrue();
    assertThat(again.wasKnown("second")).isFalse();
    assertThat(failed.wasKnown("first")).isFalse();
  }

  @Test
  void what_is_heard_again_adds_no_event() {
    Message once = after(List.of(0, 1, 3, 5));
    assertThat(after(List.of(0, 1, 3, 5, 1, 3, 5)).events()).isEqualTo(once.events());
  }

  private static Message after(List<Integer> order) {
    Message message = message();
    for (int heard : order) {
      message = HEARD.get(heard).apply(message);
    }
    return message;
  }

  @Test
  void a_message_that_failed_is_tried_anew_when_somebody_asks_and_counts_its_attempts_from_there() {
    var first = new Attempt(1, at(0), new Result.Refused(Optional.empty(), "no"), 1);
    Message failed = message().with(first, at(0)).become(UNDELIVERED, Json.object(), at(1));
    Message again = failed.retried(at(2));
    assertThat(again.status()).isEqualTo(QUEUED);
    assertThat(again.retries()).isEqualTo(1);
    assertThat(again.currentAttempts()).isEmpty();
    assertThat(again.retried(at(3))).isSameAs(again);
    var second = new Attempt(2, at(4), new Result.Refused(Optional.empty(), "no"), 1);
    Message twice = again.with(second, at(4)).become(BOUNCED, Json.object(), at(5)).retried(at(6));
    assertThat(again.with(second, at(4)).currentAttempts()).containsExactly(second);
    assertThat(twice.retries()).isEqualTo(2);
    assertThat(twice.attempts()).containsExactly(first, second);
  }

  @Test
  void nothing_else_is_tried_anew() {
    assertThat(message().retried(at(1)).retries()).isZero();
    for (DeliveryStatus status : List.of(SENT, DELIVERED, DELIVERY_ATTEMPTED)) {
      Message other = message().become(status, Json.object(), at(1));
      assertThat(other.retried(at(2))).isSameAs(other);
    }
    var claimed = new Attempt(1, at(0), new Result.Claimed(at(9)), 0);
    Message underWay = message().with(claimed, at(0)).become(BOUNCED, Json.object(), at(1));
    assertThat(underWay.retried(at(2))).isSameAs(underWay);
  }

  @Test
  void each_action_is_an_event_and_the_timestamp_is_that_of_the_latest() {
    Message seen =
        message()
            .engaged(Engagement.SEEN, Json.object(), at(1))
            .engaged(Engagement.SEEN, Json.object(), at(3));
    assertThat(seen.engagement()).isEqualTo(Map.of(Engagement.SEEN, at(3)));
    assertThat(seen.events()).extracting(Message.Event::type).containsExactly("seen", "seen");
    assertThat(seen.status()).isEqualTo(QUEUED);
  }

  @Test
  void actions_reported_out_of_order_leave_the_same_timestamps() {
    Message inOrder =
        message()
            .engaged(Engagement.READ, Json.object(), at(1))
            .engaged(Engagement.READ, Json.object(), at(5));
    Message outOfOrder =
        message()
            .engaged(Engagement.READ, Json.object(), at(5))
            .engaged(Engagement.READ, Json.object(), at(1));
    assertThat(outOfOrder.engagement()).isEqualTo(inOrder.engagement());
  }

  @Test
  void what_is_taken_back_is_an_event_too_and_only_once() {
    Message seen =
        message()
            .engaged(Engagement.SEEN, Json.object(), at(1))
            .engaged(Engagement.READ, Json.object(), at(2));
    Message unread = seen.disengaged(Engagement.READ, at(3));
    assertThat(unread.engagement()).isEqualTo(Map.of(Engagement.SEEN, at(1)));
    assertThat(unread.events()).last().extracting(Message.Event::type).isEqualTo("unread");
    assertThat(unread.disengaged(Engagement.READ, at(4))).isSameAs(unread);
    assertThat(unread.disengaged(Engagement.ARCHIVED, at(4))).isSameAs(unread);
  }

  @Test
  void engagements_come_in_the_order_of_their_rank() {
    Message message = message();
    for (Engagement what : List.of(Engagement.ARCHIVED, Engagement.READ, Engagement.SEEN)) {
      message = message.engaged(what, Json.object(), at(1));
    }
    assertThat(message.engagement().keySet())
        .containsExactly(Engagement.SEEN, Engagement.READ, Engagement.ARCHIVED);
  }

  @Test
  void beyond_the_last_event_that_is_kept_only_changes_of_status_add_one() {
    Message message = message();
    for (int i = 1; i <= Message.MAX_EVENTS + 1; i++) {
      message = message.engaged(Engagement.SEEN, Json.object(), at(i));
    }
    assertThat(message.events()).hasSize(Message.MAX_EVENTS);
    assertThat(message.engagement()).containsEntry(Engagement.SEEN, at(Message.MAX_EVENTS + 1));
    Message sent = message.become(SENT, Json.object(), at(1));
    assertThat(sent.status()).isEqualTo(SENT);
    assertThat(sent.events()).hasSize(Message.MAX_EVENTS + 1);
    assertThat(sent.events().getLast().type()).isEqualTo("sent");
  }

  @Test
  void an_attempt_takes_the_place_of_the_one_with_its_number() {
    var first = new Attempt(1, at(0), new Result.Claimed(at(9)), 0);
    var second = new Attempt(2, at(10), new Result.Claimed(at(19)), 0);
    var refused = first.ended(new Result.Refused(Optional.empty(), "no"), 12);
    Message message = message().with(first, at(0)).with(second, at(10)).with(refused, at(11));
    assertThat(message.attempts()).containsExactly(refused, second);
    assertThat(message.with(refused, at(11)).attempts()).containsExactly(refused, second);
    assertThat(message.lastAttempt()).contains(second);
    assertThat(message().lastAttempt()).isEmpty();
    assertThat(refused.tookMillis()).isEqualTo(12);
    assertThat(refused.at()).isEqualTo(first.at());
  }

  @Test
  void storing_counts_the_revision_and_nothing_else() {
    Message stored = message().stored();
    assertThat(stored.revision()).isEqualTo(1);
    assertThat(stored.stored().revision()).isEqualTo(2);
    assertThat(stored.become(SENT, Json.object(), at(1)).revision()).isEqualTo(1);
    assertThat(stored.known("ses-1").externalId()).contains("ses-1");
    assertThat(stored.known("ses-1").updatedAt()).isEqualTo(NOON);
    assertThat(stored.noted("queued", Json.object(), at(1)).status()).isEqualTo(QUEUED);
  }

  @Test
  void an_answer_keeps_the_beginning_of_its_body_and_no_half_character() {
    assertThat(new Answer(500, "x".repeat(600)).body()).hasSize(512);
    assertThat(new Answer(500, "x".repeat(512)).body()).hasSize(512);
    assertThat(new Answer(500, "x".repeat(511) + "😀").body()).isEqualTo("x".repeat(511));
    assertThat(new Answer(500, "x".repeat(510) + "😀y").body()).isEqualTo("x".repeat(510) + "😀");
    assertThat(new Answer(200, "").body()).isEmpty();
  }

  @Test
  void there_is_one_id_for_a_run_a_step_and_a_channel() {
    MessageId id = MessageId.of(NOON, RUN, STEP, CHANNEL);
    assertThat(MessageId.of(NOON, RUN, STEP, CHANNEL)).isEqualTo(id);
    assertThat(id.time()).isEqualTo(NOON);
    assertThat(id.shard()).isBetween(0, 15);
    assertThat(
            List.of(
                id,
                MessageId.of(NOON, RunId.of(TRIGGER, RecipientId.user("x")), STEP, CHANNEL),
                MessageId.of(NOON, RUN, new StepRef("email_2"), CHANNEL),
                MessageId.of(NOON, RUN, STEP, new ChannelId(new UUID(1, 3)))))
        .doesNotHaveDuplicates();
  }

  private static Instant at(int second) {
    return NOON.plusSeconds(second);
  }

  private static Message message() {
    return message(ChannelType.EMAIL);
  }

  private static Message message(ChannelType on) {
    return new Message(
        new MessageOrigin(
            new EnvironmentId("development"),
            MessageId.of(NOON, RUN, STEP, CHANNEL),
            CHANNEL,
            on,
            MIRA,
            List.of(),
            Optional.empty(),
            new Message.Source(
                new WorkflowKey("hello"),
                new VersionId(new UUID(0, 1)),
                List.of(),
                STEP,
                TRIGGER,
                RUN),
            Json.object(),
            Json.object(),
            NOON),
        QUEUED);
  }
}
