package dev.carillon.testing.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.functions.delivery.SendMessage.Sent;
import dev.carillon.message.Attempt;
import dev.carillon.message.DeliveryStatus;
import dev.carillon.message.Message;
import dev.carillon.provider.DeliveryResult;
import dev.carillon.testing.scenarios.EngineFixtures;
import dev.carillon.testing.scenarios.Scenarios;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What becomes of a message whose provider fails. */
class RetryingTest {
  private final InProcessEngine engine = EngineFixtures.engine("password", Scenarios.password());

  @Test
  void a_provider_that_is_down_is_asked_eight_times_within_thirty_minutes() {
    engine.email().saysAlways(status(503));
    trigger();

    var offers = engine.email().offers();
    assertThat(offers).hasSize(8);
    assertThat(Duration.between(offers.getFirst().at(), offers.getLast().at()))
        .isBetween(Duration.ofMinutes(20), Duration.ofMinutes(30));
    for (int i = 2; i < offers.size(); i++) {
      assertThat(Duration.between(offers.get(i - 1).at(), offers.get(i).at()))
          .isGreaterThan(Duration.between(offers.get(i - 2).at(), offers.get(i - 1).at()));
    }
    assertThat(message().attempts()).hasSize(8);
    assertThat(message().status()).isEqualTo(DeliveryStatus.UNDELIVERED);
  }

  @Test
  void a_provider_that_does_not_answer_is_asked_again_and_each_time_is_on_record() {
    engine
        .email()
        .says(
            new Sent(new DeliveryResult.Ambiguous("no_answer")),
            new Sent(new DeliveryResult.Ambiguous("no_answer")));
    trigger();

    assertThat(engine.email().offers()).hasSize(3);
    assertThat(message().attempts())
        .extracting(Attempt::result)
        .hasExactlyElementsOfTypes(
            Attempt.Result.Ambiguous.class,
            Attempt.Result.Ambiguous.class,
            Attempt.Result.Accepted.class);
    assertThat(message().status()).isEqualTo(DeliveryStatus.SENT);
  }

  @Test
  void a_provider_that_refuses_is_asked_once() {
    engine
        .email()
        .saysAlways(
            new Sent(
                new DeliveryResult.Rejected("status 400"),
                Optional.of(new Attempt.Answer(400, "no"))));
    trigger();

    assertThat(engine.email().offers()).hasSize(1);
    assertThat(message().attempts()).hasSize(1);
    assertThat(message().status()).isEqualTo(DeliveryStatus.UNDELIVERED);
  }

  @Test
  void a_provider_that_asks_to_be_left_alone_is() {
    engine
        .email()
        .says(
            new Sent(new DeliveryResult.Deferred("throttled", Optional.of(Duration.ofMinutes(9)))));
    trigger();

    var offers = engine.email().offers();
    assertThat(offers).hasSize(2);
    assertThat(Duration.between(offers.getFirst().at(), offers.getLast().at()))
        .isGreaterThanOrEqualTo(Duration.ofMinutes(9));
  }

  private void trigger() {
    engine.call(Call.trigger("password", EngineFixtures.to(EngineFixtures.person("ana"))));
    assertThat(engine.advanceUntilIdle(Duration.ofHours(2))).isTrue();
    assertThat(engine.deadLetters()).isEmpty();
  }

  private Message message() {
    return EngineFixtures.messages(engine).getFirst();
  }

  private static Sent status(int status) {
    return new Sent(
        new DeliveryResult.Deferred("status " + status, Optional.empty()),
        Optional.of(new Attempt.Answer(status, "")));
  }
}
