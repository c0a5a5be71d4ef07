package dev.carillon.testing.scenarios;

import dev.carillon.channel.Channel;
import dev.carillon.channel.ChannelId;
import dev.carillon.channel.ChannelType;
import dev.carillon.functions.delivery.SendMessage.Sent;
import dev.carillon.json.Json;
import dev.carillon.message.Attempt;
import dev.carillon.message.Content;
import dev.carillon.message.DeliveryStatus;
import dev.carillon.message.Message;
import dev.carillon.message.MessageContent;
import dev.carillon.provider.DeliveryResult;
import dev.carillon.recipient.Recipient;
import dev.carillon.report.EarlyReport;
import dev.carillon.testing.engine.Call;
import dev.carillon.testing.engine.InProcessEngine;
import dev.carillon.workflow.WorkflowKey;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Stories of what happens to messages once they are made. */
public final class DeliveryScenarios {
  public static final Sent DOWN =
      new Sent(
          new DeliveryResult.Deferred("status 503", Optional.empty()),
          Optional.of(new Attempt.Answer(503, "")));

  private static final ChannelId BACKUP = new ChannelId(new UUID(0x8000, 1));
  private static final ChannelId PUSH = new ChannelId(new UUID(0x8000, 2));
  private static final String GONE = "token-gone";

  private static final String ON_THE_PHONE =
      """
      {"name": "On the phone", "steps": [
        {"type": "channel", "ref": "push_1", "channel_type": "push", "channel_key": "push",
         "template": {"title": "Reset", "text_body": "{{code}}"}}]}
      """;

  private DeliveryScenarios() {}

  /** The engine's mail has a second channel that takes over. */
  public static void withBackup(InProcessEngine engine) {
    engine
        .ports()
        .channels()
        .put(
            InProcessEngine.ENVIRONMENT,
            channel(BACKUP, "backup", ChannelType.EMAIL, "email_postmark"));
    mail(engine, it -> it.with(Channel.FAILOVER, Json.texts(List.of("backup"))));
  }

  private static Channel channel(ChannelId id, String key, ChannelType type, String provider) {
    return new Channel(
        id, key, key, type, provider, Json.Obj.EMPTY, EngineFixtures.MONDAY, EngineFixtures.MONDAY);
  }

  /** With other settings of the channel for mail. */
  public static void mail(InProcessEngine engine, UnaryOperator<Json.Obj> settings) {
    change(
        engine,
        email ->
            new Channel(
                email.id(),
                email.key(),
                email.name(),
                email.type(),
                email.provider(),
                settings.apply(email.settings()),
                email.createdAt(),
                email.updatedAt()));
  }

  /** Mail goes through a provider whose reports bring its own ids alone. */
  public static void withIdsOfTheProvider(InProcessEngine engine) {
    change(
        engine,
        email ->
            new Channel(
                email.id(),
                email.key(),
                email.name(),
                email.type(),
                "sms_africas_talking",
                email.settings(),
                email.createdAt(),
                email.updatedAt()));
  }

  private static void change(InProcessEngine engine, UnaryOperator<Channel> change) {
    var channels = engine.ports().channels();
    channels.put(
        InProcessEngine.ENVIRONMENT,
        change.apply(channels.find(InProcessEngine.ENVIRONMENT, "email").orElseThrow()));
  }

  /** Its provider reported a mail by an id of its own before it was on record that it took it. */
  public static Scenario reportedEarly() {
    return Scenarios.failing(
        "reported by an id of the provider's",
        engine -> {
          withIdsOfTheProvider(engine);
          ChannelId mail =
              engine.ports().channels().find(InProcessEngine.ENVIRONMENT, "email").get().id();
          // Whichever attempt is the one that is on record.
          for (int attempt = 1; attempt <= 3; attempt++) {
            engine
                .ports()
                .externalIds()
                .park(
                    InProcessEngine.ENVIRONMENT,
                    mail,
                    "ses-" + attempt,
                    new EarlyReport(DeliveryStatus.DELIVERED, Optional.empty()));
          }
        });
  }

  /** The provider of mail turns the first two requests away, and the second channel takes them. */
  public static Scenario takenOver() {
    return Scenarios.failing(
        "taken over by the second channel",
        engine -> {
          withBackup(engine);
          var times = new int[1];
          engine.email().answers("email", (_, _) -> Optional.of(DOWN).filter(_ -> times[0]++ < 2));
        });
  }

  /** Nobody knows whether the first channel sent it. */
  public static Scenario bound() {
    return Scenarios.failing(
        "bound to the first channel",
        engine -> {
          withBackup(engine);
          var times = new int[1];
          engine
              .email()
              .answers(
                  "email",
                  (_, _) ->
                      Optional.of(new Sent(new DeliveryResult.Ambiguous("timeout")))
                          .filter(_ -> times[0]++ < 1));
        });
  }

  /** Six mails find out that the provider is down, and one that it is back. */
  public static Scenario outage() {
    return told(
        "a provider is down for three minutes",
        6,
        engine -> {
          var until = engine.now().plus(Duration.ofMinutes(3));
          engine
              .email()
              .answers(
                  "email", (_, _) -> Optional.of(DOWN).filter(_ -> engine.now().isBefore(until)));
        });
  }

  public static Scenario limited() {
    return told(
        "one mail a second",
        3,
        engine -> mail(engine, it -> it.with(Channel.RATE_LIMIT, Json.of(1))));
  }

  /** The provider reports nothing and is asked. */
  public static Scenario polled() {
    return Scenarios.failing(
        "asked after until it is known",
        engine -> mail(engine, it -> it.with(Channel.STATUS_POLLING, Json.TRUE)));
  }

  /** So many mails at once. */
  private static Scenario told(String name, int count, Consumer<InProcessEngine> setting) {
    return new Scenario(
        name,
        new WorkflowKey("password"),
        Scenarios.password(),
        setting,
        engine ->
            new RetryingClient(engine)
                .must(Call.trigger("password", EngineFixtures.toMany(count)).once("many-1")),
        Duration.ofHours(3),
        List.of(Scenarios.ANA));
  }

  /** A mail comes back for good; the next one is not sent. */
  public static Scenario suppressed() {
    return new Scenario(
        "an address that mail comes back from",
        new WorkflowKey("password"),
        Scenarios.password(),
        _ -> {},
        engine -> {
          var client = new RetryingClient(engine);
          engine.client(() -> bounce(engine));
          client.must(password().once("reset-1"));
          engine.advance(Duration.ofMinutes(30));
          client.must(password().once("reset-2"));
        },
        Duration.ofHours(3),
        List.of(Scenarios.ANA));
  }

  private static Call password() {
    return Call.trigger(
        "password",
        EngineFixtures.to(Scenarios.person("ana"))
            .with("data", Json.object().with("code", "123456")));
  }

  private static boolean bounce(InProcessEngine engine) {
    List<Message> sent =
        Scenarios.messages(engine, message -> message.status() == DeliveryStatus.SENT);
    sent.forEach(message -> engine.sesReports("Bounce", message.id()));
    return !sent.isEmpty();
  }

  /** What is left of the tokens once it did. */
  public static final String ONE_TOKEN_LEFT =
      "channels of ana: "
          + Map.of(
              PUSH.toString(), Json.object().with("tokens", Json.texts(List.of("token-good"))));

  /** A token turns out to be dead, right after another one was not. */
  public static Scenario tokenGone() {
    return new Scenario(
        "a token that is dead",
        new WorkflowKey("phone"),
        ON_THE_PHONE,
        engine -> {
          engine
              .ports()
              .channels()
              .put(
                  InProcessEngine.ENVIRONMENT, channel(PUSH, "push", ChannelType.PUSH, "push_fcm"));
          Scenarios.known(engine, Scenarios.ANA, Json.object().with("name", "Ana"));
          engine
              .ports()
              .recipients()
              .change(
                  InProcessEngine.ENVIRONMENT,
                  Scenarios.ANA,
                  DeliveryScenarios::withTokens,
                  engine.now());
          engine.email().answers("push", DeliveryScenarios::push);
        },
        engine ->
            new RetryingClient(engine)
                .must(
                    Call.trigger(
                            "phone",
                            EngineFixtures.to(Json.of("ana"))
                                .with("data", Json.object().with("code", "123456")))
                        .once("phone-1")),
        Duration.ofHours(3),
        List.of(Scenarios.ANA));
  }

  private static Recipient withTokens(Recipient recipient) {
    return recipient.withChannelData(
        PUSH.toString(), Json.object().with("tokens", Json.texts(List.of("token-good", GONE))));
  }

  private static Optional<Sent> push(Message message, MessageContent content) {
    return content.content() instanceof Content.Push push && push.token().equals(GONE)
        ? Optional.of(
            new Sent(
                new DeliveryResult.Bounced("unregistered", true),
                Optional.of(new Attempt.Answer(404, ""))))
        : Optional.empty();
  }

  /** A message that was given up is tried again because somebody asks for it. */
  public static Scenario retriedByHand() {
    return new Scenario(
        "tried again by hand",
        new WorkflowKey("password"),
        Scenarios.password(),
        engine -> {
          engine
              .email()
              .answers(
                  "email",
                  (message, _) ->
                      Optional.of(new Sent(new DeliveryResult.Rejected("status 400")))
                          .filter(_ -> message.retries() == 0));
        },
        engine -> {
          var client = new RetryingClient(engine);
          engine.client(() -> retry(engine, client));
          client.must(password().once("reset-1"));
        },
        Duration.ofHours(3),
        List.of(Scenarios.ANA));
  }

  private static boolean retry(InProcessEngine engine, RetryingClient client) {
    List<Message> failed =
        Scenarios.messages(
            engine,
            message -> message.status() == DeliveryStatus.UNDELIVERED && message.retries() == 0);
    failed.forEach(
        message ->
            client.must(Call.post("/v1/messages/" + message.id() + "/retry", Json.object())));
    return !failed.isEmpty();
  }

  /** What goes wrong with mail now and then, the same way for the same attempt. */
  public static void shaky(InProcessEngine engine) {
    withBackup(engine);
    mail(
        engine,
        it -> it.with(Channel.STATUS_POLLING, Json.TRUE).with(Channel.RATE_LIMIT, Json.of(2)));
    engine
        .email()
        .answers(
            "email",
            (message, _) ->
                switch (Math.floorMod(message.id().hashCode() + 7 * message.attempts().size(), 4)) {
                  case 0 -> Optional.of(DOWN);
                  case 1 -> Optional.of(new Sent(new DeliveryResult.Ambiguous("timeout")));
                  default -> Optional.empty();
                });
  }
}
