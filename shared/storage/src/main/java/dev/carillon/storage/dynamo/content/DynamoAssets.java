package dev.carillon.storage.dynamo.content;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;
import dev.carillon.storage.cache.TtlCache;
import dev.carillon.storage.dynamo.ChunkedDocuments;
import dev.carillon.storage.dynamo.CompressedJson;
import dev.carillon.storage.dynamo.Condition;
import dev.carillon.storage.dynamo.DocumentFields;
import dev.carillon.storage.dynamo.DynamoTable;
import dev.carillon.storage.dynamo.Item;
import dev.carillon.workflow.Assets;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Layouts and partials in the table, one document per environment; remembered for five seconds. */
public final class DynamoAssets implements Assets {
  private static final Duration AGE = Duration.ofSeconds(5);
  private static final int INSIDE = 300_000;
  private static final String CHUNKS = "DATA";

  private final DynamoTable table;
  private final ChunkedDocuments blobs;
  private final TtlCache<EnvironmentId, Library> libraries;

  public DynamoAssets(DynamoTable table) {
    this.table = table;
    this.blobs = new ChunkedDocuments(table);
    this.libraries = new TtlCache<>(table.clock(), AGE, this::read);
  }

  @Override
  public Library library(EnvironmentId environment) {
    return libraries.get(environment);
  }

  @Override
  public Library current(EnvironmentId environment) {
    return read(environment);
  }

  private Library read(EnvironmentId environment) {
    return stored(environment).library();
  }

  /**
   * A library as it lies there.
   *
   * @param revision how often it was replaced as part of a commit; 0 also for what was not
   */
  record Stored(Library library, long revision) {
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
    return table
        .get(ContentKeys.assets(environment))
        .map(
            head -> {
              Json.Obj document = CompressedJson.unpackObject(blobs.read(head));
              return new Stored(
                  new Library(document.object("l"), document.object("p"), document.object("t")),
                  head.has(Item.REVISION) ? head.number(Item.REVISION) : 0);
            })
        .orElse(new Stored(Library.EMPTY, 0));
  }

  /** The item of a library that is to follow; what does not fit into it is written already. */
  Item following(EnvironmentId environment, Library library, Stored before) {
    return head(environment, library).number(Item.REVISION, before.revision() + 1);
  }

  void forget(EnvironmentId environment) {
    libraries.forget(environment);
  }

  /** Chunks of what served before stay: who reads them now must find them, and they are few. */
  @Override
  public void commit(EnvironmentId environment, Library library) {
    table.put(head(environment, library));
    libraries.forget(environment);
  }

  private Item head(EnvironmentId environment, Library library) {
    Json.Obj document =
        new DocumentFields()
            .put("l", library.layouts())
            .put("p", library.partials())
            .putObject("t", library.translations())
            .json();
    Item head = Item.at(ContentKeys.assets(environment));
    blobs.write(head, CompressedJson.pack(document), INSIDE, CHUNKS, OptionalLong.empty());
    return head;
  }
}
