package dev.carillon.storage.dynamo.bulk;

import dev.carillon.bulk.BulkOperationId;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.storage.dynamo.Key;
import dev.carillon.storage.dynamo.Keys;

/** Where bulk operations and their rows lie. The whole layout is in {@link Keys}. */
final class BulkKeys {

  private BulkKeys() {}

  static Key bulkOperation(EnvironmentId environment, BulkOperationId id) {
    return new Key(environment.value() + "#BULK#" + id, "OPERATION");
  }

  /** The {@code page}th page of rows, from 0. */
  static Key bulkRows(EnvironmentId environment, BulkOperationId id, int page) {
    return new Key(environment.value() + "#BULK#" + id, "ROWS#%04d".formatted(page));
  }
}
