package dev.carillon.storage.dynamo;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;
import dev.carillon.workflow.Assets;
import java.time.Duration;
import java.util.OptionalLong;

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

  private Library read(EnvironmentId environment) {
    return table
        .get(Keys.assets(environment))
        .map(blobs::read)
        .map(CompressedJson::unpackObject)
        .map(document -> new Library(document.object("l"), document.object("p")))
        .orElse(Library.EMPTY);
  }

  /** Chunks of what served before stay: who reads them now must find them, and they are few. */
  @Override
  public void commit(EnvironmentId environment, Library library) {
    Json.Obj document =
        new DocumentFields().put("l", library.layouts()).put("p", library.partials()).json();
    Item head = Item.at(Keys.assets(environment));
    blobs.write(head, CompressedJson.pack(document), INSIDE, CHUNKS, OptionalLong.empty());
    table.put(head);
    libraries.forget(environment);
  }
}
