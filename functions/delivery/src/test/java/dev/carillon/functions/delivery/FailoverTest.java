package dev.carillon.functions.delivery;

import static dev.carillon.functions.delivery.FailoverFixture.DOWN;
import static dev.carillon.functions.delivery.FailoverFixture.MAIN;
import static dev.carillon.functions.delivery.FailoverFixture.SECOND;
import static dev.carillon.functions.delivery.FailoverFixture.START;
import static dev.carillon.functions.delivery.FailoverFixture.TAKEN;
import static dev.carillon.functions.delivery.FailoverFixture.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.channel.Channel;
import dev.carillon.functions.delivery.SendMessage.Sent;
import dev.carillon.json.Json;
import dev.carillon.message.Attempt;
import dev.carillon.message.Content;
import dev.carillon.message.DeliveryStatus;
import dev.carillon.message.Message;
import dev.carillon.message.MessageId;
import dev.carillon.message.RetryPolicy;
import dev.carillon.provider.DeliveryResult;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What goes over to another channel, and what must not. */
class FailoverTest {
  private final FailoverFixture engine = FailoverFixture.withSecond();

  @Test
  void what_a_provider_turns_away_goes_to_the_second_at_once_and_says_so() {
    engine.says(MAIN, DOWN);
    MessageId id = engine.queue(MAIN, 1).getFirst();
    engine.untilIdle();

    Message message = engine.message(id);
    assertThat(engine.asked(id)).containsExactly(MAIN, SECOND);
    assertThat(engine.clock.instant()).isEqualTo(START);
    assertThat(message.status()).isEqualTo(DeliveryStatus.SENT);
    assertThat(message.channel()).isEqualTo(MAIN);
    assertThat(message.takenBy()).isEqualTo(SECOND);
    assertThat(message.attempts())
        .extracting(Attempt::other)
        .containsExactly(Optional.empty(), Optional.of(SECOND));
    assertThat(message.events().getLast().data().text("channel_id")).contains(SECOND.toString());
  }

  @Test
  void the_second_sends_under_its_own_name_what_the_first_would_have() {
    engine.says(MAIN, DOWN);
    engine.queue(MAIN, 1);
    engine.untilIdle();
    assertThat(engine.requests)
        .extracting(
            it -> ((Content.Email) it.content().content()).envelope().from().get().address())
        .containsExactly("main@acme.test", "second@acme.test");
  }

  @Test
  void a_channel_without_credentials_is_passed_over_and_not_asked() {
    engine.lacksCredentials(MAIN);
    MessageId id = engine.queue(MAIN, 1).getFirst();
    engine.untilIdle();
    assertThat(engine.asked(id)).containsExactly(SECOND);
    assertThat(engine.message(id).status()).isEqualTo(DeliveryStatus.SENT);
    assertThat(engine.message(id).takenBy()).isEqualTo(SECOND);
  }

  @Test
  void a_second_without_credentials_takes_nothing_over() {
    engine.lacksCredentials(SECOND);
    engine.says(MAIN, new Sent(new DeliveryResult.Misconfigured("status 401")));
    MessageId id = engine.queue(MAIN, 1).getFirst();
    engine.untilIdle();
    assertThat(engine.asked(id)).containsExactly(MAIN);
    assertThat(engine.message(id).status()).isEqualTo(DeliveryStatus.UNDELIVERED);
  }

  @Test
  void what_may_have_been_sent_stays_with_the_first() {
    engine.says(MAIN, UNKNOWN);
    MessageId id = engine.queue(MAIN, 1).getFirst();
    engine.until(START.plusSeconds(5));
    engine.says(MAIN, DOWN);
    engine.untilIdle();
    assertThat(engine.asked(id)).containsOnly(MAIN).hasSize(RetryPolicy.MAX_ATTEMPTS);
    assertThat(engine.message(id).status()).isEqualTo(DeliveryStatus.UNDELIVERED);
  }

  @Test
  void unless_the_channel_says_otherwise() {
    engine.channel(
        MAIN,
        "main",
        FailoverFixture.withFailover().with(Channel.FAILOVER_WHEN_AMBIGUOUS, Json.TRUE));
    engine.says(MAIN, UNKNOWN);
    MessageId id = engine.queue(MAIN, 1).getFirst();
    engine.untilIdle();
    assertThat(engine.asked(id)).containsExactly(MAIN, SECOND);
    assertThat(engine.message(id).attempts().getFirst().result())
        .as("it is on record that it may have been sent")
        .isInstanceOf(Attempt.Result.Ambiguous.class);
  }

  @Test
  void a_worker_that_died_may_have_sent_it() {
    engine.says(
        MAIN,
        (_, _) -> {
          throw new IllegalStateException("killed");
        });
    MessageId id = engine.queue(MAIN, 1).getFirst();
    var received = engine.ports.tasks().receive().orElseThrow();
    try {
      engine.deliver.handle((dev.carillon.task.DeliveryTask.Deliver) received.task());
    } catch (IllegalStateException _) {
      engine.ports.tasks().giveBack(received, Duration.ofMinutes(6));
    }
    engine.says(MAIN, TAKEN);
    engine.untilIdle();
    assertThat(engine.asked(id)).containsExactly(MAIN, MAIN);
    assertThat(engine.message(id).status()).isEqualTo(DeliveryStatus.SENT);
  }

  @Test
  void what_the_first_says_of_the_message_is_final() {
    engine.says(MAIN, new Sent(new DeliveryResult.Bounced("no such user", true)));
    MessageId id = engine.queue(MAIN, 1).getFirst();
    engine.untilIdle();
    assertThat(engine.asked(id)).containsExactly(MAIN);
    assertThat(engine.message(id).status()).isEqualTo(DeliveryStatus.BOUNCED);
  }

  @Test
  void a_channel_whose_credentials_are_wrong_is_passed_by_where_another_takes_over() {
    engine.says(MAIN, new Sent(new DeliveryResult.Misconfigured("status 401")));
    MessageId id = engine.queue(MAIN, 1).getFirst();
    engine.untilIdle();
    assertThat(engine.asked(id)).containsExactly(MAIN, SECOND);
    assertThat(engine.message(id).status()).isEqualTo(DeliveryStatus.SENT);
  }

  @Test
  void when_all_are_down_each_is_asked_as_often_as_one_alone_would_be() {
    engine.says(MAIN, DOWN);
    engine.says(SECOND, DOWN);
    MessageId id = engine.queue(MAIN, 1).getFirst();
    engine.untilIdle();
    assertThat(engine.asked(MAIN)).isLessThanOrEqualTo(RetryPolicy.MAX_ATTEMPTS);
    assertThat(engine.asked(SECOND)).isLessThanOrEqualTo(RetryPolicy.MAX_ATTEMPTS);
    assertThat(Math.max(engine.asked(MAIN), engine.asked(SECOND)))
        .isEqualTo(RetryPolicy.MAX_ATTEMPTS);
    assertThat(engine.message(id).status()).isEqualTo(DeliveryStatus.UNDELIVERED);
  }

  @Test
  void once_five_came_to_nothing_nobody_asks_the_first_any_more_until_it_is_back() {
    engine.says(MAIN, DOWN);
    engine.queue(MAIN, 100);
    engine.untilIdle();
    assertThat(engine.asked(MAIN)).isEqualTo(5);
    assertThat(engine.asked(SECOND)).isEqualTo(100);

    engine.says(MAIN, TAKEN);
    engine.clock.advance(Duration.ofMinutes(1));
    engine.queue(MAIN, 10);
    engine.untilIdle();
    assertThat(engine.asked(MAIN)).as("one tries, and the others follow").isEqualTo(15);
  }

  @Test
  void a_provider_that_is_slow_counts_as_down_and_what_it_took_as_taken() {
    engine.says(
        MAIN,
        (_, _) -> {
          engine.clock.advance(Duration.ofSeconds(11));
          return TAKEN;
        });
    List<MessageId> ids = engine.queue(MAIN, 20);
    engine.untilIdle();
    assertThat(engine.asked(MAIN)).isEqualTo(5);
    assertThat(ids).allMatch(id -> engine.asked(id).size() == 1);
  }

  @Test
  void a_channel_that_is_not_there_or_of_another_kind_takes_nothing_over() {
    engine.channel(
        MAIN,
        "main",
        Json.object().with(Channel.FAILOVER, Json.texts(List.of("gone", "main", "second"))));
    engine.channel(SECOND, "second", Json.object().with("sandbox_mode", Json.TRUE));
    engine.says(MAIN, DOWN);
    MessageId id = engine.queue(MAIN, 1).getFirst();
    engine.untilIdle();
    assertThat(engine.asked(id)).containsOnly(MAIN).hasSize(RetryPolicy.MAX_ATTEMPTS);
  }

  @Test
  void each_channel_keeps_its_own_rate() {
    engine.channel(SECOND, "second", Json.object().with(Channel.RATE_LIMIT, Json.of(10)));
    engine.says(MAIN, DOWN);
    engine.queue(MAIN, 50);
    engine.untilIdle();
    assertThat(
            engine.requests.stream()
                .filter(it -> it.channel().equals(SECOND))
                .collect(
                    java.util.stream.Collectors.groupingBy(
                        it -> it.at().getEpochSecond(), java.util.stream.Collectors.counting()))
                .values())
        .allMatch(count -> count <= 10);
    assertThat(engine.messages()).allMatch(it -> it.status() == DeliveryStatus.SENT);
  }
}
