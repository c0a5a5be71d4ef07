package dev.carillon.batch;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.page.Page;
import dev.carillon.trigger.RunId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The batches of an environment. A batch is opened by the first activity, takes in activities until
 * its close is due, and is closed by the run that holds it. An activity that comes when the close
 * is due, or after it, opens the next generation, whether or not the holder has closed this one.
 *
 * <p>Every method sees all that was answered before, and each is one step: of two calls at once one
 * comes first.
 */
public interface Batches {

  /**
   * What a batch is to be, should this activity open it; and what any activity does to it.
   *
   * @param closeAt when a batch opened now closes
   * @param sliding how far from now each activity moves the close, back only when that is less than
   *     the one before had; empty when none does
   * @param latest the instant beyond which no activity moves the close of a batch opened now, back
   *     to which the next one moves a later close, and which makes the close due when one comes
   *     later than that; when empty, 365 days from now
   * @param maxItems with how many activities the close of a batch opened now is due at once; {@link
   *     Integer#MAX_VALUE} for never
   * @param leading whether the activity that opens it stays outside
   */
  record Terms(
      Instant closeAt,
      Optional<Duration> sliding,
      Optional<Instant> latest,
      int maxItems,
      boolean leading) {}

  /**
   * What became of an activity. Brought again it gets the same answer, with the close as it is by
   * then.
   */
  sealed interface Joined {
    int generation();

    /** It is inside, and its run holds the batch: it is to wait for the close. */
    record Holds(int generation, Instant closeAt) implements Joined {}

    /**
     * It is inside a batch that another run holds.
     *
     * @param holder the activity of the run that holds it, without its data
     * @param sooner whether the close comes sooner than the holder may be waiting for: the batch is
     *     full, can slide no further, or was moved back. True until the holder has asked
     */
    record Inside(int generation, Instant closeAt, Activity holder, boolean sooner)
        implements Joined {}

    /** It opened the batch and stays outside: its run goes on alone. */
    record Leads(int generation, Instant closeAt) implements Joined {}

    /** It is in no generation, and never will be: its run was kept out. */
    record Out() implements Joined {
      /** That of none. */
      @Override
      public int generation() {
        return 0;
      }
    }
  }

  /**
   * Brings an activity. Safe to repeat: an activity is in one generation, once, also when it has
   * left it.
   */
  Joined join(
      EnvironmentId environment, BatchId batch, Activity activity, Terms terms, Instant now);

  /**
   * Keeps a run out that has not brought its activity yet. Of two copies of a task of which one
   * brings it and one ends the run, only one has its way, and both learn which. Safe to repeat.
   *
   * @return {@link Joined.Out}; or what became of the activity when it was brought before, as
   *     {@link #join} would say again
   */
  Joined keepOut(EnvironmentId environment, BatchId batch, RunId run, Instant now);

  /**
   * A generation as it is.
   *
   * @param holder the activity of the run that holds it, without its data; empty while only a
   *     leading one came
   * @param items how many activities are inside
   */
  record Standing(
      int generation,
      Instant openedAt,
      Instant closeAt,
      Optional<Activity> holder,
      int items,
      boolean closed) {}

  /** The generation; empty when there was none or its retention is over. */
  Optional<Standing> find(EnvironmentId environment, BatchId batch, int generation);

  /**
   * Closes the generation if its close is due; for its holder, who learns when it is. Safe to
   * repeat; what was closed stays closed.
   *
   * @return the generation as it is after that: still open, with a later close, when it is not due
   * @throws IllegalStateException when there is no such generation
   */
  Standing close(EnvironmentId environment, BatchId batch, int generation, Instant now);

  /**
   * Makes the close due now, if the generation is open and its close is later. Safe to repeat.
   *
   * @return false when there is no such generation or it is closed
   */
  boolean closeNow(EnvironmentId environment, BatchId batch, int generation, Instant now);

  /**
   * The activities of a generation, oldest first; final once it is closed.
   *
   * @param cursor where the page before ended; empty for the first
   */
  Page<Activity> activities(
      EnvironmentId environment, BatchId batch, int generation, Optional<String> cursor);

  /**
   * Takes the activity of a cancelled run out of a batch that is open; does nothing when the run
   * brought none or its batch is closed. Safe to repeat.
   */
  void leave(EnvironmentId environment, BatchId batch, RunId run);
}
