package dev.carillon.storage.dynamo;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;
import dev.carillon.recipient.Identification;
import dev.carillon.recipient.TenantId;
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
        new Fields()
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
    SourceDocument.write(trigger.source(), fields);
    return fields.json();
  }

  static Trigger read(EnvironmentId environment, TriggerId id, Json.Obj document) {
    return new Trigger(
        environment,
        id,
        new WorkflowKey(Fields.text(document, "k")),
        VersionId.parse(Fields.text(document, "v")),
        Fields.list(document, "r", TriggerDocument::named),
        document.get("a").map(TriggerDocument::named),
        document.get("n").map(TriggerDocument::tenant),
        document.object("d"),
        document.text("c"),
        new Trigger.Settings(document.get("s").isPresent(), document.get("w").isPresent()),
        SourceDocument.read(document));
  }

  /** Most are named by their id alone. */
  private static Json named(Trigger.Named named) {
    if (named.identification().isEmpty()
        && named.data().fields().isEmpty()
        && named.id().isUser()) {
      return Fields.recipient(named.id());
    }
    return new Fields()
        .put("r", Fields.recipient(named.id()))
        .put("i", named.identification(), TriggerDocument::identification)
        .putObject("d", named.data())
        .json();
  }

  private static Trigger.Named named(Json json) {
    return switch (json) {
      case Json.Obj object ->
          new Trigger.Named(
              Fields.recipient(Fields.require(object, "r")),
              object.get("i").map(TriggerDocument::identification),
              object.object("d"));
      case Json.Str _, Json.Arr _, Json.Num _, Json.Bool _, Json.Null _ ->
          new Trigger.Named(Fields.recipient(json), Optional.empty(), Json.Obj.EMPTY);
    };
  }

  private static Json tenant(Trigger.Tenant tenant) {
    return new Fields()
        .put("i", tenant.id().value())
        .put("p", identification(tenant.identification()))
        .json();
  }

  private static Trigger.Tenant tenant(Json json) {
    Json.Obj object = Fields.object(json);
    return new Trigger.Tenant(
        new TenantId(Fields.text(object, "i")), identification(Fields.require(object, "p")));
  }

  private static Json identification(Identification identification) {
    return new Fields()
        .putObject("p", identification.properties())
        .put("t", identification.createdAt(), Fields::time)
        .putObject("s", Fields.objects(identification.preferences()))
        .putObject("c", Fields.objects(identification.channelData()))
        .json();
  }

  private static Identification identification(Json json) {
    Json.Obj object = Fields.object(json);
    return new Identification(
        object.object("p"),
        object.get("t").map(Fields::time),
        Fields.map(object.object("s"), set -> set, Fields::object),
        Fields.map(object.object("c"), channel -> channel, Fields::object));
  }
}
