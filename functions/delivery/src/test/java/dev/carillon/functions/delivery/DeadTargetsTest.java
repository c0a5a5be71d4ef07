package dev.carillon.functions.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.channel.Channel;
import dev.carillon.channel.ChannelId;
import dev.carillon.channel.ChannelType;
import dev.carillon.functions.delivery.SendMessage.Sent;
import dev.carillon.json.Json;
import dev.carillon.memory.InMemoryPorts;
import dev.carillon.memory.MutableClock;
import dev.carillon.message.Content;
import dev.carillon.message.DeliveryStatus;
import dev.carillon.message.Message;
import dev.carillon.message.MessageContent;
import dev.carillon.provider.DeliveryResult;
import dev.carillon.recipient.Recipient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of an address or a token that the provider calls dead. */
class DeadTargetsTest {
  private static final ChannelId PHONES = new ChannelId(new UUID(5, 6));
  private static final DeliveryResult TAKEN =
      new DeliveryResult.Accepted(Optional.empty(), DeliveryStatus.SENT);
  private static final DeliveryResult DEAD = new DeliveryResult.Bounced("gone", true);

  private final MutableClock clock = new MutableClock(DeliveryFixture.START);
  private final InMemoryPorts ports = InMemoryPorts.at(clock);
  private final Message message = DeliveryFixture.message(DeliveryStatus.QUEUED);

  /** What the provider says of each target. */
  private Map<String, DeliveryResult> provider = Map.of("old", DEAD, "new", TAKEN);

  private final SendMessage sender =
      DeliveryWiring.heedingDeadTargets(
          ports,
          new SendMessage() {
            @Override
            public Sent send(Message of, MessageContent content, Channel channel) {
              return new Sent(provider.getOrDefault(target(content.content()), DEAD));
            }

            @Override
            public Duration patience(Channel channel) {
              return Duration.ofSeconds(1);
            }
          });

  @BeforeEach
  void devices() {
    ports
        .recipients()
        .change(
            message.environment(),
            message.recipient(),
            it ->
                it.withChannelData(
                    PHONES.toString(),
                    Json.object().with("tokens", Json.texts(List.of("old", "new")))),
            clock.instant());
  }

  @Test
  void a_dead_token_is_forgotten_once_the_channel_is_known_to_work() {
    push("old", Json.Obj.EMPTY);
    assertThat(tokens()).as("nothing of this channel was taken yet").contains("old", "new");
    push("new", Json.Obj.EMPTY);
    push("old", Json.Obj.EMPTY);
    assertThat(tokens()).containsExactly("new");
    push("old", Json.Obj.EMPTY);
    assertThat(tokens()).containsExactly("new");
  }

  @Test
  void a_channel_for_another_app_costs_nobody_their_token() {
    push("new", Json.Obj.EMPTY);
    provider = Map.of();
    clock.advance(Duration.ofMinutes(61));
    push("old", Json.Obj.EMPTY);
    push("new", Json.Obj.EMPTY);
    assertThat(tokens()).contains("old", "new");
  }

  @Test
  void a_channel_that_calls_one_after_another_dead_is_believed_no_more_until_it_takes_one() {
    push("new", Json.Obj.EMPTY);
    for (int i = 0; i < ForgetDeadTokens.MOST_IN_A_ROW; i++) {
      push("of another user " + i, Json.Obj.EMPTY);
    }
    push("old", Json.Obj.EMPTY);
    assertThat(tokens()).contains("old");
    push("new", Json.Obj.EMPTY);
    push("old", Json.Obj.EMPTY);
    assertThat(tokens()).containsExactly("new");
  }

  @Test
  void devices_with_a_language_are_forgotten_as_well() {
    ports
        .recipients()
        .change(
            message.environment(),
            message.recipient(),
            it ->
                it.withChannelData(
                    PHONES.toString(),
                    Json.object()
                        .with(
                            "devices",
                            Json.array(
                                List.of(
                                    Json.object().with("token", "old").with("locale", "de"),
                                    Json.object().with("token", "new").with("locale", "en"))))),
            clock.instant());
    push("new", Json.Obj.EMPTY);
    push("old", Json.Obj.EMPTY);
    assertThat(
            ports
                .recipients()
                .find(message.environment(), message.recipient())
                .orElseThrow()
                .channelData()
                .get(PHONES.toString())
                .toString())
        .contains("new", "en")
        .doesNotContain("old");
  }

  @Test
  void a_channel_can_keep_its_tokens() {
    push("new", Json.Obj.EMPTY);
    push("old", Json.object().with("token_deregistration", Json.FALSE));
    assertThat(tokens()).contains("old");
  }

  @Test
  void an_address_that_is_dead_at_once_is_suppressed() {
    var mail =
        new Content.Email(
            new Content.Envelope(
                Optional.empty(),
                List.of(new Content.Mailbox(Optional.empty(), "Ellie@Example.com")),
                List.of(),
                List.of(),
                List.of()),
            "",
            "",
            "",
            Map.of(),
            List.of(),
            Json.Obj.EMPTY);
    sender.send(
        message,
        new MessageContent(mail, Json.Obj.EMPTY),
        channel(ChannelType.EMAIL, Json.Obj.EMPTY));
    assertThat(ports.suppressions().find(message.environment(), "ellie@example.com")).isPresent();
  }

  private void push(String token, Json.Obj settings) {
    sender.send(
        message,
        new MessageContent(
            new Content.Push(token, "Hi", "", Json.Obj.EMPTY, false, Json.Obj.EMPTY),
            Json.Obj.EMPTY),
        channel(ChannelType.PUSH, settings));
  }

  private static String target(Content content) {
    return content instanceof Content.Push push ? push.token() : "";
  }

  private List<String> tokens() {
    return ports
        .recipients()
        .find(message.environment(), message.recipient())
        .map(Recipient::channelData)
        .map(it -> it.get(PHONES.toString()))
        .orElseThrow()
        .list("tokens")
        .stream()
        .map(it -> ((Json.Str) it).value())
        .toList();
  }

  private Channel channel(ChannelType type, Json.Obj settings) {
    return new Channel(
        PHONES, "phones", "Phones", type, "any", settings, clock.instant(), clock.instant());
  }
}
