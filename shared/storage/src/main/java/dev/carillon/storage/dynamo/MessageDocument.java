package dev.carillon.storage.dynamo;

import dev.carillon.channel.ChannelId;
import dev.carillon.channel.ChannelType;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;
import dev.carillon.message.DeliveryStatus;
import dev.carillon.message.Engagement;
import dev.carillon.message.Message;
import dev.carillon.message.MessageId;
import dev.carillon.recipient.RecipientId;
import dev.carillon.recipient.TenantId;
import dev.carillon.trigger.RunId;
import dev.carillon.trigger.TriggerId;
import dev.carillon.workflow.StepRef;
import dev.carillon.workflow.VersionId;
import dev.carillon.workflow.WorkflowKey;
import java.util.Locale;
import java.util.UUID;

/**
 * A message as it is stored: all of it but environment, id and revision, which are keys, and the
 * run's id, which follows from trigger and recipient.
 */
final class MessageDocument {
  private MessageDocument() {}

  static Json.Obj write(Message message) {
    var source = message.source();
    var engagement = new Fields();
    message.engagement().forEach((what, at) -> engagement.put(what.wireName(), at));
    return new Fields()
        .put("c", message.channel().toString())
        .put("y", message.channelType().wireName())
        .put("r", Fields.recipient(message.recipient()))
        .put("a", message.actors(), Fields::recipient)
        .put("n", message.tenant(), tenant -> Json.of(tenant.value()))
        .put("k", source.workflow().value())
        .put("v", source.version().toString())
        .put("g", source.categories(), Json::of)
        .put("p", source.step().value())
        .put("t", source.trigger().toString())
        .put("s", message.status().wireName())
        .putObject("e", engagement.json())
        .put("h", message.attempts(), AttemptDocument::write)
        .put("l", message.events(), MessageDocument::event)
        .put("x", message.externalId(), Json::of)
        .put("w", message.scheduledAt(), Fields::time)
        .putObject("o", message.snapshot())
        .putObject("f", message.flatData())
        .put("i", message.insertedAt())
        .put("u", message.updatedAt())
        .json();
  }

  static Message read(EnvironmentId environment, MessageId id, long revision, Json.Obj document) {
    RecipientId recipient = Fields.recipient(Fields.require(document, "r"));
    TriggerId trigger = TriggerId.parse(Fields.text(document, "t"));
    return new Message(
        environment,
        id,
        new ChannelId(UUID.fromString(Fields.text(document, "c"))),
        ChannelType.named(Fields.text(document, "y"))
            .orElseThrow(() -> new IllegalStateException("Message " + id + " is of no known type")),
        recipient,
        Fields.list(document, "a", Fields::recipient),
        document.text("n").map(TenantId::new),
        new Message.Source(
            new WorkflowKey(Fields.text(document, "k")),
            VersionId.parse(Fields.text(document, "v")),
            Fields.list(document, "g", Fields::text),
            new StepRef(Fields.text(document, "p")),
            trigger,
            RunId.of(trigger, recipient)),
        DeliveryStatus.valueOf(Fields.text(document, "s").toUpperCase(Locale.ROOT)),
        Fields.map(
            document.object("e"),
            name -> Engagement.valueOf(name.toUpperCase(Locale.ROOT)),
            Fields::time),
        Fields.list(document, "h", AttemptDocument::read),
        Fields.list(document, "l", MessageDocument::event),
        document.text("x"),
        document.get("w").map(Fields::time),
        document.object("o"),
        document.object("f"),
        revision,
        Fields.time(document, "i"),
        Fields.time(document, "u"));
  }

  private static Json event(Message.Event event) {
    return new Fields()
        .put("e", event.type())
        .put("t", event.at())
        .putObject("d", event.data())
        .json();
  }

  private static Message.Event event(Json json) {
    Json.Obj object = Fields.object(json);
    return new Message.Event(
        Fields.text(object, "e"), Fields.time(object, "t"), object.object("d"));
  }
}
