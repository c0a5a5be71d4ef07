package dev.carillon.template.liquid.value;

import dev.carillon.template.render.TemplateLimits;

/**
 * Counts what one message costs to render, by the size of the work and never by the clock. Not safe
 * for use by several threads; shared by all fields of a message.
 */
public final class Meter {
  /** Calls of loaders in one message: each is a read of storage. Our own figure. */
  public static final int LOOKUPS = 50;

  /**
   * How deep lists may lie in one another when they are printed or compared. Data has at most 64
   * levels; more come only of a template that pushes lists into lists.
   */
  public static final int LIST_DEPTH = 100;

  private int steps;
  private int lookups;

  /**
   * @throws LiquidFault when the message has taken more than {@link TemplateLimits#STEPS} steps
   */
  public void charge(long price) {
    if (price > TemplateLimits.STEPS - steps) {
      steps = TemplateLimits.STEPS;
      throw new LiquidFault("it takes more than " + TemplateLimits.STEPS + " steps to render");
    }
    steps += (int) Math.max(price, 0);
  }

  /** Pays for a text of this many characters that is read or built. */
  public void chargeChars(long chars) {
    checkText(chars);
    charge(1 + chars / TemplateLimits.CHARS_PER_STEP);
  }

  /**
   * @throws LiquidFault when a text of this many characters is longer than any output may be
   */
  public void checkText(long chars) {
    if (chars > TemplateLimits.OUTPUT_BYTES) {
      throw new LiquidFault("a text is longer than " + TemplateLimits.OUTPUT_BYTES + " characters");
    }
  }

  /** The text, paid for. */
  public String paid(String text) {
    chargeChars(text.length());
    return text;
  }

  /**
   * @throws LiquidFault when the message has called loaders more than {@value #LOOKUPS} times
   */
  public void chargeLookup() {
    if (++lookups > LOOKUPS) {
      throw new LiquidFault("it loads more than " + LOOKUPS + " users, objects and tenants");
    }
  }

  /**
   * @throws LiquidFault when lists lie too deep in one another
   */
  public static void checkDepth(int depth) {
    if (depth > LIST_DEPTH) {
      throw new LiquidFault("lists are nested more than " + LIST_DEPTH + " deep");
    }
  }

  public int steps() {
    return steps;
  }
}
