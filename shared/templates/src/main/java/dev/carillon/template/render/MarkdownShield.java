package dev.carillon.template.render;

/**
 * Keeps a value from being read as Markdown. What means anything there is written as noncharacters,
 * which mean nothing, and turned back in the parsed document: the 32 characters of ASCII
 * punctuation as U+FDD0 to U+FDEF, blanks as U+FFFE and line breaks as U+FFFF. At an end of a value
 * that is punctuation of another script a noncharacter stands in addition, as emphasis around it
 * would else not be seen.
 */
public final class MarkdownShield {
  /** A line break inside a value. */
  public static final char LINE = '\uffff';

  private static final String PUNCTUATION = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";
  private static final char FIRST = '\ufdd0';
  private static final char LAST = '\ufdef';
  private static final char BLANK = '\ufffe';
  private static final String EDGE = "\ud83f\udffe";

  private MarkdownShield() {}

  /** Writes a value so that it means nothing but itself. */
  static void shield(CharSequence value, StringBuilder out) {
    if (value.isEmpty()) {
      return;
    }
    out.append(isForeign(Character.codePointAt(value, 0)) ? EDGE : "");
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      int punctuation = c < 0x80 ? PUNCTUATION.indexOf(c) : -1;
      if (punctuation >= 0) {
        out.append((char) (FIRST + punctuation));
      } else if (c == '\n') {
        out.append(LINE);
      } else if (c == ' ' || c == '\t') {
        out.append(BLANK);
      } else if (c != '\r') {
        out.append(c >= FIRST && c <= LAST || c >= BLANK ? '\ufffd' : c);
      }
    }
    out.append(isForeign(Character.codePointBefore(value, value.length())) ? EDGE : "");
  }

  private static boolean isForeign(int c) {
    return c >= 0x80 && !Character.isLetterOrDigit(c);
  }

  /** The text with its values as they were. */
  public static String reveal(String text) {
    return reveal(text, false);
  }

  /** HTML with its values as text in it. */
  public static String revealInHtml(String html) {
    return reveal(html, true);
  }

  private static String reveal(String text, boolean html) {
    if (text.chars().noneMatch(c -> isShield((char) c))) {
      return text;
    }
    String bare = text.replace(EDGE, "");
    var out = new StringBuilder(bare.length());
    for (int i = 0; i < bare.length(); i++) {
      char c = bare.charAt(i);
      if (c >= FIRST && c <= LAST) {
        String shown = String.valueOf(PUNCTUATION.charAt(c - FIRST));
        if (html) {
          Escaping.HTML.append(shown, out);
        } else {
          out.append(shown);
        }
      } else {
        out.append(c == BLANK ? ' ' : c == LINE ? '\n' : c);
      }
    }
    return out.toString();
  }

  private static boolean isShield(char c) {
    return c >= FIRST && c <= LAST || c >= BLANK || c == EDGE.charAt(0);
  }
}
