package dev.carillon.storage.dynamo.bulk;

import dev.carillon.bulk.BulkFailure;
import dev.carillon.bulk.BulkRow;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;
import dev.carillon.recipient.Identification;
import dev.carillon.recipient.RecipientId;
import dev.carillon.schedule.ScheduleId;
import dev.carillon.storage.dynamo.DocumentFields;
import dev.carillon.storage.dynamo.waiting.ScheduleDocument;
import java.util.List;
import java.util.function.Function;

/** The rows of a bulk operation as they are stored. */
final class BulkDocument {
  private BulkDocument() {}

  static Json.Obj write(List<BulkRow> rows) {
    return Json.object().with("r", Json.array(rows.stream().map(BulkDocument::row).toList()));
  }

  static List<BulkRow> read(EnvironmentId environment, Json.Obj document) {
    return DocumentFields.list(document, "r", it -> row(environment, DocumentFields.object(it)));
  }

  private static Json.Obj row(BulkRow row) {
    return switch (row) {
      case BulkRow.Refused(var failure) ->
          Json.object().with("k", "refused").with("f", failure(failure));
      case BulkRow.About about -> about(about);
    };
  }

  private static Json.Obj about(BulkRow.About row) {
    var fields = new DocumentFields().put("i", DocumentFields.recipient(row.id()));
    switch (row) {
      case BulkRow.Identify(_, var said) -> {
        fields.put("k", "identify").putObject("p", said.properties());
        fields.put("t", said.createdAt(), DocumentFields::time);
        fields.putObject("s", DocumentFields.objects(said.preferences()));
        fields.putObject("c", DocumentFields.objects(said.channelData()));
      }
      case BulkRow.Delete _ -> fields.put("k", "delete");
      case BulkRow.Prefer(_, var set, var said, var replacing) ->
          fields.put("k", "prefer").put("n", set).putObject("p", said).put("x", Json.of(replacing));
      case BulkRow.Subscribe(_, var recipients, var properties) ->
          fields
              .put("k", "subscribe")
              .put("r", recipients, DocumentFields::recipient)
              .putObject("p", properties);
      case BulkRow.Plan(var schedule) ->
          fields
              .put("k", "plan")
              .put("n", schedule.id().toString())
              .put("s", ScheduleDocument.write(schedule));
      case BulkRow.Unsubscribe(_, var recipients) ->
          fields.put("k", "unsubscribe").put("r", recipients, DocumentFields::recipient);
    }
    return fields.json();
  }

  private static BulkRow row(EnvironmentId environment, Json.Obj row) {
    String kind = DocumentFields.text(row, "k");
    return kind.equals("refused")
        ? new BulkRow.Refused(failure(DocumentFields.require(row, "f")))
        : about(environment, kind, row);
  }

  private static BulkRow about(EnvironmentId environment, String kind, Json.Obj row) {
    RecipientId id = DocumentFields.recipient(DocumentFields.require(row, "i"));
    return switch (kind) {
      case "identify" ->
          new BulkRow.Identify(
              id,
              new Identification(
                  row.object("p"),
                  row.get("t").map(DocumentFields::time),
                  DocumentFields.map(row.object("s"), Function.identity(), DocumentFields::object),
                  DocumentFields.map(
                      row.object("c"), Function.identity(), DocumentFields::object)));
      case "delete" -> new BulkRow.Delete(id);
      case "prefer" ->
          new BulkRow.Prefer(
              id,
              DocumentFields.text(row, "n"),
              row.object("p"),
              Json.TRUE.equals(DocumentFields.require(row, "x")));
      case "subscribe" -> new BulkRow.Subscribe(id, recipients(row), row.object("p"));
      case "plan" ->
          new BulkRow.Plan(
              ScheduleDocument.read(
                  environment,
                  ScheduleId.parse(DocumentFields.text(row, "n")),
                  0,
                  row.object("s")));
      case "unsubscribe" -> new BulkRow.Unsubscribe(id, recipients(row));
      default -> throw new IllegalStateException("A stored row is of no known kind: " + kind);
    };
  }

  static Json failure(BulkFailure failure) {
    return new DocumentFields()
        .put("c", failure.collection(), Json::of)
        .put("i", failure.id())
        .put("w", failure.reason())
        .json();
  }

  /** Before there were reasons, it was whom the row was about alone. */
  static BulkFailure failure(Json json) {
    return json instanceof Json.Obj fields
        ? new BulkFailure(
            fields.text("c"), DocumentFields.text(fields, "i"), DocumentFields.text(fields, "w"))
        : BulkFailure.of(DocumentFields.recipient(json), "");
  }

  private static List<RecipientId> recipients(Json.Obj row) {
    return DocumentFields.list(row, "r", DocumentFields::recipient);
  }
}
