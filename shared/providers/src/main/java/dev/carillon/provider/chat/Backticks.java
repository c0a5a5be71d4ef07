package dev.carillon.provider.chat;

/**
 * Code between backticks, where the code itself may hold backticks and the product knows no way to
 * escape them.
 */
public final class Backticks {
  private static final String FENCE = "```";

  private Backticks() {}

  /** On one line, between single ones; those within become apostrophes. */
  public static String around(String code) {
    return "`" + code.replace('`', '\'').replace('\n', ' ') + "`";
  }

  /** On lines of its own; three in a row within are parted by a blank of no width. */
  public static String fenced(String code) {
    return FENCE + "\n" + code.replace(FENCE, "``\u200b`") + "\n" + FENCE;
  }
}
