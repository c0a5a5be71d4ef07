package dev.carillon.message;

import java.time.Duration;
import java.util.Optional;

/**
 * When a provider that reports nothing is asked what became of a message it took: 10 times within
 * 30 minutes (Knock's figures; its steps are not published, these are ours).
 *
 * <pre>
 *   check    wait    since it was taken
 *       1    15 s        0:15
 *       2    30 s        0:45
 *       3     1 min      1:45
 *       4     2 min      3:45
 *       5     3 min      6:45
 *       6     4 min     10:45
 *       7     4 min     14:45
 *       8     5 min     19:45
 *       9     5 min     24:45
 *      10     5 min     29:45
 * </pre>
 */
public final class PollSchedule {
  private static final int[] WAIT_SECONDS = {15, 30, 60, 120, 180, 240, 240, 300, 300, 300};

  public static final int CHECKS = WAIT_SECONDS.length;

  private PollSchedule() {}

  /**
   * How long to wait before that check, since the one before it; empty when there is none.
   *
   * @param check from 1
   */
  public static Optional<Duration> wait(int check) {
    return check > CHECKS
        ? Optional.empty()
        : Optional.of(Duration.ofSeconds(WAIT_SECONDS[check - 1]));
  }
}
