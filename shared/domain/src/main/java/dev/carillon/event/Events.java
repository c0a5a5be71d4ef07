package dev.carillon.event;

import dev.carillon.audience.Audiences.Member;
import dev.carillon.channel.ChannelId;
import dev.carillon.channel.ChannelType;
import dev.carillon.id.Digest;
import dev.carillon.json.Json;
import dev.carillon.message.DeliveryStatus;
import dev.carillon.message.Message;
import dev.carillon.message.MessageId;
import dev.carillon.recipient.Identification;
import dev.carillon.recipient.RecipientId;
import dev.carillon.recipient.TenantId;
import dev.carillon.run.Run;
import dev.carillon.source.SourceEvent;
import dev.carillon.task.WebhooksTask;
import dev.carillon.workflow.EventSources;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** The events as those who wait see them: what they are of and who is concerned, no content. */
public final class Events {
  /** How many names of properties an event holds; it is part of a task. */
  static final int MOST_PROPERTIES = 50;

  private static final int LONGEST_NAME = 100;

  private static final int LONGEST_TEXT = 256;

  private static final String MESSAGE = "message_id";

  private static final String CHANNEL = "channel_id";

  private static final String AUDIENCE = "audience";

  private static final String TRACKING = "tracking_id";

  private static final String CHANNEL_TYPE = "channel_type";

  private static final Optional<String> FEED = Optional.of(ChannelType.IN_APP_FEED.wireName());

  private Events() {}

  /**
   * What is in the timeline of the message.
   *
   * @param types of the message's events, those wanted
   */
  public static List<Happening> ofMessage(Message message, Predicate<String> types) {
    return IntStream.range(0, message.events().size())
        .filter(index -> types.test(message.events().get(index).type()))
        .mapToObj(index -> ofMessage(message, index))
        .toList();
  }

  /** As {@link #ofMessage}, of those events alone. */
  static List<Happening> ofEvents(Message message, Predicate<Message.Event> wanted) {
    return IntStream.range(0, message.events().size())
        .filter(index -> wanted.test(message.events().get(index)))
        .mapToObj(index -> ofMessage(message, index))
        .toList();
  }

  /** What a change added to the message's timeline, from which nothing is ever taken away. */
  static List<Happening> ofChange(Message before, Message after) {
    return IntStream.range(before.events().size(), after.events().size())
        .mapToObj(index -> ofMessage(after, index))
        .toList();
  }

  private static Happening ofMessage(Message message, int index) {
    String type = message.events().get(index).type();
    var source = message.source();
    var event =
        new Event(
            message.id() + " " + type + " " + index,
            message.recipient(),
            EventSources.message(source.workflow().value(), type),
            Json.object()
                .with(MESSAGE, message.id().value())
                .with(CHANNEL, message.channel().toString())
                .with(CHANNEL_TYPE, message.channelType().wireName())
                .with("step_ref", source.step().value())
                .with("workflow", source.workflow().plain())
                .with("workflow_run_id", source.trigger().toString())
                .with("workflow_recipient_run_id", source.run().toString())
                .with("tenant", Json.ofNullable(message.tenant().map(TenantId::value))));
    return new Happening(
        event,
        new Happening.Of.Message(
            new WebhooksTask.Subject.OfMessage(message.id(), index),
            type,
            source.workflow(),
            message.channel(),
            message.tenant(),
            message.channelType() == ChannelType.EMAIL
                && message.events().get(index).data().get(TRACKING).isPresent()));
  }

  /** An item that came into a feed of its recipient. */
  public record ShownItem(ChannelId channel, MessageId message) {}

  /** The item that the event says came into a feed; empty for any other event. */
  public static Optional<ShownItem> shown(Event event) {
    return event
        .data()
        .text(CHANNEL)
        .filter(_ -> event.source().endsWith(":" + DeliveryStatus.DELIVERED.wireName()))
        .filter(_ -> event.data().text(CHANNEL_TYPE).equals(FEED))
        .flatMap(
            channel ->
                event
                    .data()
                    .text(MESSAGE)
                    .map(
                        id ->
                            new ShownItem(
                                new ChannelId(UUID.fromString(channel)), new MessageId(id))));
  }

  /** That the run started, completed or ended with an error. */
  public static Happening ofRun(Run run, WebhooksTask.RunChange change) {
    String event = change.name().toLowerCase(Locale.ROOT);
    var told =
        new Event(
            run.id() + " " + event,
            run.recipient(),
            EventSources.workflow(run.workflow().value(), event),
            Json.object()
                .with("workflow", run.workflow().plain())
                .with("workflow_run_id", run.trigger().toString())
                .with("workflow_recipient_run_id", run.id().toString())
                .with("tenant", Json.ofNullable(run.tenant().map(TenantId::value))));
    return new Happening(
        told,
        new Happening.Of.Run(
            new WebhooksTask.Subject.OfRun(run.trigger(), run.recipient(), change),
            run.workflow(),
            run.tenant()));
  }

  /**
   * That the member came into an audience or left it.
   *
   * @param source which of the two, as {@link EventSources} spells it
   * @param stay tells one stay from the next
   */
  static Happening ofMember(String audience, Member member, String source, String stay) {
    Json tenant = Json.ofNullable(member.tenant().map(TenantId::value));
    var event =
        new Event(
            Digest.of(
                    "audience",
                    audience,
                    member.user().id(),
                    member.tenant().map(TenantId::value).orElse(""),
                    source,
                    stay)
                .hex(),
            member.user(),
            source,
            Json.object()
                .with(AUDIENCE, audience)
                .with("recipient_id", member.user().id())
                .with("tenant", tenant));
    return new Happening(event, new Happening.Of.Recipient());
  }

  /** The audience that the event says somebody came into or left; empty for any other event. */
  static Optional<String> audience(Event event) {
    return event
        .data()
        .text(AUDIENCE)
        .filter(
            key ->
                event.source().equals(EventSources.entered(key))
                    || event.source().equals(EventSources.left(key)));
  }

  /** Of its data what does not nest, as that is part of a task. */
  static Happening ofSource(SourceEvent came, RecipientId user) {
    var flat = new LinkedHashMap<String, Json>();
    came.context()
        .object("data")
        .fields()
        .forEach(
            (name, value) -> {
              if (name.length() <= LONGEST_NAME && flat.size() < MOST_PROPERTIES) {
                scalar(value).ifPresent(it -> flat.put(name, it));
              }
            });
    return new Happening(
        new Event(
            came.id(), user, EventSources.source(came.source(), came.type()), new Json.Obj(flat)),
        new Happening.Of.Recipient());
  }

  private static Optional<Json> scalar(Json value) {
    return switch (value) {
      case Json.Str(var text) when text.length() > LONGEST_TEXT ->
          Optional.of(Json.of(text.substring(0, LONGEST_TEXT)));
      case Json.Str _, Json.Num _, Json.Bool _, Json.Null _ -> Optional.of(value);
      case Json.Obj _, Json.Arr _ -> Optional.empty();
    };
  }

  static Happening ofRecipient(RecipientId recipient, Identification said, String cause) {
    String source = said.equals(Identification.NOTHING) ? EventSources.NAMED : EventSources.UPDATED;
    var event =
        new Event(
            recipient.collection() + " " + recipient.id() + " updated " + cause,
            recipient,
            source,
            Json.object()
                .with("recipient_id", recipient.id())
                .with(
                    "properties",
                    Json.texts(
                        said.properties().fields().keySet().stream()
                            .filter(name -> name.length() <= LONGEST_NAME)
                            .limit(MOST_PROPERTIES)
                            .toList())));
    return new Happening(event, new Happening.Of.Recipient());
  }
}
