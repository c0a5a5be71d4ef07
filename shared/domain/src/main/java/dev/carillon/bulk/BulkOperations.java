package dev.carillon.bulk;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;
import java.util.Optional;

/** Bulk operations, their progress, and what each was asked to do. Kept as long as runs are. */
public interface BulkOperations {

  /**
   * Stores an operation and what it is to do, of any size; safe to repeat.
   *
   * @param work read by those who do it, in a form of their own
   * @return false when there is one of this id already, which stays as it is
   */
  boolean add(EnvironmentId environment, BulkOperation operation, Json.Obj work);

  /** The operation as last stored before this call; empty when there is none (any more). */
  Optional<BulkOperation> find(EnvironmentId environment, BulkOperationId id);

  /** What it is to do; empty when there is no such operation (any more). */
  Optional<Json.Obj> work(EnvironmentId environment, BulkOperationId id);

  /**
   * Replaces {@code from} by {@code to}, which has the same id. Who repeats it after a lost answer
   * may be told false; they read the operation again and find their page counted.
   *
   * @return false when what is stored has other pages counted or another status than {@code from}
   */
  boolean advance(EnvironmentId environment, BulkOperation from, BulkOperation to);
}
