package dev.carillon.local.dynamo;

import dev.carillon.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What billing and policies have to know of a table: its key and its indexes. */
record TableSchema(List<String> key, List<Index> indexes) {

  /**
   * @param projected further attributes; empty with {@code all} for all of them
   */
  record Index(String name, List<String> key, List<String> projected, boolean all) {}

  /** From the body of a CreateTable call. */
  static TableSchema of(Json.Obj definition) {
    var indexes = new ArrayList<Index>();
    for (var item : definition.list("GlobalSecondaryIndexes")) {
      if (item instanceof Json.Obj index) {
        var projection = index.object("Projection");
        indexes.add(
            new Index(
                index.text("IndexName").orElse(""),
                names(index),
                projection.list("NonKeyAttributes").stream()
                    .map(name -> name instanceof Json.Str(var text) ? text : "")
                    .toList(),
                projection.text("ProjectionType").orElse("ALL").equals("ALL")));
      }
    }
    return new TableSchema(names(definition), indexes);
  }

  private static List<String> names(Json.Obj owner) {
    return owner.list("KeySchema").stream()
        .map(item -> item instanceof Json.Obj part ? part.text("AttributeName").orElse("") : "")
        .toList();
  }

  /** The attribute that the table, or this index of it, is partitioned by. */
  String partitionKey(Optional<String> indexName) {
    return indexes.stream()
        .filter(index -> indexName.equals(Optional.of(index.name())))
        .findFirst()
        .map(Index::key)
        .orElse(key)
        .getFirst();
  }

  /** The item's own key. */
  Json.Obj keyOf(Json.Obj item) {
    return picked(item, key);
  }

  /**
   * Units for what a write does to the indexes: one entry in or out by its size, two when an entry
   * moves, none when what is projected stays the same.
   */
  long indexUnits(Json.Obj before, Json.Obj after) {
    var units = 0L;
    for (var index : indexes) {
      var old = projected(index, before);
      var fresh = projected(index, after);
      if (old.equals(fresh)) {
        continue;
      }
      var moved = !picked(old, index.key()).equals(picked(fresh, index.key()));
      if (moved) {
        units += old.fields().isEmpty() ? 0 : ItemSizes.writeUnits(ItemSizes.item(old));
        units += fresh.fields().isEmpty() ? 0 : ItemSizes.writeUnits(ItemSizes.item(fresh));
      } else {
        units += ItemSizes.writeUnits(Math.max(ItemSizes.item(old), ItemSizes.item(fresh)));
      }
    }
    return units;
  }

  /** The entry in the index; the empty item when it has none. */
  private Json.Obj projected(Index index, Json.Obj item) {
    if (!item.fields().keySet().containsAll(index.key())) {
      return Json.object();
    }
    if (index.all()) {
      return item;
    }
    var names = new ArrayList<>(index.key());
    names.addAll(key);
    names.addAll(index.projected());
    return picked(item, names);
  }

  private static Json.Obj picked(Json.Obj item, List<String> names) {
    Map<String, Json> picked = new LinkedHashMap<>();
    names.forEach(name -> item.get(name).ifPresent(value -> picked.put(name, value)));
    return new Json.Obj(picked);
  }
}
