package dev.carillon.testing.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.channel.Channel;
import dev.carillon.json.Json;
import dev.carillon.message.DeliveryStatus;
import dev.carillon.testing.scenarios.EngineFixtures;
import java.time.Duration;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A channel that may send so many messages a second, and no more. */
class RateLimitTest {
  private static final int RATE = 10;
  private static final String MAIL =
      """
      {"key": "news", "name": "News", "steps": [{"type": "channel", "ref": "email_1",
        "channel_type": "email", "channel_key": "email",
        "template": {"subject": "News", "html_body": "<p>x</p>"}}]}\
      """;

  private final InProcessEngine engine = EngineFixtures.engine("news", MAIL);

  @Test
  void ten_times_its_rate_at_once_goes_out_second_by_second_and_the_provider_turns_none_away() {
    limited();
    engine.email().takesPerSecond(RATE);
    engine.call(Call.trigger("news", EngineFixtures.toMany(10 * RATE)));
    assertThat(engine.advanceUntilIdle(Duration.ofMinutes(5))).isTrue();

    assertThat(EngineFixtures.messages(engine))
        .hasSize(10 * RATE)
        .allMatch(message -> message.status() == DeliveryStatus.SENT)
        .as("waiting for the rate is not a try")
        .allMatch(message -> message.attempts().size() == 1);
    assertThat(engine.email().offers()).hasSize(10 * RATE).allMatch(FakeProvider.Offer::accepted);
    assertThat(
            engine.email().offers().stream()
                .collect(
                    Collectors.groupingBy(it -> it.at().getEpochSecond(), Collectors.counting()))
                .values())
        .as("not slower than it has to be")
        .hasSizeLessThanOrEqualTo(12);
    assertThat(engine.deadLetters()).isEmpty();
  }

  @Test
  void what_a_provider_turns_away_without_a_limit_is_tried_again() {
    engine.email().takesPerSecond(RATE);
    engine.call(Call.trigger("news", EngineFixtures.toMany(2 * RATE)));
    assertThat(engine.advanceUntilIdle(Duration.ofMinutes(5))).isTrue();
    assertThat(engine.email().offers()).hasSizeGreaterThan(2 * RATE);
    assertThat(engine.email().accepted()).hasSize(2 * RATE);
  }

  private void limited() {
    var channels = engine.ports().channels();
    Channel email = channels.find(InProcessEngine.ENVIRONMENT, "email").orElseThrow();
    channels.put(
        InProcessEngine.ENVIRONMENT,
        new Channel(
            email.id(),
            email.key(),
            email.name(),
            email.type(),
            email.provider(),
            email.settings().with(Channel.RATE_LIMIT, Json.of(RATE)),
            email.createdAt(),
            email.updatedAt()));
  }
}
