package dev.carillon.channel;

import java.time.Instant;

/**
 * How far the seconds of a channel that has a rate are given away: a bucket of tokens for each
 * second of the clock. Before {@code second} there are none left, after it all.
 *
 * @param second of the epoch
 * @param taken how many of that second
 */
public record SlotBook(long second, int taken) {
  public static final SlotBook EMPTY = new SlotBook(0, 0);

  /** The book after it, and what was given. */
  public record Given(SlotBook book, SendSlots.Slots slots) {}

  /**
   * Gives slots of the first second that has any, now or later.
   *
   * @param perSecond how many a second has, at least 1
   * @param most how many are wanted, at least 1
   */
  public Given give(int perSecond, int most, Instant now) {
    long open = Math.max(second, now.getEpochSecond());
    int gone = open == second ? taken : 0;
    if (gone >= perSecond) {
      open++;
      gone = 0;
    }
    int count = Math.min(most, perSecond - gone);
    return new Given(new SlotBook(open, gone + count), new SendSlots.Slots(open, count));
  }
}
