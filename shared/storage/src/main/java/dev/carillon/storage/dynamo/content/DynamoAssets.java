package dev.carillon.storage.dynamo.content;

import dev.carillon.content.Assets;
import dev.carillon.content.ContentId;
import dev.carillon.content.ContentType;
import dev.carillon.content.ServedParts;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.storage.cache.LruCache;
import dev.carillon.storage.cache.TtlCache;
import dev.carillon.storage.dynamo.ChunkedDocuments;
import dev.carillon.storage.dynamo.CompressedJson;
import dev.carillon.storage.dynamo.Condition;
import dev.carillon.storage.dynamo.DocumentFields;
import dev.carillon.storage.dynamo.DynamoTable;
import dev.carillon.storage.dynamo.Item;
import dev.carillon.storage.dynamo.SideBySide;
import dev.carillon.workflow.VersionId;
import dev.carillon.workflow.WorkflowReader;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Layouts, partials and translations in the table. One item of an environment lists which version
 * of each serves, remembered for five seconds; the versions lie with those of all content. What is
 * small enough lies in that item too, so that a small environment is read at once. An earlier build
 * kept all of it there, whatever its size, without versions: what it wrote is read as it is, and
 * gets versions with the next commit.
 */
public final class DynamoAssets implements Assets {
  private static final Duration AGE = Duration.ofSeconds(5);
  private static final int INSIDE = 300_000;

  /** What is read as one unit, with room for the item's keys. */
  private static final int AT_ONCE = 3_900;

  private static final long CACHED_CHARACTERS = 4_000_000;
  private static final String CHUNKS = "DATA";
  private static final String SERVING = "i";

  /** Where parts of a type lie within the item. */
  private static final Map<ContentType, String> FIELDS =
      Map.of(ContentType.EMAIL_LAYOUT, "l", ContentType.PARTIAL, "p", ContentType.TRANSLATION, "t");

  private record CacheKey(EnvironmentId environment, ContentId id, VersionId version) {}

  private final DynamoTable table;
  private final DynamoContents contents;
  private final ChunkedDocuments blobs;
  private final TtlCache<EnvironmentId, Stored> indexes;
  private final LruCache<CacheKey, Json.Obj> parts = new LruCache<>(CACHED_CHARACTERS);

  public DynamoAssets(DynamoTable table) {
    this.table = table;
    this.contents = new DynamoContents(table);
    this.blobs = new ChunkedDocuments(table);
    this.indexes = new TtlCache<>(table.clock(), AGE, this::stored);
  }

  @Override
  public Map<ContentId, VersionId> serving(EnvironmentId environment) {
    return indexes.get(environment).serving();
  }

  @Override
  public Map<ContentId, VersionId> servingNow(EnvironmentId environment) {
    return stored(environment).serving();
  }

  @Override
  public Map<ContentId, Json.Obj> parts(
      EnvironmentId environment, Map<ContentId, VersionId> wanted) {
    Map<ContentId, Json.Obj> found = new LinkedHashMap<>();
    Map<ContentId, VersionId> missing = new LinkedHashMap<>();
    wanted.forEach(
        (id, version) ->
            parts
                .get(new CacheKey(environment, id, version))
                .ifPresentOrElse(part -> found.put(id, part), () -> missing.put(id, version)));
    if (missing.isEmpty()) {
      return found;
    }
    contents
        .versions(environment, missing)
        .forEach(
            (id, content) -> {
              found.put(id, remembered(environment, id, missing.get(id), content));
              missing.remove(id);
            });
    if (!missing.isEmpty()) {
      Stored stored = stored(environment);
      missing.forEach(
          (id, version) -> stored.inside(id, version).ifPresent(part -> found.put(id, part)));
    }
    return found;
  }

  private Json.Obj remembered(
      EnvironmentId environment, ContentId id, VersionId version, Json.Obj content) {
    Json.Obj part = ServedParts.part(id, content);
    parts.put(new CacheKey(environment, id, version), part, JsonText.write(part).length());
    return part;
  }

  /**
   * What serves, as it lies there.
   *
   * @param inside parts that lie in the item, all that serve or none
   * @param versioned whether each version is stored by itself
   * @param revision how often it was replaced as part of a commit; 0 also for what was not
   */
  record Stored(
      Map<ContentId, VersionId> serving,
      Map<ContentId, Json.Obj> inside,
      boolean versioned,
      long revision) {
    static final Stored NOTHING = new Stored(Map.of(), Map.of(), true, 0);

    Optional<Json.Obj> inside(ContentId id, VersionId version) {
      return version.equals(serving.get(id))
          ? Optional.ofNullable(inside.get(id))
          : Optional.empty();
    }

    /** That nobody has replaced it since. */
    Condition unchanged() {
      return revision == 0
          ? new Condition("attribute_not_exists(#r)", Map.of("#r", Item.REVISION), Map.of())
          : new Condition(
              "#r = :r",
              Map.of("#r", Item.REVISION),
              Map.of(":r", AttributeValue.fromN(Long.toString(revision))));
    }
  }

  Stored stored(EnvironmentId environment) {
    Stored stored =
        table
            .get(ContentKeys.assets(environment))
            .map(head -> read(head, CompressedJson.unpackObject(blobs.read(head))))
            .orElse(Stored.NOTHING);
    stored
        .inside()
        .forEach((id, part) -> remembered(environment, id, stored.serving().get(id), part));
    return stored;
  }

  private static Stored read(Item head, Json.Obj document) {
    Map<ContentId, Json.Obj> inside = new LinkedHashMap<>();
    Map<ContentId, VersionId> serving = new LinkedHashMap<>();
    FIELDS.forEach(
        (type, field) ->
            document
                .object(field)
                .fields()
                .forEach(
                    (key, part) ->
                        inside.put(new ContentId(type, key), DocumentFields.object(part))));
    boolean versioned = document.get(SERVING).isPresent();
    if (versioned) {
      Json.Obj index = document.object(SERVING);
      FIELDS.forEach(
          (type, field) ->
              index
                  .object(field)
                  .fields()
                  .forEach(
                      (key, version) ->
                          serving.put(
                              new ContentId(type, key),
                              VersionId.parse(DocumentFields.text(version)))));
    } else {
      inside.forEach((id, part) -> serving.put(id, WorkflowReader.version(part)));
    }
    return new Stored(
        Map.copyOf(serving),
        inside,
        versioned,
        head.has(Item.REVISION) ? head.number(Item.REVISION) : 0);
  }

  /**
   * The item that is to follow; what does not fit into it is written already.
   *
   * @param versions of the parts that are to serve, all of them stored
   */
  Item following(
      EnvironmentId environment,
      Stored before,
      Map<ContentId, VersionId> versions,
      Map<ContentId, Json.Obj> changed) {
    if (!before.versioned()) {
      SideBySide.each(
          before.inside().entrySet(),
          part ->
              contents.writeVersion(
                  environment,
                  part.getKey(),
                  before.serving().get(part.getKey()),
                  part.getValue()));
    }
    Map<ContentId, VersionId> serving = new LinkedHashMap<>(before.serving());
    serving.putAll(versions);
    Map<ContentId, Json.Obj> inside = new LinkedHashMap<>();
    if (before.inside().size() == before.serving().size()) {
      inside.putAll(before.inside());
      inside.putAll(changed);
    }
    return head(environment, serving, inside).number(Item.REVISION, before.revision() + 1);
  }

  void forget(EnvironmentId environment) {
    indexes.forget(environment);
  }

  @Override
  public void commit(EnvironmentId environment, Library library) {
    Map<ContentId, Json.Obj> all = new LinkedHashMap<>();
    Map.of(
            ContentType.EMAIL_LAYOUT, library.layouts(),
            ContentType.PARTIAL, library.partials(),
            ContentType.TRANSLATION, library.translations())
        .forEach(
            (type, some) ->
                some.fields()
                    .forEach(
                        (key, part) ->
                            all.put(new ContentId(type, key), DocumentFields.object(part))));
    Map<ContentId, VersionId> serving = new LinkedHashMap<>();
    all.forEach((id, part) -> serving.put(id, WorkflowReader.version(part)));
    SideBySide.each(
        List.copyOf(all.keySet()),
        id -> contents.writeVersion(environment, id, serving.get(id), all.get(id)));
    table.put(head(environment, serving, all));
    indexes.forget(environment);
  }

  /** Chunks of what served before stay: who reads them now must find them, and they are few. */
  private Item head(
      EnvironmentId environment,
      Map<ContentId, VersionId> serving,
      Map<ContentId, Json.Obj> inside) {
    Json.Obj index = document(serving.keySet(), id -> Json.of(serving.get(id).toString()));
    Json.Obj whole = document(inside.keySet(), inside::get).with(SERVING, index);
    byte[] document = CompressedJson.pack(whole);
    if (document.length > AT_ONCE && !inside.isEmpty()) {
      document = CompressedJson.pack(Json.object().with(SERVING, index));
    }
    Item head = Item.at(ContentKeys.assets(environment));
    blobs.write(head, document, INSIDE, CHUNKS, OptionalLong.empty());
    return head;
  }

  private static Json.Obj document(Collection<ContentId> ids, Function<ContentId, Json> value) {
    Map<String, Map<String, Json>> types = new LinkedHashMap<>();
    ids.forEach(
        id ->
            types
                .computeIfAbsent(FIELDS.get(id.type()), _ -> new LinkedHashMap<>())
                .put(id.key(), value.apply(id)));
    var document = Json.object();
    for (Map.Entry<String, Map<String, Json>> type : types.entrySet()) {
      document = document.with(type.getKey(), new Json.Obj(type.getValue()));
    }
    return document;
  }
}
