package dev.carillon.template.liquid.value;

import dev.carillon.template.render.TemplateLimits;

/** What it costs to look for a text in another. */
public final class Searching {
  /** How many comparisons of characters a step pays for; they are cheaper than other work. */
  private static final int COMPARISONS = 16 * TemplateLimits.CHARS_PER_STEP;

  private Searching() {}

  /**
   * Pays for the worst case, {@code aaaa…b} in {@code aaaa…}, where each place is compared as far
   * as the text that is looked for goes.
   */
  public static void charge(String whole, String part, Meter meter) {
    long places = Math.max(0, (long) whole.length() - part.length());
    meter.chargeChars(whole.length());
    meter.charge(places * part.length() / COMPARISONS);
  }
}
