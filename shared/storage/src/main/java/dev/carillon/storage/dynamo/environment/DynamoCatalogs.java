package dev.carillon.storage.dynamo.environment;

import dev.carillon.catalog.Catalog;
import dev.carillon.catalog.CatalogName;
import dev.carillon.catalog.Catalogs;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;
import dev.carillon.storage.dynamo.CompressedJson;
import dev.carillon.storage.dynamo.Condition;
import dev.carillon.storage.dynamo.DocumentFields;
import dev.carillon.storage.dynamo.DynamoTable;
import dev.carillon.storage.dynamo.Item;
import dev.carillon.storage.dynamo.Key;
import dev.carillon.storage.dynamo.OptimisticRetry;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** The lists of a team in the table, one item each, written on condition of their revision. */
public final class DynamoCatalogs implements Catalogs {
  private final DynamoTable table;
  private final OptimisticRetry retry = new OptimisticRetry();

  public DynamoCatalogs(DynamoTable table) {
    this.table = table;
  }

  @Override
  public Catalog find(Optional<EnvironmentId> environment, CatalogName name) {
    return table
        .get(EnvironmentKeys.catalog(environment, name))
        .map(DynamoCatalogs::read)
        .orElse(Catalog.EMPTY);
  }

  @Override
  public Catalog change(
      Optional<EnvironmentId> environment, CatalogName name, UnaryOperator<Catalog> change) {
    Key key = EnvironmentKeys.catalog(environment, name);
    return retry.until(key.partition() + " " + key.sort(), () -> attempt(key, change));
  }

  private Optional<Catalog> attempt(Key key, UnaryOperator<Catalog> change) {
    Optional<Item> item = table.get(key);
    Catalog before = item.map(DynamoCatalogs::read).orElse(Catalog.EMPTY);
    Catalog after = change.apply(before);
    if (after.equals(before)) {
      return Optional.of(before);
    }
    long revision = item.map(it -> it.number(Item.REVISION)).orElse(0L);
    Item written =
        Item.at(key)
            .number(Item.REVISION, revision + 1)
            .bytes(Item.BODY, CompressedJson.pack(document(after)));
    return table.putIf(written, Condition.revision(revision))
        ? Optional.of(after)
        : Optional.empty();
  }

  private static Json.Obj document(Catalog catalog) {
    var entries = new TreeMap<String, Json>();
    catalog
        .entries()
        .forEach(
            (name, entry) ->
                entries.put(
                    name,
                    new DocumentFields()
                        .put("c", entry.content())
                        .put("ca", entry.createdAt())
                        .put("ua", entry.updatedAt())
                        .json()));
    return new Json.Obj(entries);
  }

  private static Catalog read(Item item) {
    var entries = new TreeMap<String, Catalog.Entry>();
    CompressedJson.unpackObject(item.bytes(Item.BODY))
        .fields()
        .forEach((name, json) -> entries.put(name, entry((Json.Obj) json)));
    return new Catalog(entries);
  }

  private static Catalog.Entry entry(Json.Obj document) {
    return new Catalog.Entry(
        document.object("c"),
        DocumentFields.time(document, "ca"),
        DocumentFields.time(document, "ua"));
  }
}
