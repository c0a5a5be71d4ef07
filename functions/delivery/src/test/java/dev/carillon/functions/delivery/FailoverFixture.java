package dev.carillon.functions.delivery;

import dev.carillon.channel.Channel;
import dev.carillon.channel.ChannelId;
import dev.carillon.channel.ChannelType;
import dev.carillon.functions.delivery.SendMessage.Sent;
import dev.carillon.json.Json;
import dev.carillon.memory.InMemoryPorts;
import dev.carillon.memory.MutableClock;
import dev.carillon.message.Attempt;
import dev.carillon.message.Content;
import dev.carillon.message.DeliveryStatus;
import dev.carillon.message.Message;
import dev.carillon.message.MessageContent;
import dev.carillon.message.MessageId;
import dev.carillon.message.MessageOrigin;
import dev.carillon.page.PageRequest;
import dev.carillon.page.TimeRange;
import dev.carillon.provider.DeliveryResult;
import dev.carillon.recipient.RecipientId;
import dev.carillon.task.DeliveryTask;
import dev.carillon.trigger.RunId;
import dev.carillon.workflow.StepRef;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.BiFunction;

/** Three channels of mail, each with a provider that does as it is told, and one worker. */
final class FailoverFixture implements SendMessage {
  static final ChannelId MAIN = new ChannelId(new UUID(1, 1));
  static final ChannelId SECOND = new ChannelId(new UUID(1, 2));
  static final ChannelId OTHER = new ChannelId(new UUID(1, 3));
  static final Instant START = DeliveryFixture.START;

  static final Sent TAKEN =
      new Sent(
          new DeliveryResult.Accepted(Optional.of("x"), DeliveryStatus.SENT),
          Optional.of(new Attempt.Answer(200, "ok")));
  static final Sent DOWN =
      new Sent(
          new DeliveryResult.Deferred("status 503", Optional.empty()),
          Optional.of(new Attempt.Answer(503, "")));
  static final Sent UNKNOWN = new Sent(new DeliveryResult.Ambiguous("timeout"));

  /** One request that a provider saw. */
  record Request(Instant at, ChannelId channel, MessageId message, MessageContent content) {}

  final MutableClock clock = new MutableClock(START);
  final InMemoryPorts ports = InMemoryPorts.at(clock);
  final List<Request> requests = new ArrayList<>();
  private final Map<ChannelId, BiFunction<Message, Instant, Sent>> providers = new HashMap<>();
  DeliverMessage deliver = DeliveryWiring.deliverMessage(ports, this);

  FailoverFixture(Json.Obj main) {
    channel(MAIN, "main", main.with("from_address", "main@acme.test"));
    channel(SECOND, "second", Json.object().with("from_address", "second@acme.test"));
    channel(OTHER, "other", Json.Obj.EMPTY);
  }

  /** Whose main channel has the second one to take over. */
  static FailoverFixture withSecond() {
    return new FailoverFixture(withFailover());
  }

  static Json.Obj withFailover() {
    return Json.object().with(Channel.FAILOVER, Json.texts(List.of("second")));
  }

  void channel(ChannelId id, String key, Json.Obj settings) {
    ports
        .channels()
        .put(
            DeliveryFixture.LOCAL,
            new Channel(id, key, key, ChannelType.EMAIL, "email_postmark", settings, START, START));
  }

  /** As if its credentials had been taken away, or never been given. */
  void lacksCredentials(ChannelId channel) {
    var channels = ports.channels();
    channels.put(
        DeliveryFixture.LOCAL,
        channels.find(DeliveryFixture.LOCAL, channel.toString()).orElseThrow(),
        List.of("api_key"));
  }

  /** What that channel's provider says from now on. */
  void says(ChannelId channel, Sent sent) {
    says(channel, (_, _) -> sent);
  }

  void says(ChannelId channel, BiFunction<Message, Instant, Sent> sent) {
    providers.put(channel, sent);
  }

  @Override
  public Sent send(Message message, MessageContent content, Channel channel) {
    requests.add(new Request(clock.instant(), channel.id(), message.id(), content));
    return providers.getOrDefault(channel.id(), (_, _) -> TAKEN).apply(message, clock.instant());
  }

  @Override
  public Duration patience(Channel channel) {
    return Duration.ofSeconds(12);
  }

  /** Messages on that channel that are to be delivered now. */
  List<MessageId> queue(ChannelId channel, int count) {
    var ids = new ArrayList<MessageId>();
    for (int i = 0; i < count; i++) {
      Message like = DeliveryFixture.message(DeliveryStatus.QUEUED);
      RecipientId recipient = RecipientId.user("u" + i);
      RunId run = RunId.of(DeliveryFixture.TRIGGER, recipient);
      MessageId id = MessageId.of(clock.instant(), run, new StepRef("email"), channel);
      var message =
          new Message(
              new MessageOrigin(
                  like.environment(),
                  id,
                  channel,
                  ChannelType.EMAIL,
                  recipient,
                  List.of(),
                  Optional.empty(),
                  like.source(),
                  Json.Obj.EMPTY,
                  Json.Obj.EMPTY,
                  clock.instant()),
              DeliveryStatus.QUEUED);
      ports.messages().create(message, new MessageContent(mail(), Json.Obj.EMPTY));
      ports
          .tasks()
          .send(
              new DeliveryTask.Deliver(
                  like.environment(),
                  id,
                  Optional.empty(),
                  1,
                  Optional.empty(),
                  OptionalLong.empty()));
      ids.add(id);
    }
    return ids;
  }

  private static Content mail() {
    return new Content.Email(
        new Content.Envelope(
            Optional.of(new Content.Mailbox(Optional.empty(), "main@acme.test")),
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

  /** Lets time pass and tasks come until then, or until there are none left. */
  void until(Instant end) {
    for (var next = ports.tasks().next();
        next.isPresent() && !next.get().isAfter(end);
        next = ports.tasks().next()) {
      if (next.get().isAfter(clock.instant())) {
        clock.set(next.get());
      }
      for (var received : ports.tasks().receive(_ -> true, Integer.MAX_VALUE)) {
        if (received.task() instanceof DeliveryTask.Deliver task) {
          deliver.handle(task);
        }
        ports.tasks().acknowledge(received);
      }
    }
    if (end.isAfter(clock.instant()) && !end.equals(Instant.MAX)) {
      clock.set(end);
    }
  }

  void untilIdle() {
    until(Instant.MAX);
  }

  Message message(MessageId id) {
    return ports.messages().find(DeliveryFixture.LOCAL, id).orElseThrow();
  }

  List<Message> messages() {
    return ports
        .messages()
        .newestFirst(DeliveryFixture.LOCAL, TimeRange.ALL, _ -> true, PageRequest.first(1_000_000))
        .items();
  }

  long asked(ChannelId channel) {
    return requests.stream().filter(it -> it.channel().equals(channel)).count();
  }

  List<ChannelId> asked(MessageId id) {
    return requests.stream().filter(it -> it.message().equals(id)).map(Request::channel).toList();
  }
}
