package dev.carillon.memory.recipient;

import dev.carillon.bulk.BulkOperation;
import dev.carillon.bulk.BulkOperationId;
import dev.carillon.bulk.BulkOperations;
import dev.carillon.bulk.BulkRow;
import dev.carillon.environment.EnvironmentId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Bulk operations in memory, kept for ever. */
public final class InMemoryBulkOperations implements BulkOperations {

  private record Key(EnvironmentId environment, BulkOperationId id) {}

  private final Map<Key, BulkOperation> operations = new HashMap<>();
  private final Map<Key, List<BulkRow>> rows = new HashMap<>();

  @Override
  public synchronized BulkOperation create(BulkOperation operation, List<BulkRow> some) {
    var key = new Key(operation.environment(), operation.id());
    rows.putIfAbsent(key, List.copyOf(some));
    operations.putIfAbsent(key, operation.stored());
    return operations.get(key);
  }

  @Override
  public synchronized Optional<BulkOperation> find(EnvironmentId environment, BulkOperationId id) {
    return Optional.ofNullable(operations.get(new Key(environment, id)));
  }

  @Override
  public synchronized List<BulkRow> rows(EnvironmentId environment, BulkOperationId id, int from) {
    List<BulkRow> all = rows.getOrDefault(new Key(environment, id), List.of());
    return all.subList(Math.min(from, all.size()), Math.min(from + PAGE, all.size()));
  }

  @Override
  public synchronized boolean save(BulkOperation operation) {
    var key = new Key(operation.environment(), operation.id());
    BulkOperation before = operations.get(key);
    if (before == null || before.revision() != operation.revision()) {
      return false;
    }
    operations.put(key, operation.stored());
    return true;
  }
}
