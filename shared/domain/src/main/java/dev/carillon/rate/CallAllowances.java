package dev.carillon.rate;

import dev.carillon.environment.EnvironmentId;

/** How many calls are still let in within a second of the clock, over all functions. */
public interface CallAllowances {

  /**
   * Takes calls of one second. However many take at once, no second gives more than its rate, as it
   * was given to each. Calling twice takes twice; what is taken and not used is lost.
   *
   * @param of what is counted, such as a route and a user; of any length
   * @param second of the epoch
   * @param perSecond the rate, at least 1
   * @param want at least 1
   * @return how many are given: 0 when the second has none left, never more than wanted
   */
  int take(EnvironmentId environment, String of, long second, int perSecond, int want);
}
