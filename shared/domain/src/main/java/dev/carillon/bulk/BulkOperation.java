package dev.carillon.bulk;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.recipient.RecipientId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A call about many at once, and how far it got.
 *
 * @param name what it does, as responses show it: {@code users.identify}
 * @param rows how many there are to be done
 * @param processed how many were tried, in their order
 * @param failed about whom the rows were that could not be done
 * @param revision the number of times it was stored
 */
public record BulkOperation(
    EnvironmentId environment,
    BulkOperationId id,
    String name,
    int rows,
    int processed,
    List<RecipientId> failed,
    Instants at,
    int revision) {

  /** For how long after it was asked for an operation is kept, in days. */
  public static final int KEPT_DAYS = 7;

  /** When it was asked for, and when it last got further. */
  public record Instants(Instant inserted, Instant updated) {}

  public BulkOperation {
    failed = List.copyOf(failed);
  }

  public static BulkOperation of(
      EnvironmentId environment, BulkOperationId id, String name, int rows, Instant now) {
    return new BulkOperation(environment, id, name, rows, 0, List.of(), new Instants(now, now), 0);
  }

  public boolean completed() {
    return processed >= rows;
  }

  /** With that many more rows done, of which these failed. */
  public BulkOperation further(int more, List<RecipientId> failures, Instant now) {
    var all = new ArrayList<>(failed);
    all.addAll(failures);
    return new BulkOperation(
        environment,
        id,
        name,
        rows,
        processed + more,
        all,
        new Instants(at.inserted(), now),
        revision);
  }

  /** As it is once it was stored. */
  public BulkOperation stored() {
    return new BulkOperation(environment, id, name, rows, processed, failed, at, revision + 1);
  }
}
