package dev.carillon.storage.dynamo.run;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;
import dev.carillon.recipient.Identification;
import dev.carillon.recipient.TenantId;
import dev.carillon.storage.dynamo.DocumentFields;
import dev.carillon.trigger.Trigger;
import dev.carillon.trigger.TriggerId;
import dev.carillon.workflow.VersionId;
import dev.carillon.workflow.WorkflowKey;
import java.util.Optional;

/** A trigger as it is stored: all of it but environment and id, which are keys. */
final class TriggerDocument {
  private TriggerDocument() {}

  static Json.Obj write(Trigger trigger) {
    var fields =
        new DocumentFields()
            .put("k", trigger.workflow().value())
            .put("v", trigger.version().toString())
            .put("r", trigger.recipients(), TriggerDocument::named)
            .put("a", trigger.actor(), TriggerDocument::named)
            .put("n", trigger.tenant(), TriggerDocument::tenant)
            .putObject("d", trigger.data())
            .put("c", trigger.cancellationKey(), Json::of);
    if (trigger.settings().sandbox()) {
      fields.put("s", Json.TRUE);
    }
    if (trigger.settings().skipDelay()) {
      fields.put("w", Json.TRUE);
    }
    trigger
        .settings()
        .tracking()
        .ifPresent(
            it -> {
              fields.put("mo", Json.of(it.opens()));
              fields.put("mk", Json.of(it.clicks()));
            });
    trigger.settings().expiresAt().ifPresent(at -> fields.put("x", at));
    SourceDocument.write(trigger.source(), fields);
    return fields.json();
  }

  static Trigger read(EnvironmentId environment, TriggerId id, Json.Obj document) {
    return new Trigger(
        environment,
        id,
        new WorkflowKey(DocumentFields.text(document, "k")),
        VersionId.parse(DocumentFields.text(document, "v")),
        DocumentFields.list(document, "r", TriggerDocument::named),
        document.get("a").map(TriggerDocument::named),
        document.get("n").map(TriggerDocument::tenant),
        document.object("d"),
        document.text("c"),
        new Trigger.Settings(
            document.get("s").isPresent(),
            document.get("w").isPresent(),
            document
                .get("mo")
                .map(
                    opens ->
                        new Trigger.MailTracking(
                            Json.TRUE.equals(opens),
                            document.get("mk").filter(Json.TRUE::equals).isPresent())),
            document.get("x").map(DocumentFields::time)),
        SourceDocument.read(document));
  }

  /** Most are named by their id alone. */
  private static Json named(Trigger.Named named) {
    if (named.identification().isEmpty()
        && named.data().fields().isEmpty()
        && named.id().isUser()) {
      return DocumentFields.recipient(named.id());
    }
    return new DocumentFields()
        .put("r", DocumentFields.recipient(named.id()))
        .put("i", named.identification(), TriggerDocument::identification)
        .putObject("d", named.data())
        .json();
  }

  private static Trigger.Named named(Json json) {
    return switch (json) {
      case Json.Obj object ->
          new Trigger.Named(
              DocumentFields.recipient(DocumentFields.require(object, "r")),
              object.get("i").map(TriggerDocument::identification),
              object.object("d"));
      case Json.Str _, Json.Arr _, Json.Num _, Json.Bool _, Json.Null _ ->
          new Trigger.Named(DocumentFields.recipient(json), Optional.empty(), Json.Obj.EMPTY);
    };
  }

  private static Json tenant(Trigger.Tenant tenant) {
    return new DocumentFields()
        .put("i", tenant.id().value())
        .put("p", identification(tenant.identification()))
        .json();
  }

  private static Trigger.Tenant tenant(Json json) {
    Json.Obj object = DocumentFields.object(json);
    return new Trigger.Tenant(
        new TenantId(DocumentFields.text(object, "i")),
        identification(DocumentFields.require(object, "p")));
  }

  private static Json identification(Identification identification) {
    return new DocumentFields()
        .putObject("p", identification.properties())
        .put("t", identification.createdAt(), DocumentFields::time)
        .putObject("s", DocumentFields.objects(identification.preferences()))
        .putObject("c", DocumentFields.objects(identification.channelData()))
        .json();
  }

  private static Identification identification(Json json) {
    Json.Obj object = DocumentFields.object(json);
    return new Identification(
        object.object("p"),
        object.get("t").map(DocumentFields::time),
        DocumentFields.map(object.object("s"), set -> set, DocumentFields::object),
        DocumentFields.map(object.object("c"), channel -> channel, DocumentFields::object));
  }
}
