package dev.carillon.storage.dynamo.content;

import dev.carillon.change.Change;
import dev.carillon.change.ChangeId;
import dev.carillon.change.Changes;
import dev.carillon.change.Origin;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;
import dev.carillon.page.Page;
import dev.carillon.page.PageRequest;
import dev.carillon.storage.dynamo.CompressedJson;
import dev.carillon.storage.dynamo.DocumentFields;
import dev.carillon.storage.dynamo.DynamoTable;
import dev.carillon.storage.dynamo.Item;
import dev.carillon.storage.dynamo.Key;
import dev.carillon.storage.dynamo.NewestFirstPartition;
import java.util.Optional;
import java.util.UUID;

/** Changes in the table, those of an environment in one partition: people make them, so few. */
public final class DynamoChanges implements Changes {
  private final DynamoTable table;

  public DynamoChanges(DynamoTable table) {
    this.table = table;
  }

  @Override
  public void record(EnvironmentId environment, Change change) {
    table.put(item(environment, change));
  }

  static Item item(EnvironmentId environment, Change change) {
    Json.Obj document =
        new DocumentFields()
            .put("by", change.origin().by())
            .put("ip", change.origin().address())
            .put("rq", change.origin().request())
            .put("at", change.origin().at())
            .put("do", change.action())
            .put("on", change.subject())
            .put("b", change.before())
            .put("a", change.after())
            .json();
    return Item.at(new Key(ContentKeys.changes(environment), change.id().toString()))
        .bytes(Item.BODY, CompressedJson.pack(document));
  }

  @Override
  public Optional<Change> find(EnvironmentId environment, ChangeId id) {
    return table
        .get(new Key(ContentKeys.changes(environment), id.toString()))
        .map(DynamoChanges::read);
  }

  @Override
  public Page<Change> page(EnvironmentId environment, PageRequest page) {
    return new NewestFirstPartition(table)
        .page(ContentKeys.changes(environment), page, DynamoChanges::read);
  }

  private static Change read(Item item) {
    Json.Obj document = CompressedJson.unpackObject(item.bytes(Item.BODY));
    return new Change(
        new ChangeId(UUID.fromString(item.text(Item.SK))),
        new Origin(
            DocumentFields.text(document, "by"),
            DocumentFields.text(document, "ip"),
            DocumentFields.text(document, "rq"),
            DocumentFields.time(document, "at")),
        DocumentFields.text(document, "do"),
        DocumentFields.text(document, "on"),
        DocumentFields.text(document, "b"),
        DocumentFields.text(document, "a"));
  }
}
