package dev.carillon.storage.dynamo.content;

import dev.carillon.content.Branch;
import dev.carillon.content.Branches;
import dev.carillon.content.ContentId;
import dev.carillon.content.ContentType;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;
import dev.carillon.storage.dynamo.CompressedJson;
import dev.carillon.storage.dynamo.Condition;
import dev.carillon.storage.dynamo.DocumentFields;
import dev.carillon.storage.dynamo.DynamoTable;
import dev.carillon.storage.dynamo.Item;
import dev.carillon.storage.dynamo.Key;
import dev.carillon.storage.dynamo.Range;
import dev.carillon.workflow.VersionId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Branches in the table: an item for each, with what it began with. */
public final class DynamoBranches implements Branches {
  private final DynamoTable table;

  public DynamoBranches(DynamoTable table) {
    this.table = table;
  }

  @Override
  public List<Branch> all(EnvironmentId of) {
    return table.all(Range.between(ContentKeys.branches(of), Range.LOWEST, Range.HIGHEST)).stream()
        .map(item -> read(of, item))
        .toList();
  }

  @Override
  public Optional<Branch> find(EnvironmentId of, String slug) {
    return table.get(key(of, slug)).map(item -> read(of, item));
  }

  @Override
  public boolean save(Branch branch) {
    Json.Obj document =
        new DocumentFields()
            .put("c", branch.createdAt())
            .put("u", branch.updatedAt())
            .putObject("b", base(branch))
            .json();
    return table.putIf(
        Item.at(key(branch.of(), branch.slug()))
            .number(Item.REVISION, branch.revision() + 1)
            .bytes(Item.BODY, CompressedJson.pack(document)),
        Condition.revision(branch.revision()));
  }

  /** By type, then by key. */
  private static Json.Obj base(Branch branch) {
    Map<String, Json> types = new LinkedHashMap<>();
    for (ContentType type : ContentType.values()) {
      Map<String, Json> versions = new LinkedHashMap<>();
      branch
          .base()
          .forEach(
              (id, version) -> {
                if (id.type() == type) {
                  versions.put(id.key(), Json.of(version.toString()));
                }
              });
      if (!versions.isEmpty()) {
        types.put(type.wireName(), new Json.Obj(versions));
      }
    }
    return new Json.Obj(types);
  }

  @Override
  public boolean delete(Branch branch) {
    return branch.revision() > 0
        && table.deleteIf(key(branch.of(), branch.slug()), Condition.revision(branch.revision()));
  }

  private static Key key(EnvironmentId of, String slug) {
    return new Key(ContentKeys.branches(of), slug);
  }

  private static Branch read(EnvironmentId of, Item item) {
    Json.Obj document = CompressedJson.unpackObject(item.bytes(Item.BODY));
    Map<ContentId, VersionId> base = new LinkedHashMap<>();
    document
        .object("b")
        .fields()
        .forEach(
            (name, versions) -> {
              ContentType type = ContentType.named(name).orElseThrow();
              DocumentFields.object(versions)
                  .fields()
                  .forEach(
                      (key, version) ->
                          base.put(
                              new ContentId(type, key),
                              VersionId.parse(DocumentFields.text(version))));
            });
    return new Branch(
        of,
        item.text(Item.SK),
        DocumentFields.time(document, "c"),
        DocumentFields.time(document, "u"),
        base,
        item.number(Item.REVISION));
  }
}
