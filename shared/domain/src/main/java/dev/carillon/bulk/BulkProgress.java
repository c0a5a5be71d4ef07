package dev.carillon.bulk;

import dev.carillon.recipient.RecipientId;
import java.util.List;
import java.util.stream.Stream;

/**
 * What came of the rows that a bulk operation went through.
 *
 * @param pages how many pages of its rows were counted, one after the other
 * @param succeeded rows
 * @param failed rows
 * @param failures whose rows failed: the first {@value #MOST_FAILURES}
 */
public record BulkProgress(int pages, int succeeded, int failed, List<RecipientId> failures) {
  /** An operation is one item, which a client reads again and again. */
  public static final int MOST_FAILURES = 100;

  public static final BulkProgress NONE = new BulkProgress(0, 0, 0, List.of());

  public BulkProgress {
    failures = List.copyOf(failures);
    if (failures.size() > MOST_FAILURES || failures.size() > failed) {
      throw new IllegalArgumentException("Too many failures are named: " + failures.size());
    }
  }

  public int processed() {
    return succeeded + failed;
  }

  /** This and one page more. */
  BulkProgress plus(int good, List<RecipientId> bad) {
    return new BulkProgress(
        pages + 1,
        succeeded + good,
        failed + bad.size(),
        Stream.concat(failures.stream(), bad.stream()).limit(MOST_FAILURES).toList());
  }
}
