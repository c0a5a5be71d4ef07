package dev.carillon.timer;

import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;

/** Which minutes a sweep for lost wakes walks, and the figures that others reckon with. */
public final class SweepWindow {
  /** How long a timer may be overdue before a sweep takes its wake for lost. */
  public static final int GRACE_MINUTES = 2;

  /**
   * How far behind its last walk a sweep looks all the same: a machine whose clock lags lists what
   * it takes for due now under a minute that one whose clock is ahead has passed. Five minutes each
   * way.
   */
  public static final int LOOK_BACK_MINUTES = 10;

  /** How far back the first sweep of all looks. */
  private static final int FIRST_LOOK_MINUTES = 60;

  /** What this long of waking did not move is named in the log, and woken less often. */
  public static final Duration STUCK_AFTER = Duration.ofHours(24);

  /**
   * How often it is woken then. Something is wrong with a wake that was lost or failed for a day;
   * more of them mend nothing.
   */
  public static final int STUCK_EVERY_MINUTES = 60;

  private SweepWindow() {}

  /** The last minute of a sweep now. */
  public static long last(Instant now) {
    return Minutes.of(now) - GRACE_MINUTES;
  }

  /**
   * The first minute of a sweep now.
   *
   * @param watermark the last minute that an earlier sweep found empty; absent before the first
   */
  public static long first(OptionalLong watermark, Instant now) {
    long last = last(now);
    return Math.min(watermark.orElse(last - FIRST_LOOK_MINUTES), last) + 1 - LOOK_BACK_MINUTES;
  }
}
