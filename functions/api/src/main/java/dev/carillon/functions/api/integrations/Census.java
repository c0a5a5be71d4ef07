package dev.carillon.functions.api.integrations;

import dev.carillon.edge.RequestFields;
import dev.carillon.edge.RequestValue;
import dev.carillon.functions.api.integrations.WriteRows.Column;
import dev.carillon.functions.api.integrations.WriteRows.Target;
import dev.carillon.json.Json;
import dev.carillon.json.Json.Obj;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The methods of a custom destination of Census.
 *
 * <p>Source: https://developers.getcensus.com/custom-destinations
 */
final class Census implements RemoteCall.Methods {
  private static final String UPSERT = "upsert";
  private static final String DELETE = "delete";

  /** What a sync may ask for; with {@code mirror}, batches say for themselves what to delete. */
  private static final Set<String> OPERATIONS = Set.of(UPSERT, "mirror", DELETE);

  private final WriteRows rows;

  Census(WriteRows rows) {
    this.rows = rows;
  }

  @Override
  public Json answer(RemoteCall call) {
    return switch (call.method()) {
      case "test_connection" -> Json.object().with("success", Json.TRUE);
      case "list_objects" ->
          Json.object()
              .with(
                  "objects", Json.array(Arrays.stream(Target.values()).map(Census::json).toList()));
      case "list_fields" -> Json.object().with("fields", fields(target(call.params())));
      case "supported_operations" -> {
        target(call.params());
        yield Json.object().with("operations", Json.texts(List.of(UPSERT, "mirror")));
      }
      case "get_sync_speed" ->
          Json.object()
              .with("maximum_batch_size", Json.of(WriteRows.MOST))
              .with("maximum_parallel_batches", Json.of(8))
              .with("maximum_records_per_second", Json.of(500));
      case "sync_batch" -> sync(call);
      default -> throw new RemoteCall.NoSuchMethod(call);
    };
  }

  private static Target target(RequestFields params) {
    return Target.of(params.required("object").object().required("object_api_name"));
  }

  /** Whatever columns a sync maps beside the known ones become properties. */
  private static Obj json(Target target) {
    return Json.object()
        .with("object_api_name", target.id)
        .with("label", target.label)
        .with("can_create_fields", "on_write");
  }

  private static Json fields(Target target) {
    return Json.array(target.columns().stream().map(Census::json).toList());
  }

  private static Obj json(Column column) {
    return Json.object()
        .with("field_api_name", column.id())
        .with("label", column.label())
        .with("identifier", Json.of(column.identifies()))
        .with("required", Json.of(column.required()))
        .with("createable", Json.TRUE)
        .with("updateable", Json.of(!column.identifies()))
        .with("type", "string")
        .with("array", Json.FALSE);
  }

  private Json sync(RemoteCall call) {
    RequestFields plan = call.params().required("sync_plan").object();
    Target target = target(plan);
    String operation = plan.required("operation").oneOf(OPERATIONS);
    List<RequestValue> records = call.params().required("records").list(0, WriteRows.MOST);
    var results = new ArrayList<Json>();
    for (int at = 0; at < records.size(); at++) {
      Obj row = records.get(at).object().json();
      Optional<String> problem =
          operation.equals(DELETE)
              ? rows.remove(call.environment(), target, row)
              : rows.write(call, target, row, at);
      Obj result =
          Json.object()
              .with("identifier", row.get("id").orElse(Json.NULL))
              .with("success", Json.of(problem.isEmpty()));
      results.add(problem.map(it -> result.with("error_message", it)).orElse(result));
    }
    return Json.object().with("record_results", Json.array(results));
  }
}
