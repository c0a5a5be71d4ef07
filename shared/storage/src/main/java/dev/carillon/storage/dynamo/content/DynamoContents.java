package dev.carillon.storage.dynamo.content;

import dev.carillon.change.Change;
import dev.carillon.content.CommitId;
import dev.carillon.content.ContentHead;
import dev.carillon.content.ContentId;
import dev.carillon.content.ContentType;
import dev.carillon.content.Contents;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;
import dev.carillon.storage.dynamo.ChunkedDocuments;
import dev.carillon.storage.dynamo.CompressedJson;
import dev.carillon.storage.dynamo.Condition;
import dev.carillon.storage.dynamo.DynamoTable;
import dev.carillon.storage.dynamo.Item;
import dev.carillon.storage.dynamo.Key;
import dev.carillon.storage.dynamo.OptimisticRetry;
import dev.carillon.storage.dynamo.Range;
import dev.carillon.storage.dynamo.SideBySide;
import dev.carillon.workflow.VersionId;
import dev.carillon.workflow.WorkflowReader;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Contents in the table: a small item for how each stands, and each version once, written before
 * anything names it.
 */
public final class DynamoContents implements Contents {
  private static final int INSIDE = 300_000;
  private static final String DRAFT = "dr";
  private static final String COMMITTED = "cm";
  private static final String COMMIT = "ci";
  private static final String CREATED = "ca";
  private static final String UPDATED = "ua";

  private final DynamoTable table;
  private final ChunkedDocuments documents;
  private final OptimisticRetry retry = new OptimisticRetry();

  public DynamoContents(DynamoTable table) {
    this.table = table;
    this.documents = new ChunkedDocuments(table);
  }

  @Override
  public Optional<ContentHead> find(EnvironmentId environment, ContentId id) {
    return table.get(ContentKeys.content(environment, id)).map(item -> head(id.type(), item));
  }

  @Override
  public List<ContentHead> all(EnvironmentId environment, ContentType type) {
    return table
        .all(Range.between(ContentKeys.contents(environment, type), Range.LOWEST, Range.HIGHEST))
        .stream()
        .map(item -> head(type, item))
        .toList();
  }

  @Override
  public Optional<Json.Obj> version(EnvironmentId environment, ContentId id, VersionId version) {
    return table
        .get(versionKey(environment, id, version))
        .map(documents::read)
        .map(CompressedJson::unpackObject);
  }

  @Override
  public Map<ContentId, Json.Obj> versions(
      EnvironmentId environment, Map<ContentId, VersionId> wanted) {
    Map<ContentId, Key> keys = new LinkedHashMap<>();
    wanted.forEach((id, version) -> keys.put(id, versionKey(environment, id, version)));
    Map<ContentId, Json.Obj> found = new LinkedHashMap<>();
    SideBySide.get(table, keys)
        .forEach((id, head) -> found.put(id, CompressedJson.unpackObject(documents.read(head))));
    return found;
  }

  private static Key versionKey(EnvironmentId environment, ContentId id, VersionId version) {
    return new Key(ContentKeys.contentVersions(environment, id), ContentKeys.version(version));
  }

  @Override
  public ContentHead save(
      EnvironmentId environment, ContentId id, Json.Obj content, Instant now, Change change) {
    VersionId version = WorkflowReader.version(content);
    return retry.until(
        environment.value() + " " + id,
        () -> {
          ContentHead before = find(environment, id).orElse(ContentHead.none(id, now));
          if (before.archived() || before.latest().equals(Optional.of(version))) {
            return Optional.of(before);
          }
          writeVersion(environment, id, version, content);
          ContentHead after = before.saved(version, now);
          return table
                  .transaction()
                  .put(item(environment, after), Condition.revision(before.revision()))
                  .put(DynamoChanges.item(environment, change), Condition.NONE)
                  .commit()
                  .isEmpty()
              ? Optional.of(after)
              : Optional.empty();
        });
  }

  /** Safe to repeat: equal content is the same version. */
  void writeVersion(EnvironmentId environment, ContentId id, VersionId version, Json.Obj content) {
    Item head = Item.at(versionKey(environment, id, version));
    documents.write(
        head, CompressedJson.pack(content), INSIDE, head.key().sort(), OptionalLong.empty());
    table.put(head);
  }

  static Item item(EnvironmentId environment, ContentHead head) {
    Item item =
        Item.at(ContentKeys.content(environment, head.id()))
            .text(Item.NAME, head.id().key())
            .text(CREATED, head.createdAt().toString())
            .text(UPDATED, head.updatedAt().toString())
            .number(Item.REVISION, head.revision());
    head.draft().ifPresent(version -> item.text(DRAFT, version.toString()));
    head.committed().ifPresent(version -> item.text(COMMITTED, version.toString()));
    head.commit().ifPresent(commit -> item.text(COMMIT, commit.toString()));
    return item;
  }

  private static ContentHead head(ContentType type, Item item) {
    return new ContentHead(
        new ContentId(type, item.text(Item.NAME)),
        item.findText(DRAFT).map(VersionId::parse),
        item.findText(COMMITTED).map(VersionId::parse),
        item.findText(COMMIT).flatMap(CommitId::parse),
        Instant.parse(item.text(CREATED)),
        Instant.parse(item.text(UPDATED)),
        item.number(Item.REVISION));
  }
}
