package dev.carillon.functions.callbacks;

import dev.carillon.channel.Channel;
import dev.carillon.channel.ChannelId;
import dev.carillon.channel.ChannelType;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.event.Listener;
import dev.carillon.event.PublishEvents;
import dev.carillon.json.Json;
import dev.carillon.memory.InMemoryPorts;
import dev.carillon.memory.MutableClock;
import dev.carillon.message.Content;
import dev.carillon.message.DeliveryStatus;
import dev.carillon.message.Message;
import dev.carillon.message.MessageContent;
import dev.carillon.message.MessageId;
import dev.carillon.message.MessageOrigin;
import dev.carillon.provider.callback.CallbackEvent;
import dev.carillon.provider.ses.SesEvents;
import dev.carillon.recipient.RecipientId;
import dev.carillon.runtime.Ports;
import dev.carillon.task.StepsTask;
import dev.carillon.trigger.RunId;
import dev.carillon.trigger.TriggerId;
import dev.carillon.workflow.EventSources;
import dev.carillon.workflow.StepRef;
import dev.carillon.workflow.VersionId;
import dev.carillon.workflow.WorkflowKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The use case over one message, and SES's events about it. */
final class CallbacksFixture {
  static final EnvironmentId LOCAL = new EnvironmentId("local");
  static final ChannelId CHANNEL =
      new ChannelId(UUID.fromString("11111111-2222-8333-8444-555555555555"));
  static final MessageId ID = new MessageId("37pcsdaWZgZounTGP8TSxTMWo8w");
  private static final TriggerId TRIGGER = TriggerId.parse("019b8d63-64e0-8150-ba86-84e244628d50");
  private static final RecipientId ELLIE = RecipientId.user("ellie");
  private static final Instant START = Instant.parse("2026-01-05T09:01:00Z");

  final MutableClock clock = new MutableClock(START);
  final InMemoryPorts ports = InMemoryPorts.at(clock);
  final RecordStatus record = new CallbacksWiring(ports).recordStatus();

  CallbacksFixture(DeliveryStatus status) {
    this(status, List.of("ellie@example.com"), List.of("cc@example.com"));
  }

  CallbacksFixture(DeliveryStatus status, List<String> to, List<String> cc) {
    this(ChannelType.EMAIL, status, mail(to, cc));
  }

  /** Over a message of that type; a mail has somebody in copy. */
  static CallbacksFixture of(ChannelType type, DeliveryStatus status) {
    Content content =
        switch (type) {
          case SMS -> new Content.Sms("+15005550006", "Hi", Json.Obj.EMPTY);
          case PUSH -> new Content.Push("token", "Hi", "", Json.Obj.EMPTY, false, Json.Obj.EMPTY);
          case CHAT ->
              new Content.Chat(Json.Obj.EMPTY, new Content.ChatBody.Markdown("Hi"), Json.Obj.EMPTY);
          case EMAIL -> mail(List.of("ellie@example.com"), List.of("cc@example.com"));
          case IN_APP_FEED, HTTP -> throw new IllegalArgumentException("Nobody reports of " + type);
        };
    return new CallbacksFixture(type, status, content);
  }

  private CallbacksFixture(ChannelType type, DeliveryStatus status, Content content) {
    ports.messages().create(message(type, status), new MessageContent(content, Json.Obj.EMPTY));
  }

  private static Content mail(List<String> to, List<String> cc) {
    return new Content.Email(
        new Content.Envelope(
            Optional.empty(),
            to.stream().map(CallbacksFixture::mailbox).toList(),
            cc.stream().map(CallbacksFixture::mailbox).toList(),
            List.of(),
            List.of()),
        "",
        "",
        "",
        Map.of(),
        List.of(),
        Json.Obj.EMPTY);
  }

  /** Has the message's channel be of that provider. */
  void reportedBy(String provider, Json.Obj credentials) {
    ports
        .channels()
        .put(
            LOCAL,
            new Channel(
                CHANNEL,
                "mail",
                "Mail",
                ChannelType.EMAIL,
                provider,
                Json.Obj.EMPTY,
                START,
                START));
    ports.channelCredentials().put(LOCAL, CHANNEL, credentials);
  }

  private static Content.Mailbox mailbox(String address) {
    return new Content.Mailbox(Optional.empty(), address);
  }

  private static Message message(ChannelType type, DeliveryStatus status) {
    return new Message(
        new MessageOrigin(
            LOCAL,
            ID,
            CHANNEL,
            type,
            ELLIE,
            List.of(),
            Optional.empty(),
            new Message.Source(
                new WorkflowKey("new-comment"),
                new VersionId(UUID.fromString("5e0cbf1a-7b0e-8a00-9f00-0123456789ab")),
                List.of(),
                new StepRef("email"),
                TRIGGER,
                RunId.of(TRIGGER, ELLIE)),
            Json.Obj.EMPTY,
            Json.Obj.EMPTY,
            START),
        status);
  }

  PublishEvents tell() {
    return Ports.events(ports);
  }

  /** Lets a run of ellie's wait for that of the message's workflow. */
  void listens(String event) {
    ports
        .listeners()
        .add(
            LOCAL,
            new Listener(
                ELLIE,
                EventSources.message("new-comment", event),
                TRIGGER,
                Optional.empty(),
                "w",
                0,
                0,
                START.plusSeconds(900)));
  }

  /** Puts it back to how it was then. */
  void stands(Message message) {
    MessageContent content = ports.messages().content(LOCAL, ID).orElseThrow();
    ports.messages().delete(LOCAL, ID);
    ports.messages().create(message, content);
  }

  /** The ids of the events that were told. */
  List<String> told() {
    return ports.tasks().queued().stream().map(task -> ((StepsTask.Match) task).event()).toList();
  }

  Message message() {
    return ports.messages().find(LOCAL, ID).orElseThrow();
  }

  List<String> events() {
    return message().events().stream().map(Message.Event::type).toList();
  }

  /** An event as SES sends it, as far as anybody reads it. */
  static Json.Obj event(String type) {
    return event(type, "local", ID.value());
  }

  static Json.Obj event(String type, String environment, String message) {
    return Json.object()
        .with("eventType", type)
        .with(
            "mail",
            Json.object()
                .with(
                    "tags",
                    Json.object()
                        .with("carillon_environment", Json.texts(List.of(environment)))
                        .with("carillon_message_id", Json.texts(List.of(message)))))
        .with(
            "bounce",
            Json.object()
                .with("bounceType", "Permanent")
                .with("bounceSubType", "General")
                .with(
                    "bouncedRecipients",
                    Json.array(List.of(Json.object().with("emailAddress", "ellie@example.com")))))
        .with("reject", Json.object().with("reason", "Bad content"));
  }

  RecordStatus.Result say(String type) {
    return say(event(type));
  }

  /** What came of the last of the events in there. */
  RecordStatus.Result say(Json.Obj event) {
    var result = RecordStatus.Result.NO_STATUS;
    for (CallbackEvent read : read(event)) {
      result = record.handle(LOCAL, read.message().orElseThrow(), read);
    }
    return result;
  }

  static List<CallbackEvent> read(Json.Obj event) {
    return SesEvents.events("sns-" + event.text("eventType").orElse(""), event, START);
  }

  /** Of the mail that arrived, or came back, at these addresses. */
  static Json.Obj about(String type, String bounceType, String... addresses) {
    List<Json> bounced = new ArrayList<>();
    for (String address : addresses) {
      bounced.add(Json.object().with("emailAddress", address));
    }
    return event(type)
        .with("delivery", Json.object().with("recipients", Json.texts(List.of(addresses))))
        .with(
            "bounce",
            Json.object()
                .with("bounceType", bounceType)
                .with("bounceSubType", "General")
                .with("bouncedRecipients", Json.array(bounced)))
        .with("complaint", Json.object().with("complainedRecipients", Json.array(bounced)));
  }
}
