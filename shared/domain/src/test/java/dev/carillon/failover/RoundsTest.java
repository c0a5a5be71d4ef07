package dev.carillon.failover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.channel.Channel;
import dev.carillon.channel.ChannelId;
import dev.carillon.channel.ChannelSet;
import dev.carillon.channel.ChannelType;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;
import dev.carillon.message.Attempt;
import dev.carillon.message.Attempt.Result;
import dev.carillon.message.DeliveryStatus;
import dev.carillon.message.Message;
import dev.carillon.message.MessageId;
import dev.carillon.message.MessageOrigin;
import dev.carillon.message.RetryPolicy;
import dev.carillon.recipient.RecipientId;
import dev.carillon.trigger.RunId;
import dev.carillon.trigger.TriggerId;
import dev.carillon.workflow.StepRef;
import dev.carillon.workflow.VersionId;
import dev.carillon.workflow.WorkflowKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RoundsTest {
  private static final Instant NOW = Instant.parse("2026-01-05T09:00:00Z");
  private static final TriggerId TRIGGER = TriggerId.parse("019b8d63-64e0-8150-ba86-84e244628d50");
  private static final Channel MAIN =
      channel(1, "main", Json.object().with(Channel.FAILOVER, Json.texts(List.of("b", "c"))));
  private static final Channel B = channel(2, "b", Json.Obj.EMPTY);
  private static final Channel C = channel(3, "c", Json.Obj.EMPTY);
  private static final List<Channel> ALL = List.of(C, B, MAIN);

  @Test
  void a_new_message_goes_through_its_own_channel_first() {
    assertThat(keys(message(), NOW)).containsExactly("main", "b", "c");
  }

  @Test
  void who_was_asked_in_this_round_is_not_asked_again_until_the_next() {
    Message message = message(wentOn(1, MAIN, 0));
    Instant next = new Rounds(message, ChannelSet.of(ALL)).newRoundAt().orElseThrow();
    assertThat(next).isBetween(NOW.plusSeconds(16), NOW.plusSeconds(20));
    assertThat(keys(message, NOW.plusSeconds(1))).containsExactly("b", "c");
    assertThat(keys(message, next)).containsExactly("main", "b", "c");
  }

  @Test
  void the_last_of_a_round_waits_and_the_next_round_begins_with_the_first() {
    var last =
        new Attempt(
            3, NOW.plusSeconds(2), new Result.Claimed(NOW.plusSeconds(60)), 0, Optional.of(C.id()));
    Message claimed = message(wentOn(1, MAIN, 0), wentOn(2, B, 1), last);
    assertThat(new Rounds(claimed, ChannelSet.of(ALL)).goesOn(last, false)).isFalse();
    assertThat(new Rounds(message(last), ChannelSet.of(ALL)).goesOn(last, false)).isTrue();

    Message message = message(wentOn(1, MAIN, 0), wentOn(2, B, 1), waits(3, C, 2, 30));
    assertThat(keys(message, NOW.plusSeconds(30))).containsExactly("main", "b", "c");
    assertThat(new Rounds(message, ChannelSet.of(ALL)).round(3)).isEqualTo(1);
  }

  @Test
  void a_channel_is_asked_no_more_often_than_one_alone_would_be() {
    Attempt[] attempts = new Attempt[RetryPolicy.MAX_ATTEMPTS + 1];
    for (int i = 0; i < attempts.length - 1; i++) {
      attempts[i] = waits(i + 1, B, 60 * i, 60 * i + 60);
    }
    attempts[attempts.length - 1] = wentOn(attempts.length, MAIN, 500);
    var rounds = new Rounds(message(attempts), ChannelSet.of(ALL));
    assertThat(rounds.round(8)).isEqualTo(8);
    assertThat(rounds.round(9)).isEqualTo(8);
    assertThat(rounds.retryAt(9, NOW.plusSeconds(500), Optional.empty())).isEmpty();
    assertThat(rounds.next(NOW.plusSeconds(501)))
        .extracting(Channel::key)
        .containsExactly("b", "c");
  }

  @Test
  void what_may_have_been_sent_stays_where_it_was() {
    Attempt unknown =
        new Attempt(
            2,
            NOW,
            new Result.Ambiguous("timeout", Optional.of(NOW.plusSeconds(15))),
            10,
            Optional.of(B.id()));
    Message message = message(wentOn(1, MAIN, 0), unknown);
    assertThat(keys(message, NOW.plusSeconds(15))).containsExactly("b");
    assertThat(new Rounds(message, ChannelSet.of(ALL)).goesOn(unknown, true)).isFalse();
    assertThat(new Rounds(message, ChannelSet.of(List.of(MAIN, C))).all())
        .as("also when that channel is gone")
        .isEmpty();
  }

  @Test
  void the_time_that_a_provider_was_left_alone_is_not_the_messages() {
    Message message = message(waits(1, MAIN, 0, 15), waits(2, MAIN, 7_200, 7_230));
    var rounds = new Rounds(message, ChannelSet.of(List.of(MAIN)));
    assertThat(rounds.retryAt(2, NOW.plusSeconds(7_201), Optional.empty()))
        .hasValueSatisfying(
            at -> assertThat(at).isBetween(NOW.plusSeconds(7_231), NOW.plusSeconds(7_237)));
  }

  @Test
  void who_lacks_what_its_provider_needs_is_passed_over_while_another_does_not() {
    List<String> key = List.of("api_key");
    Message fresh = message();
    assertThat(new Rounds(fresh, new ChannelSet(ALL, Map.of(MAIN.id(), key))).next(NOW))
        .containsExactly(B, C);
    assertThat(new Rounds(fresh, new ChannelSet(ALL, Map.of(B.id(), key))).next(NOW))
        .containsExactly(MAIN, C);
    assertThat(
            new Rounds(fresh, new ChannelSet(ALL, Map.of(MAIN.id(), key, B.id(), key, C.id(), key)))
                .next(NOW))
        .as("the provider is to say what it lacks")
        .containsExactly(MAIN, B, C);
  }

  private static List<String> keys(Message message, Instant now) {
    return new Rounds(message, ChannelSet.of(ALL)).next(now).stream().map(Channel::key).toList();
  }

  private static Attempt wentOn(int number, Channel channel, long second) {
    return deferred(number, channel, second, second + 1);
  }

  private static Attempt waits(int number, Channel channel, long second, long until) {
    return deferred(number, channel, second, until);
  }

  /** It took a second. */
  private static Attempt deferred(int number, Channel channel, long second, long until) {
    return new Attempt(
        number,
        NOW.plusSeconds(second),
        new Result.Deferred(Optional.empty(), "status 503", Optional.of(NOW.plusSeconds(until))),
        Duration.ofSeconds(1).toMillis(),
        Optional.of(channel.id()).filter(it -> !it.equals(MAIN.id())));
  }

  private static Channel channel(int number, String key, Json.Obj settings) {
    return new Channel(
        new ChannelId(new UUID(1, number)),
        key,
        key,
        ChannelType.EMAIL,
        "email_postmark",
        settings,
        NOW,
        NOW);
  }

  private static Message message(Attempt... attempts) {
    RecipientId ellie = RecipientId.user("ellie");
    var message =
        new Message(
            new MessageOrigin(
                new EnvironmentId("local"),
                new MessageId("37pcsdaWZgZounTGP8TSxTMWo8w"),
                MAIN.id(),
                ChannelType.EMAIL,
                ellie,
                List.of(),
                Optional.empty(),
                new Message.Source(
                    new WorkflowKey("w"),
                    new VersionId(new UUID(1, 1)),
                    List.of(),
                    new StepRef("email"),
                    TRIGGER,
                    RunId.of(TRIGGER, ellie)),
                Json.Obj.EMPTY,
                Json.Obj.EMPTY,
                NOW),
            DeliveryStatus.DELIVERY_ATTEMPTED);
    for (Attempt attempt : attempts) {
      message = message.with(attempt, NOW);
    }
    return message;
  }
}
