package dev.carillon.template.engine;


/**
 * Keeps a value from being read as Markdown. The 32 characters of ASCII punctuation, the only ones
 * that mean anything in Markdown, are written as the 32 noncharacters U+FDD0 to U+FDEF, which mean
 * nothing, and turned back in the parsed document.
 */
public final class MarkdownShield {
  private static final String PUNCTUATION = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";
  private static final char FIRST = '\ufdd0';
  private static final char LAST = '\ufdef';

  private MarkdownShield() {}

  /** Writes a value so that it means nothing but itself. */
  static void shield(CharSequence value, StringBuilder out) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      int punctuation = c < 0x80 ? PUNCTUATION.indexOf(c) : -1;
      if (punctuation >= 0) {
        out.append((char) (FIRST + punctuation));
      } else {
        out.append(c >= FIRST && c <= LAST ? '\ufffd' : c);
      }
    }
  }

  /** The text with its values as they were. */
  public static String reveal(String text) {
    int i = 0;
    while (i < text.length() && (text.charAt(i) < FIRST || text.charAt(i) > LAST)) {
      i++;
    }
    if (i == text.length()) {
      return text;
    }
    var out = new StringBuilder(text);
    for (; i < out.length(); i++) {
      char c = out.charAt(i);
      if (c >= FIRST && c <= LAST) {
        out.setCharAt(i, PUNCTUATION.charAt(c - FIRST));
      }
    }
    return out.toString();
  }
}
