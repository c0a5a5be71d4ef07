package dev.carillon.rate;

/** How often a call may be made, as Knock publishes it for each of its own. */
public enum RateTier {
  /** Bulk calls. */
  TIER_1(1),

  /** Feeds and marks of a user, what walks through logs, deletions. */
  TIER_2(5),

  /** Writes. */
  TIER_3(60),

  /** Reads. */
  TIER_4(200),

  /** Triggers and cancellations. */
  TIER_5(1_000);

  private final int perSecond;

  RateTier(int perSecond) {
    this.perSecond = perSecond;
  }

  public int perSecond() {
    return perSecond;
  }

  /** Its number: 1 to 5. */
  public int number() {
    return ordinal() + 1;
  }
}
