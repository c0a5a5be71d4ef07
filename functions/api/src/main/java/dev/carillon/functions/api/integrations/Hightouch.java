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

/**
 * The methods of an embedded destination of Hightouch. A row has the columns of the warehouse; the
 * sync's configuration says which of them becomes what.
 *
 * <p>Source: https://hightouch.com/docs/destinations/custom
 */
final class Hightouch implements RemoteCall.Methods {
  private final WriteRows rows;

  Hightouch(WriteRows rows) {
    this.rows = rows;
  }

  @Override
  public Json answer(RemoteCall call) {
    return switch (call.method()) {
      case "list_objects" ->
          Json.object()
              .with(
                  "objects",
                  Json.array(
                      Arrays.stream(Target.values())
                          .map(it -> Json.object().with("id", it.id).with("label", it.label))
                          .toList()));
      case "list_modes" ->
          Json.object()
              .with(
                  "modes",
                  Json.array(
                      List.of(
                          mode("upsert", "Upsert", "Adds and changes; deletes nobody."),
                          mode("mirror", "Mirror", "Deletes too what leaves the model."))));
      case "list_fields" ->
          Json.object()
              .with(
                  "fields",
                  Json.array(
                      Target.of(call.params().required("object")).columns().stream()
                          .map(Hightouch::json)
                          .toList()))
              .with("custom_fields", Json.TRUE);
      case "list_options" -> Json.object().with("options", Json.NULL);
      case "validate" -> Json.object().with("errors", Json.array(List.of()));
      case "behavior" -> behaviour(call);
      case "add", "change" ->
          each(call, (sync, row, at) -> rows.write(call, sync.target(), row, at));
      case "remove" ->
          each(call, (sync, row, _) -> rows.remove(call.environment(), sync.target(), row));
      default -> throw new RemoteCall.NoSuchMethod(call);
    };
  }

  private static Obj mode(String id, String label, String description) {
    return Json.object().with("id", id).with("label", label).with("description", description);
  }

  private static Obj json(Column column) {
    return Json.object()
        .with("id", column.id())
        .with("label", column.label())
        .with("type", "STRING")
        .with("identifier", Json.of(column.identifies()))
        .with("required", Json.of(column.required()));
  }

  private static Obj behaviour(RemoteCall call) {
    return Json.object()
        .with("batchSize", Json.of(WriteRows.MOST))
        .with(
            "operations",
            Json.object()
                .with("add", Json.TRUE)
                .with("change", Json.TRUE)
                .with("remove", Json.of(mirrors(configuration(call)))))
        .with("skipInitialRun", Json.FALSE);
  }

  private static RequestFields configuration(RemoteCall call) {
    return call.params().required("configuration").object();
  }

  private static boolean mirrors(RequestFields configuration) {
    return configuration.optional("mode").filter(it -> it.text().equals("mirror")).isPresent();
  }

  /**
   * What a sync's configuration says.
   *
   * @param columns what each column becomes, the one of the id among them
   */
  private record Sync(Target target, List<Mapping> columns) {
    static Sync of(RequestFields configuration) {
      var columns = new ArrayList<Mapping>();
      columns.add(Mapping.of(configuration.required("identifierMapping")));
      configuration
          .optional("mappings")
          .ifPresent(it -> it.list(0, 500).forEach(mapping -> columns.add(Mapping.of(mapping))));
      return new Sync(Target.of(configuration.required("object")), List.copyOf(columns));
    }

    Obj row(Obj columnsOfRow) {
      Obj row = Obj.EMPTY;
      for (Mapping mapping : columns) {
        Optional<Json> value = columnsOfRow.get(mapping.from());
        row = value.isPresent() ? row.with(mapping.to(), value.get()) : row;
      }
      return row;
    }
  }

  private record Mapping(String from, String to) {
    static Mapping of(RequestValue value) {
      RequestFields fields = value.object();
      return new Mapping(fields.required("from").text(), fields.required("to").text());
    }
  }

  @FunctionalInterface
  private interface Writing {
    /** What is wrong with the row; empty when it is done. */
    Optional<String> row(Sync sync, Obj row, int at);
  }

  private static Json each(RemoteCall call, Writing writing) {
    var sync = Sync.of(configuration(call));
    List<RequestValue> all = call.params().required("rows").list(0, WriteRows.MOST);
    var rejected = new ArrayList<Json>();
    for (int at = 0; at < all.size(); at++) {
      int index = at;
      writing
          .row(sync, sync.row(all.get(at).object().json()), at)
          .ifPresent(
              reason ->
                  rejected.add(Json.object().with("index", Json.of(index)).with("reason", reason)));
    }
    return Json.object().with("rejectedRows", Json.array(rejected));
  }
}
