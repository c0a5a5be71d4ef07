package dev.carillon.memory;

import dev.carillon.bulk.BulkOperation;
import dev.carillon.bulk.BulkOperationId;
import dev.carillon.bulk.BulkOperations;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Bulk operations in memory, for ever. */
public final class InMemoryBulkOperations implements BulkOperations {
  private record Key(EnvironmentId environment, BulkOperationId id) {}

  private record Stored(BulkOperation operation, Json.Obj work) {}

  private final Map<Key, Stored> operations = new HashMap<>();

  @Override
  public synchronized boolean add(
      EnvironmentId environment, BulkOperation operation, Json.Obj work) {
    return operations.putIfAbsent(new Key(environment, operation.id()), new Stored(operation, work))
        == null;
  }

  @Override
  public synchronized Optional<BulkOperation> find(EnvironmentId environment, BulkOperationId id) {
    return Optional.ofNullable(operations.get(new Key(environment, id))).map(Stored::operation);
  }

  @Override
  public synchronized Optional<Json.Obj> work(EnvironmentId environment, BulkOperationId id) {
    return Optional.ofNullable(operations.get(new Key(environment, id))).map(Stored::work);
  }

  @Override
  public synchronized boolean advance(
      EnvironmentId environment, BulkOperation from, BulkOperation to) {
    var key = new Key(environment, from.id());
    Stored stored = operations.get(key);
    if (stored == null
        || stored.operation().progress().pages() != from.progress().pages()
        || stored.operation().status() != from.status()) {
      return false;
    }
    operations.put(key, new Stored(to, stored.work()));
    return true;
  }
}
