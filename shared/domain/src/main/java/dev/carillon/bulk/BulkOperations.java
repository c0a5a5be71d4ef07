package dev.carillon.bulk;

import dev.carillon.environment.EnvironmentId;
import java.util.List;
import java.util.Optional;

/** The bulk operations of an environment, kept for {@value BulkOperation#KEPT_DAYS} days. */
public interface BulkOperations {

  /** How many rows are read at once. */
  int PAGE = 50;

  /**
   * Stores a new one, its rows first; leaves one of the same id as it is. Safe to repeat.
   *
   * @return as it is stored
   */
  BulkOperation create(BulkOperation operation, List<BulkRow> rows);

  /** The operation as last stored; empty when there is none. */
  Optional<BulkOperation> find(EnvironmentId environment, BulkOperationId id);

  /**
   * The rows from the {@code from}th on, up to {@value #PAGE}.
   *
   * @param from a multiple of {@value #PAGE}
   */
  List<BulkRow> rows(EnvironmentId environment, BulkOperationId id, int from);

  /**
   * Stores it if nobody did since it was read. The stored one then has the next revision.
   *
   * @return false when somebody else was first; nothing is changed
   */
  boolean save(BulkOperation operation);
}
