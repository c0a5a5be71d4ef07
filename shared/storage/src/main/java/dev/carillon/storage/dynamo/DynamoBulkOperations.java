package dev.carillon.storage.dynamo;

import dev.carillon.bulk.BulkOperation;
import dev.carillon.bulk.BulkOperationId;
import dev.carillon.bulk.BulkOperations;
import dev.carillon.bulk.BulkProgress;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.environment.Retention;
import dev.carillon.json.Json;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Bulk operations in the table, a partition each: what it is to do, written first and never again,
 * and how far it is, which is small because every page writes it.
 */
public final class DynamoBulkOperations implements BulkOperations {
  private static final int INSIDE = 300_000;
  private static final String WORK = "WORK";
  private static final String PAGES = "pg";
  private static final String STATUS = "st";

  private final DynamoTable table;
  private final Retention retention;
  private final ChunkedDocuments documents;

  public DynamoBulkOperations(DynamoTable table, Retention retention) {
    this.table = table;
    this.retention = retention;
    this.documents = new ChunkedDocuments(table);
  }

  @Override
  public boolean add(EnvironmentId environment, BulkOperation operation, Json.Obj work) {
    Key key = Keys.bulkOperation(environment, operation.id());
    long ttl = ttl(operation);
    Item item = Item.at(new Key(key.partition(), WORK)).number(Item.TTL, ttl);
    documents.write(item, CompressedJson.pack(work), INSIDE, WORK + "#CHUNK", OptionalLong.of(ttl));
    table.putIf(item, Condition.free(table.now()));
    return table.putIf(item(environment, operation), Condition.free(table.now()));
  }

  @Override
  public Optional<BulkOperation> find(EnvironmentId environment, BulkOperationId id) {
    return table
        .get(Keys.bulkOperation(environment, id))
        .map(item -> read(id, CompressedJson.unpackObject(item.bytes(Item.BODY))));
  }

  @Override
  public Optional<Json.Obj> work(EnvironmentId environment, BulkOperationId id) {
    return table
        .get(new Key(Keys.bulkOperation(environment, id).partition(), WORK))
        .map(item -> CompressedJson.unpackObject(documents.read(item)));
  }

  @Override
  public boolean advance(EnvironmentId environment, BulkOperation from, BulkOperation to) {
    return table.putIf(
        item(environment, to),
        new Condition(
            "#pg = :pg AND #st = :st",
            Map.of("#pg", PAGES, "#st", STATUS),
            Map.of(
                ":pg", AttributeValue.fromN(Integer.toString(from.progress().pages())),
                ":st", AttributeValue.fromS(from.status().wireName()))));
  }

  private long ttl(BulkOperation operation) {
    return retention.end(operation.insertedAt()).getEpochSecond();
  }

  private Item item(EnvironmentId environment, BulkOperation operation) {
    BulkProgress progress = operation.progress();
    Json.Obj document =
        new DocumentFields()
            .put("n", operation.name())
            .put("r", operation.rows())
            .put("p", progress.pages())
            .put("s", progress.succeeded())
            .put("f", progress.failed())
            .put("w", progress.failures(), DocumentFields::recipient)
            .put("b", operation.startedAt(), DocumentFields::time)
            .put("e", operation.ending(), DynamoBulkOperations::ending)
            .put("i", operation.insertedAt())
            .put("u", operation.updatedAt())
            .json();
    return Item.at(Keys.bulkOperation(environment, operation.id()))
        .number(Item.TTL, ttl(operation))
        .number(PAGES, progress.pages())
        .text(STATUS, operation.status().wireName())
        .bytes(Item.BODY, CompressedJson.pack(document));
  }

  private static Json ending(BulkOperation.Ending ending) {
    return new DocumentFields().put("x", Json.of(ending.failed())).put("a", ending.at()).json();
  }

  private static BulkOperation read(BulkOperationId id, Json.Obj document) {
    return new BulkOperation(
        id,
        DocumentFields.text(document, "n"),
        (int) DocumentFields.number(document, "r"),
        new BulkProgress(
            (int) DocumentFields.number(document, "p"),
            (int) DocumentFields.number(document, "s"),
            (int) DocumentFields.number(document, "f"),
            DocumentFields.list(document, "w", DocumentFields::recipient)),
        document.get("b").map(DocumentFields::time),
        document.get("e").map(DocumentFields::object).map(DynamoBulkOperations::ending),
        DocumentFields.time(document, "i"),
        DocumentFields.time(document, "u"));
  }

  private static BulkOperation.Ending ending(Json.Obj json) {
    return new BulkOperation.Ending(
        DocumentFields.require(json, "x").equals(Json.TRUE), DocumentFields.time(json, "a"));
  }
}
