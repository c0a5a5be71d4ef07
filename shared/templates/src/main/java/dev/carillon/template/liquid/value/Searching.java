package dev.carillon.template.liquid.value;

import dev.carillon.template.Limits;

/** What it costs to look for a text in another. */
public final class Searching {
  /** Longer texts than this are paid for by their length times that of what is looked for. */
  private static final int SHORT = 64;

  private Searching() {}

  /**
   * Pays for the worst case, {@code aaaa…b} in {@code aaaa…}, where each place is looked at again.
   */
  public static void charge(String whole, String part, Meter meter) {
    meter.chargeChars(whole.length());
    if (part.length() > SHORT) {
      long places = Math.max(0, (long) whole.length() - part.length());
      meter.charge(places * (part.length() / SHORT) / Limits.CHARS_PER_STEP);
    }
  }
}
