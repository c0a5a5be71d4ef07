package dev.carillon.window;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The window of a batch that every further activity moves. */
public final class SlidingWindow {
  private SlidingWindow() {}

  /**
   * Until when at most a batch that was opened then can be kept open by further activities. The
   * close that it opened with is not bound by it, but the next activity brings that forward.
   *
   * @param extensionLimit empty when there is none
   * @return empty when there is no such end
   */
  public static Optional<Instant> latest(Instant openedAt, Optional<Period> extensionLimit) {
    return extensionLimit.flatMap(limit -> limit.after(openedAt));
  }

  /**
   * When the batch closes now that an activity came: the window later, but not after {@code
   * latest}, and at once when that has passed.
   *
   * @param window how far from now an activity moves the close
   * @param latest as {@link #latest(Instant, Optional)} says
   * @return never before {@code now}
   */
  public static Instant close(Instant now, Duration window, Optional<Instant> latest) {
    Instant wanted = later(now, window);
    Instant bound = latest.filter(wanted::isAfter).orElse(wanted);
    return bound.isBefore(now) ? now : bound;
  }

  private static Instant later(Instant now, Duration window) {
    try {
      return now.plus(window);
    } catch (DateTimeException | ArithmeticException _) {
      return Instant.MAX;
    }
  }
}
