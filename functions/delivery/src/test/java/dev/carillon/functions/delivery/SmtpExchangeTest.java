package dev.carillon.functions.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.channel.Channel;
import dev.carillon.channel.ChannelType;
import dev.carillon.functions.delivery.SendMessage.Sent;
import dev.carillon.functions.delivery.call.CallOverNetwork;
import dev.carillon.functions.delivery.call.SmtpDialogue;
import dev.carillon.json.Json;
import dev.carillon.memory.environment.InMemoryChannelCredentials;
import dev.carillon.message.Attempt;
import dev.carillon.message.Content;
import dev.carillon.message.DeliveryStatus;
import dev.carillon.message.Message;
import dev.carillon.message.MessageContent;
import dev.carillon.outbound.PublicAddresses;
import dev.carillon.outbound.Resolve;
import dev.carillon.provider.DeliveryResult;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * SMTP over a real socket, whatever the server does: the result says what may be done next, and the
 * server saw one conversation that sends, no more.
 */
class SmtpExchangeTest {
  /** What the server does. */
  enum Doing {
    TAKES_IT("Accepted", 1),
    HAS_NO_TIME("Deferred", 0, "GREETING", "421 4.3.2 too busy"),
    KNOWS_NO_SUCH_KEY("Misconfigured", 0, "AUTH", "535 5.7.8 no"),
    LIKES_NO_SUCH_SENDER("Misconfigured", 0, "MAIL", "550 5.7.1 not yours"),
    KNOWS_NO_SUCH_MAILBOX("Bounced", 0, "RCPT", "550 5.1.1 no such user"),
    HAS_NO_ROOM_IN_THE_MAILBOX("Bounced", 0, "RCPT", "552 5.2.2 full"),
    ASKS_TO_COME_AGAIN("Deferred", 0, "RCPT", "451 4.7.1 greylisted"),
    IS_DOWN("Deferred", 1, ".", "451 4.3.0 later"),
    FINDS_IT_WRONG("Rejected", 1, ".", "554 5.6.0 malformed"),
    SAYS_WHAT_NOBODY_READS("Ambiguous", 1, ".", "what"),
    SAYS_NOTHING_AT_FIRST("Deferred", 0, "GREETING", LoopbackMailServer.SILENCE),
    SAYS_NOTHING_IN_THE_END("Ambiguous", 1, ".", LoopbackMailServer.SILENCE),
    HANGS_UP_AT_FIRST("Deferred", 0, "GREETING", LoopbackMailServer.CLOSE),
    HANGS_UP_BEFORE_THE_MAIL("Ambiguous", 0, "DATA", LoopbackMailServer.CLOSE),
    HANGS_UP_AFTER_THE_MAIL("Ambiguous", 1, ".", LoopbackMailServer.CLOSE);

    private final String result;
    private final int mails;
    private final Map<String, String> instead;

    Doing(String result, int mails, String... instead) {
      this.result = result;
      this.mails = mails;
      this.instead = instead.length == 0 ? Map.of() : Map.of(instead[0], instead[1]);
    }

    private boolean isSilent() {
      return instead.containsValue(LoopbackMailServer.SILENCE);
    }
  }

  @ParameterizedTest
  @EnumSource
  void one_attempt_is_one_mail_and_its_result_says_what_may_be_done_next(Doing doing)
      throws IOException {
    try (var server = new LoopbackMailServer(doing.instead)) {
      Sent sent = send(server, doing);
      assertThat(sent.result().getClass().getSimpleName())
          .as(sent.result().toString())
          .isEqualTo(doing.result);
      assertThat(server.mails()).hasSize(doing.mails);
      assertThat(server.commands().stream().filter("MAIL"::equals)).hasSizeLessThanOrEqualTo(1);
      if (doing == Doing.TAKES_IT) {
        assertThat(((DeliveryResult.Accepted) sent.result()).externalId())
            .contains(DeliveryFixture.ID.value() + "@acme.test");
        assertThat(server.mails().getFirst())
            .contains("Subject: Hi")
            .contains(DeliveryFixture.ID.value());
      }
    }
  }

  private static Sent send(LoopbackMailServer server, Doing doing) {
    var credentials = new InMemoryChannelCredentials(() -> DeliveryFixture.START);
    credentials.put(
        DeliveryFixture.LOCAL, DeliveryFixture.EMAIL, Json.object().with("password", "s3cr3t0"));
    // Long enough for a machine that has other things to do.
    Duration patience = doing.isSilent() ? Duration.ofSeconds(1) : Duration.ofSeconds(20);
    var dialogue =
        new SmtpDialogue(
            new PublicAddresses(Set.of("localhost:" + server.port()), Resolve.SYSTEM),
            Duration.ofSeconds(5),
            patience);
    return new SendThroughProvider(
            credentials,
            new LookupAnswers(),
            new CallOverNetwork(null, null, dialogue, Set.of()),
            Json.Obj.EMPTY,
            CallbackUrls.NONE,
            () -> DeliveryFixture.START)
        .send(message(), new MessageContent(mail(), Json.Obj.EMPTY), channel(server.port()));
  }

  private static Channel channel(int port) {
    return new Channel(
        DeliveryFixture.EMAIL,
        "mail",
        "Mail",
        ChannelType.EMAIL,
        "email_smtp",
        Json.object()
            .with("host", "localhost")
            .with("port", Json.of(port))
            .with("username", "carillon"),
        DeliveryFixture.START,
        DeliveryFixture.START);
  }

  private static Message message() {
    return DeliveryFixture.message(DeliveryStatus.QUEUED)
        .with(
            new Attempt(
                1,
                DeliveryFixture.START,
                new Attempt.Result.Claimed(DeliveryFixture.START.plusSeconds(60)),
                0),
            DeliveryFixture.START);
  }

  private static Content mail() {
    return new Content.Email(
        new Content.Envelope(
            Optional.of(new Content.Mailbox(Optional.empty(), "hello@acme.test")),
            List.of(new Content.Mailbox(Optional.empty(), "ellie@example.com")),
            List.of(),
            List.of(),
            List.of()),
        "Hi",
        "<p>Hi</p>",
        "Hi",
        Map.of(),
        List.of(),
        Json.Obj.EMPTY);
  }
}
