package dev.carillon.provider.chat;

/**
 * How a chat product writes what Markdown can say. Whatever is called {@code inner} or {@code
 * label} is in the dialect already; whatever is called {@code words}, {@code code} or {@code url}
 * is as the author or the data has it, and comes out as it is: it marks nothing up, mentions nobody
 * and ends nothing early.
 */
public interface Dialect {

  /** The words, with what the product would read as markup made harmless. */
  String text(String words);

  String bold(String inner);

  String italic(String inner);

  String struck(String inner);

  String code(String code);

  /** Several lines of code, without the last line's end. */
  String block(String code);

  /**
   * @param url to the web, to mail or to a telephone; no control characters, blanks or angle
   *     brackets
   */
  String link(String label, String url);

  /**
   * Whether a label is an address of the web itself, of which some products make a link of its own
   * wherever it stands.
   */
  static boolean isAddress(String label) {
    boolean web =
        label.regionMatches(true, 0, "https://", 0, 8)
            || label.regionMatches(true, 0, "http://", 0, 7);
    return web && label.chars().noneMatch(Character::isWhitespace);
  }

  /** A heading that stands alone on its line, from level 1. */
  String heading(int level, String inner);

  /** What begins an item of a list without numbers, the blank behind it included. */
  String bullet();

  /** What ends a line whose end is meant, the line feed included. */
  String lineEnd();

  /** A line across. */
  String rule();
}
