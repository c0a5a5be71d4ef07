package dev.carillon.storage.dynamo.environment;

import dev.carillon.environment.EnvironmentEntry;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.environment.EnvironmentList;
import dev.carillon.json.Json;
import dev.carillon.storage.dynamo.CompressedJson;
import dev.carillon.storage.dynamo.DocumentFields;
import dev.carillon.storage.dynamo.DynamoTable;
import dev.carillon.storage.dynamo.Item;
import dev.carillon.storage.dynamo.Key;
import dev.carillon.storage.dynamo.Range;
import java.util.Comparator;
import java.util.List;

/** The environments of the deployment in the table, in one partition. */
public final class DynamoEnvironmentList implements EnvironmentList {
  private final DynamoTable table;

  public DynamoEnvironmentList(DynamoTable table) {
    this.table = table;
  }

  @Override
  public List<EnvironmentEntry> all() {
    return table
        .all(Range.between(EnvironmentKeys.environments(), Range.LOWEST, Range.HIGHEST))
        .stream()
        .map(DynamoEnvironmentList::read)
        .sorted(Comparator.comparingInt(EnvironmentEntry::order))
        .toList();
  }

  private static EnvironmentEntry read(Item item) {
    Json.Obj document = CompressedJson.unpackObject(item.bytes(Item.BODY));
    return new EnvironmentEntry(
        new EnvironmentId(item.text(Item.SK)),
        DocumentFields.text(document, "s"),
        DocumentFields.text(document, "n"),
        (int) DocumentFields.number(document, "o"),
        DocumentFields.time(document, "ca"),
        DocumentFields.time(document, "ua"));
  }

  @Override
  public void put(EnvironmentEntry entry) {
    Json.Obj document =
        new DocumentFields()
            .put("s", entry.slug())
            .put("n", entry.name())
            .put("o", entry.order())
            .put("ca", entry.createdAt())
            .put("ua", entry.updatedAt())
            .json();
    table.put(
        Item.at(new Key(EnvironmentKeys.environments(), entry.id().value()))
            .bytes(Item.BODY, CompressedJson.pack(document)));
  }
}
