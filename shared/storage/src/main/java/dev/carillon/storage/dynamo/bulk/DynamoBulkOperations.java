package dev.carillon.storage.dynamo.bulk;

import dev.carillon.bulk.BulkOperation;
import dev.carillon.bulk.BulkOperationId;
import dev.carillon.bulk.BulkOperations;
import dev.carillon.bulk.BulkRow;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;
import dev.carillon.storage.dynamo.ChunkedDocuments;
import dev.carillon.storage.dynamo.CompressedJson;
import dev.carillon.storage.dynamo.Condition;
import dev.carillon.storage.dynamo.DocumentFields;
import dev.carillon.storage.dynamo.DynamoTable;
import dev.carillon.storage.dynamo.Item;
import dev.carillon.storage.dynamo.Key;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Bulk operations in the table: an item for how far one got, and one for each page of its rows. */
public final class DynamoBulkOperations implements BulkOperations {
  private static final int INSIDE = 350_000;

  private final DynamoTable table;
  private final ChunkedDocuments documents;

  public DynamoBulkOperations(DynamoTable table) {
    this.table = table;
    this.documents = new ChunkedDocuments(table);
  }

  @Override
  public BulkOperation create(BulkOperation operation, List<BulkRow> rows) {
    for (int from = 0; from < rows.size(); from += PAGE) {
      Key key = BulkKeys.bulkRows(operation.environment(), operation.id(), from / PAGE);
      Item head = Item.at(key).number(Item.TTL, end(operation));
      byte[] document =
          CompressedJson.pack(
              BulkDocument.write(rows.subList(from, Math.min(rows.size(), from + PAGE))));
      documents.write(head, document, INSIDE, key.sort(), OptionalLong.of(end(operation)));
      table.put(head);
    }
    return table.putIf(item(operation), Condition.NEW)
        ? operation.stored()
        : find(operation.environment(), operation.id()).orElse(operation.stored());
  }

  @Override
  public Optional<BulkOperation> find(EnvironmentId environment, BulkOperationId id) {
    return table
        .get(BulkKeys.bulkOperation(environment, id))
        .map(item -> read(environment, id, item));
  }

  @Override
  public List<BulkRow> rows(EnvironmentId environment, BulkOperationId id, int from) {
    return table
        .get(BulkKeys.bulkRows(environment, id, from / PAGE))
        .map(
            head ->
                BulkDocument.read(environment, CompressedJson.unpackObject(documents.read(head))))
        .orElse(List.of());
  }

  @Override
  public boolean save(BulkOperation operation) {
    return operation.revision() > 0
        && table.putIf(item(operation), Condition.revision(operation.revision()));
  }

  private static long end(BulkOperation operation) {
    return operation
        .at()
        .inserted()
        .plus(Duration.ofDays(BulkOperation.KEPT_DAYS))
        .getEpochSecond();
  }

  private static Item item(BulkOperation operation) {
    Json.Obj document =
        new DocumentFields()
            .put("n", operation.name())
            .put("r", operation.rows())
            .put("p", operation.processed())
            .put("f", operation.failed(), BulkDocument::failure)
            .put("i", operation.at().inserted())
            .put("u", operation.at().updated())
            .put("m", operation.marking(), MarkingDocument::write)
            .json();
    return Item.at(BulkKeys.bulkOperation(operation.environment(), operation.id()))
        .number(Item.REVISION, operation.revision() + 1L)
        .number(Item.TTL, end(operation))
        .bytes(Item.BODY, CompressedJson.pack(document));
  }

  private static BulkOperation read(EnvironmentId environment, BulkOperationId id, Item item) {
    Json.Obj document = CompressedJson.unpackObject(item.bytes(Item.BODY));
    Instant inserted = DocumentFields.time(document, "i");
    return new BulkOperation(
        environment,
        id,
        DocumentFields.text(document, "n"),
        (int) DocumentFields.number(document, "r"),
        (int) DocumentFields.number(document, "p"),
        DocumentFields.list(document, "f", BulkDocument::failure),
        new BulkOperation.Instants(inserted, DocumentFields.time(document, "u")),
        document.get("m").map(DocumentFields::object).map(MarkingDocument::read),
        (int) item.number(Item.REVISION));
  }
}
