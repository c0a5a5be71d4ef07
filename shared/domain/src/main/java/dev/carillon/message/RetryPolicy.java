package dev.carillon.message;

import dev.carillon.id.Digest;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When a message that a provider did not take is offered again: 8 attempts in all, within 30
 * minutes of the first (Knock's figures; its steps are not published, these are ours).
 *
 * <pre>
 *   after attempt   wait    since the first
 *               1   15 s        0:15
 *               2   30 s        0:45
 *               3    1 min      1:45
 *               4    2 min      3:45
 *               5    4 min      7:45
 *               6    7 min     14:45
 *               7   10 min     24:45
 * </pre>
 *
 * Each wait is lengthened by up to a fifth, by a hash of the message and the attempt, so that
 * messages which failed together do not come back together: at most 29:42 in all, before the time
 * that the attempts themselves take.
 */
public final class RetryPolicy {
  public static final int MAX_ATTEMPTS = 8;
  public static final Duration WINDOW = Duration.ofMinutes(30);
  private static final int[] WAIT_SECONDS = {15, 30, 60, 120, 240, 420, 600};
  private static final double JITTER = 0.2;

  private RetryPolicy() {}

  /**
   * When the attempt after {@code attempt} may start; empty when there is none.
   *
   * @param first when the first attempt was made
   * @param askedFor how long the provider asked to be left alone; lengthens the wait, never beyond
   *     what is left of the window
   */
  public static Optional<Instant> next(
      MessageId message, int attempt, Instant first, Instant now, Optional<Duration> askedFor) {
    Instant end = first.plus(WINDOW);
    if (attempt >= MAX_ATTEMPTS || !now.isBefore(end)) {
      return Optional.empty();
    }
    double stretch =
        1 + JITTER * Digest.of("retry", message.value(), Integer.toString(attempt)).fraction();
    Duration wait = Duration.ofMillis((long) (WAIT_SECONDS[attempt - 1] * 1_000 * stretch));
    Duration longer = askedFor.filter(asked -> asked.compareTo(wait) > 0).orElse(wait);
    Instant next = longer.compareTo(WINDOW) > 0 ? end : now.plus(longer);
    return Optional.of(next.isAfter(end) ? end : next);
  }
}
