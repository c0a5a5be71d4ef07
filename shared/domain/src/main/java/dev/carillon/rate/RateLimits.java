package dev.carillon.rate;

/**
 * What a deployment makes of the tiers.
 *
 * @param times how many times what a tier says may be called, at most {@value #MOST}; 0: there are
 *     no limits
 */
public record RateLimits(int times) {
  /** So that the count of the highest tier, which is one item, stays below a partition's writes. */
  private static final int MOST = 20;

  public static final RateLimits OFF = new RateLimits(0);

  public RateLimits {
    if (times < 0 || times > MOST) {
      throw new IllegalArgumentException("Must be off or 1 to " + MOST + ", not " + times);
    }
  }

  /**
   * As a deployment's setting says it: {@code off}, or how many times.
   *
   * @throws IllegalArgumentException when it is neither
   */
  public static RateLimits parse(String text) {
    return text.equals("off") ? OFF : new RateLimits(Integer.parseInt(text));
  }

  /** As {@link #parse} reads it. */
  public String wireName() {
    return isOff() ? "off" : Integer.toString(times);
  }

  public boolean isOff() {
    return times == 0;
  }

  /** Calls of that tier within one second; not to be asked when there are no limits. */
  public int perSecond(RateTier tier) {
    return tier.perSecond() * times;
  }
}
