package dev.carillon.socket;

import dev.carillon.message.MessageId;
import java.time.Duration;
import java.time.Instant;

/**
 * That the watchers of a feed are told what is new in it. One announcement is for all that changed
 * before it, so that a thousand new items within a second are told once.
 *
 * @param at when it began
 * @param cause what it was made for, which makes it again when the worker that made it died: nobody
 *     else does
 * @param since what came into the feed from then on is new
 */
public record Announcement(Instant at, MessageId cause, Instant since) {
  /**
   * How long it may take until a stored item is in the index that feeds are read from, and by how
   * much clocks may differ, together. What changed so shortly before an announcement is not taken
   * for told.
   */
  public static final Duration LAG = Duration.ofMillis(500);

  /** How long a change waits to be announced: the rest of a burst comes with it. */
  public static final Duration DELAY = Duration.ofSeconds(1);

  /** Whether the watchers learn, or learned, of a change at that time from this one. */
  public boolean covers(Instant change) {
    return !change.isAfter(at.minus(LAG));
  }

  /** The one that follows. */
  public Announcement next(Instant now, MessageId otherCause) {
    return new Announcement(now, otherCause, at.minus(LAG));
  }
}
