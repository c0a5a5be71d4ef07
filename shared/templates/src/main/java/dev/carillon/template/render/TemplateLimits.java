package dev.carillon.template.render;

/**
 * What one template may cost. All of it is counted, none of it is timed, so that the same template
 * and the same variables always end the same way.
 */
public final class TemplateLimits {
  /** Largest source of one template field, in characters. */
  public static final int SOURCE_CHARS = 256 * 1024;

  /**
   * Deepest nesting of blocks, each {@code else if} counted as one more, and of sub-expressions.
   * The parser recurses; at about 1,000 levels it would overflow a default stack.
   */
  public static final int NESTING = 50;

  /**
   * Most words, and names of paths, of one Handlebars tag. The parser takes minutes over some tens
   * of thousands.
   */
  public static final int TAG_PARTS = 1_000;

  /** Longest chain of partials that include one another. */
  public static final int PARTIAL_CHAIN = 10;

  /** Largest output of one field, in bytes of UTF-8, and of the finished HTML of an email. */
  public static final int OUTPUT_BYTES = 1024 * 1024;

  /**
   * Characters of MJML, its tags rendered. It becomes up to twenty times as long as HTML, and takes
   * a second for some 100,000.
   */
  public static final int MJML_CHARS = 128 * 1024;

  /**
   * Steps of rendering one message: each look-up, helper call, iteration and partial is one, and
   * helpers pay one more for each {@value #CHARS_PER_STEP} characters they handle. A typical email
   * takes a few hundred; the limit is reached within about a second of computing.
   */
  public static final int STEPS = 1_000_000;

  /** How many characters a helper may handle for the price of one step. */
  public static final int CHARS_PER_STEP = 64;

  /** Rules in the style sheets of one email; an empty style sheet counts as one. */
  public static final int CSS_RULES = 2_000;

  /**
   * Elements looked at for selectors, and pairs of declarations, while the style sheets of one
   * email are inlined.
   */
  public static final int CSS_COMPARISONS = 10_000_000;

  /**
   * Digits that a number is written with. One with a larger exponent is printed in scientific
   * notation, as writing {@code 1E+999999999} out would take a gigabyte.
   */
  public static final int NUMBER_DIGITS = 1_000;

  private TemplateLimits() {}
}
