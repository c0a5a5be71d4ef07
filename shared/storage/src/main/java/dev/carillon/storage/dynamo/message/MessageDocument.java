package dev.carillon.storage.dynamo.message;

import dev.carillon.channel.ChannelId;
import dev.carillon.channel.ChannelType;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;
import dev.carillon.message.DeliveryStatus;
import dev.carillon.message.Engagement;
import dev.carillon.message.Message;
import dev.carillon.message.MessageId;
import dev.carillon.message.MessageOrigin;
import dev.carillon.recipient.RecipientId;
import dev.carillon.recipient.TenantId;
import dev.carillon.storage.dynamo.DocumentFields;
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
    var engagement = new DocumentFields();
    message.engagement().forEach((what, at) -> engagement.put(what.wireName(), at));
    return new DocumentFields()
        .put("c", message.channel().toString())
        .put("y", message.channelType().wireName())
        .put("r", DocumentFields.recipient(message.recipient()))
        .put("a", message.actors(), DocumentFields::recipient)
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
        .put("w", message.scheduledAt(), DocumentFields::time)
        .putObject("o", message.snapshot())
        .putObject("f", message.flatData())
        .put("i", message.insertedAt())
        .put("u", message.updatedAt())
        .json();
  }

  static Message read(EnvironmentId environment, MessageId id, long revision, Json.Obj document) {
    RecipientId recipient = DocumentFields.recipient(DocumentFields.require(document, "r"));
    TriggerId trigger = TriggerId.parse(DocumentFields.text(document, "t"));
    return new Message(
        new MessageOrigin(
            environment,
            id,
            new ChannelId(UUID.fromString(DocumentFields.text(document, "c"))),
            ChannelType.named(DocumentFields.text(document, "y"))
                .orElseThrow(
                    () -> new IllegalStateException("Message " + id + " is of no known type")),
            recipient,
            DocumentFields.list(document, "a", DocumentFields::recipient),
            document.text("n").map(TenantId::new),
            new Message.Source(
                new WorkflowKey(DocumentFields.text(document, "k")),
                VersionId.parse(DocumentFields.text(document, "v")),
                DocumentFields.list(document, "g", DocumentFields::text),
                new StepRef(DocumentFields.text(document, "p")),
                trigger,
                RunId.of(trigger, recipient)),
            document.object("o"),
            document.object("f"),
            DocumentFields.time(document, "i")),
        DeliveryStatus.valueOf(DocumentFields.text(document, "s").toUpperCase(Locale.ROOT)),
        DocumentFields.map(
            document.object("e"),
            name -> Engagement.valueOf(name.toUpperCase(Locale.ROOT)),
            DocumentFields::time),
        DocumentFields.list(document, "h", AttemptDocument::read),
        DocumentFields.list(document, "l", MessageDocument::event),
        document.text("x"),
        document.get("w").map(DocumentFields::time),
        revision,
        DocumentFields.time(document, "u"));
  }

  private static Json event(Message.Event event) {
    return new DocumentFields()
        .put("e", event.type())
        .put("t", event.at())
        .putObject("d", event.data())
        .json();
  }

  private static Message.Event event(Json json) {
    Json.Obj object = DocumentFields.object(json);
    return new Message.Event(
        DocumentFields.text(object, "e"), DocumentFields.time(object, "t"), object.object("d"));
  }
}
