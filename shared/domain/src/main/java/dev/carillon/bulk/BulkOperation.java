package dev.carillon.bulk;

import dev.carillon.recipient.RecipientId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Many changes that one call asks for and that are made after it was answered, a page of rows at a
 * time. The page that was counted last tells a task that comes twice that its page is done.
 *
 * @param name what is done, as clients see it: {@code users.identify}
 * @param rows how many there are to go through, as far as that is known
 * @param startedAt when its first page was begun; empty while it waits for that
 * @param ending empty while it goes on
 */
public record BulkOperation(
    BulkOperationId id,
    String name,
    int rows,
    BulkProgress progress,
    Optional<Instant> startedAt,
    Optional<Ending> ending,
    Instant insertedAt,
    Instant updatedAt) {

  /**
   * How it ended. Rows that failed do not make it a failure; that it could not be gone through
   * does.
   */
  public record Ending(boolean failed, Instant at) {}

  /** One that nothing was done of. */
  public static BulkOperation queued(BulkOperationId id, String name, int rows, Instant now) {
    return new BulkOperation(
        id, name, rows, BulkProgress.NONE, Optional.empty(), Optional.empty(), now, now);
  }

  public BulkStatus status() {
    return ending
        .map(it -> it.failed() ? BulkStatus.FAILED : BulkStatus.COMPLETED)
        .orElse(startedAt.isPresent() ? BulkStatus.PROCESSING : BulkStatus.QUEUED);
  }

  /**
   * This with a page counted; empty when that is not the page it comes to next: it was counted
   * already, or the operation has ended.
   *
   * @param page from 0
   * @param good how many of its rows succeeded
   * @param bad whose rows failed
   * @param last whether the operation ends with it
   */
  public Optional<BulkOperation> counting(
      int page, int good, List<RecipientId> bad, boolean last, Instant now) {
    if (page != progress.pages() || ending.isPresent()) {
      return Optional.empty();
    }
    return Optional.of(
        new BulkOperation(
            id,
            name,
            rows,
            progress.plus(good, bad),
            startedAt.or(() -> Optional.of(now)),
            last ? Optional.of(new Ending(false, now)) : Optional.empty(),
            insertedAt,
            now));
  }

  /** This, given up; itself when it has ended. */
  public BulkOperation failing(Instant now) {
    return ending.isPresent()
        ? this
        : new BulkOperation(
            id,
            name,
            rows,
            progress,
            startedAt,
            Optional.of(new Ending(true, now)),
            insertedAt,
            now);
  }
}
