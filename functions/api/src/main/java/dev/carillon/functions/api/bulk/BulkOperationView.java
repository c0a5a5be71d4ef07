package dev.carillon.functions.api.bulk;

import dev.carillon.bulk.BulkOperation;
import dev.carillon.edge.view.Times;
import dev.carillon.json.Json;
import java.time.Instant;
import java.util.Optional;

/** A bulk operation as responses show it. */
public final class BulkOperationView {
  private BulkOperationView() {}

  public static Json.Obj of(BulkOperation operation) {
    int failed = operation.failed().size();
    Instant updated = operation.at().updated();
    boolean started = operation.started();
    return Json.object()
        .with("__typename", "BulkOperation")
        .with("id", operation.id().toString())
        .with("name", operation.name())
        .with("status", status(operation))
        .with("estimated_total_rows", Json.of(operation.rows()))
        .with("processed_rows", Json.of(operation.processed()))
        .with("success_count", Json.of(operation.processed() - failed))
        .with("error_count", Json.of(failed))
        .with(
            "error_items",
            Json.array(
                operation.failed().stream()
                    .map(
                        it ->
                            Json.object()
                                .with("collection", Json.ofNullable(it.collection()))
                                .with("id", it.id())
                                .with("message", it.reason()))
                    .toList()))
        .with("progress_path", "/v1/bulk_operations/" + operation.id())
        .with("started_at", started ? Times.of(operation.at().inserted()) : Json.NULL)
        .with("completed_at", Times.of(Optional.of(updated).filter(_ -> operation.completed())))
        .with("failed_at", Json.NULL)
        .with("inserted_at", Times.of(operation.at().inserted()))
        .with("updated_at", Times.of(updated));
  }

  private static String status(BulkOperation operation) {
    if (operation.completed()) {
      return "completed";
    }
    return operation.started() ? "processing" : "queued";
  }
}
