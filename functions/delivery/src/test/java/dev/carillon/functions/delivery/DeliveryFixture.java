package dev.carillon.functions.delivery;

import dev.carillon.channel.Channel;
import dev.carillon.channel.ChannelId;
import dev.carillon.channel.ChannelType;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.event.ChangeMessage;
import dev.carillon.functions.delivery.DeliverMessage.Outcome;
import dev.carillon.json.Json;
import dev.carillon.memory.InMemoryPorts;
import dev.carillon.memory.MutableClock;
import dev.carillon.message.DeliveryStatus;
import dev.carillon.message.Message;
import dev.carillon.message.MessageContent;
import dev.carillon.message.MessageId;
import dev.carillon.message.MessageOrigin;
import dev.carillon.recipient.RecipientId;
import dev.carillon.runtime.Ports;
import dev.carillon.task.DeliveryTask;
import dev.carillon.trigger.RunId;
import dev.carillon.trigger.TriggerId;
import dev.carillon.workflow.StepRef;
import dev.carillon.workflow.VersionId;
import dev.carillon.workflow.WorkflowKey;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/** The use case over one email channel, with a provider that does as it is told. */
final class DeliveryFixture {
  static final EnvironmentId LOCAL = new EnvironmentId("local");
  static final MessageId ID = new MessageId("37pcsdaWZgZounTGP8TSxTMWo8w");
  static final TriggerId TRIGGER = TriggerId.parse("019b8d63-64e0-8150-ba86-84e244628d50");
  static final RecipientId ELLIE = RecipientId.user("ellie");
  static final ChannelId EMAIL =
      new ChannelId(UUID.fromString("11111111-2222-8333-8444-555555555555"));
  static final Instant START = Instant.parse("2026-01-05T09:01:00Z");

  final MutableClock clock = new MutableClock(START);
  final InMemoryPorts ports = InMemoryPorts.at(clock);
  final FakeProvider provider = new FakeProvider();
  final DeliverMessage deliver = DeliveryWiring.deliverMessage(ports, provider);

  DeliveryFixture() {
    ports.channels().put(LOCAL, channel(Json.Obj.EMPTY));
    ports.messages().create(message(DeliveryStatus.QUEUED), content());
  }

  static Channel channel(Json.Obj settings) {
    return new Channel(
        EMAIL, "email", "Email", ChannelType.EMAIL, "email_aws_ses", settings, START, START);
  }

  static MessageContent content() {
    return MessageContent.NOTHING;
  }

  static Message message(DeliveryStatus status) {
    return message(ChannelType.EMAIL, status, Optional.empty());
  }

  static Message message(ChannelType type, DeliveryStatus status, Optional<Instant> scheduledAt) {
    return new Message(
        new MessageOrigin(
            LOCAL,
            ID,
            EMAIL,
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
        status,
        Map.of(),
        List.of(),
        List.of(),
        Optional.empty(),
        scheduledAt,
        0,
        START);
  }

  /** The channel of one attempt, whatever becomes of it. */
  void atMostOnce() {
    ports.channels().put(LOCAL, channel(Json.object().with("at_most_once", Json.TRUE)));
  }

  /** The message is wanted until then only. */
  void expiringAt(Instant at) {
    ports.messages().delete(LOCAL, ID);
    ports
        .messages()
        .create(
            message(DeliveryStatus.QUEUED)
                .noted(
                    "created",
                    Message.madeAs(false, false, Optional.of(at), Optional.empty()),
                    START),
            content());
  }

  static DeliveryTask.Deliver task(int attempt) {
    return new DeliveryTask.Deliver(
        LOCAL,
        ID,
        Optional.empty(),
        attempt,
        Optional.of(new DeliveryTask.Cancellable(TRIGGER, ELLIE)),
        OptionalLong.empty());
  }

  Outcome deliver(int attempt) {
    return deliver.handle(task(attempt));
  }

  ChangeMessage record() {
    return new ChangeMessage(ports.messages(), Ports.events(ports));
  }

  Message message() {
    return ports.messages().find(LOCAL, ID).orElseThrow();
  }

  List<String> events() {
    return message().events().stream().map(Message.Event::type).toList();
  }

  /** What the last event says. */
  Json.Obj lastDetails() {
    return message().events().getLast().data();
  }

  /** Lets time pass and tasks come until there are none left. */
  void untilIdle() {
    for (var next = ports.tasks().next(); next.isPresent(); next = ports.tasks().next()) {
      if (next.get().isAfter(clock.instant())) {
        clock.set(next.get());
      }
      var received = ports.tasks().receive().orElseThrow();
      if (received.task() instanceof DeliveryTask.Deliver task) {
        deliver.handle(task);
      }
      ports.tasks().acknowledge(received);
    }
  }
}
