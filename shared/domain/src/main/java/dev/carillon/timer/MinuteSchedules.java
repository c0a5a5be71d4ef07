package dev.carillon.timer;

/**
 * The alarm clocks for waits of more than a quarter of an hour: one for each minute, however many
 * are due in it.
 */
@FunctionalInterface
public interface MinuteSchedules {

  /** How long before its minute a schedule goes off, so that the rest can be waited for exactly. */
  int LEAD_MINUTES = 5;

  /** Makes sure that a schedule exists that starts a drain of the minute. Safe to repeat. */
  void ensure(long minute);
}
