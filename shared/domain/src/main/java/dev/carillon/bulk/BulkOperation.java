package dev.carillon.bulk;

import dev.carillon.environment.EnvironmentId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A call about many at once, and how far it got.
 *
 * @param name what it does, as responses show it: {@code users.identify}
 * @param rows how many there are to be done, as far as is known
 * @param processed how many were tried, in their order
 * @param failed the rows that could not be done
 * @param marking what it does with messages, which are its rows then; empty for an operation whose
 *     rows are stored
 * @param revision the number of times it was stored
 */
public record BulkOperation(
    EnvironmentId environment,
    BulkOperationId id,
    String name,
    int rows,
    int processed,
    List<BulkFailure> failed,
    Instants at,
    Optional<Marking> marking,
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
    return of(environment, id, name, rows, Optional.empty(), now);
  }

  /** One that changes messages; how many they are shows as they are found. */
  public static BulkOperation of(
      EnvironmentId environment, BulkOperationId id, String name, Marking marking, Instant now) {
    return of(environment, id, name, 0, Optional.of(marking), now);
  }

  private static BulkOperation of(
      EnvironmentId environment,
      BulkOperationId id,
      String name,
      int rows,
      Optional<Marking> marking,
      Instant now) {
    return new BulkOperation(
        environment, id, name, rows, 0, List.of(), new Instants(now, now), marking, 0);
  }

  /** Whether anything of it was done. */
  public boolean started() {
    return revision > 1;
  }

  public boolean completed() {
    return marking.map(Marking::ended).orElse(processed >= rows);
  }

  /** With that many more rows done, of which these failed. */
  public BulkOperation further(int more, List<BulkFailure> failures, Instant now) {
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
        marking,
        revision);
  }

  /**
   * With all that was noted changed, and what was found after it.
   *
   * @param about how many messages there are in all, by what is known so far; empty for no news
   */
  public BulkOperation marked(Marking then, OptionalInt about, Instant now) {
    int done = processed + marking.map(it -> it.noted().size()).orElse(0);
    int known = done + then.noted().size();
    return new BulkOperation(
        environment,
        id,
        name,
        then.ended() ? done : Math.max(known, about.orElse(rows)),
        done,
        failed,
        new Instants(at.inserted(), now),
        Optional.of(then),
        revision);
  }

  /** As it is once it was stored. */
  public BulkOperation stored() {
    return new BulkOperation(
        environment, id, name, rows, processed, failed, at, marking, revision + 1);
  }
}
