package dev.carillon.tracking.rewrite;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Addresses that stand in a text as themselves. */
final class BareUrls {
  private static final Pattern URL =
      Pattern.compile("(?i)(?<![\\p{Alnum}_/@.-])https://[^\\s<>\"\\p{Cntrl}]+");

  /**
   * What ends a sentence rather than an address (the rule of GitHub's autolinks), in scripts that
   * write it otherwise too.
   */
  private static final String TRAILING = "?!.,:;*_~'\"…’”»。，、；：！？";

  private static final String OPENING = "([{（「【《";
  private static final String CLOSING = ")]}）」】》";

  private BareUrls() {}

  @FunctionalInterface
  interface Found {
    void at(int start, int end);
  }

  /** Finds each within a part of a text; what is before the part does not count. */
  static void find(String text, int from, int to, Found found) {
    Matcher matcher = URL.matcher(text).region(from, to);
    while (matcher.find()) {
      int end = trimmed(text, matcher.start(), matcher.end());
      if (end - matcher.start() > "https://".length()) {
        found.at(matcher.start(), end);
      }
    }
  }

  /** Without what follows an address in a sentence, and without a bracket that it does not open. */
  private static int trimmed(String text, int start, int to) {
    int end = to;
    while (end > start) {
      char last = text.charAt(end - 1);
      int kind = CLOSING.indexOf(last);
      boolean closes = kind >= 0 && surplus(text, start, end, OPENING.charAt(kind), last);
      if (!closes && TRAILING.indexOf(last) < 0) {
        break;
      }
      end--;
    }
    return end;
  }

  private static boolean surplus(String text, int start, int end, char open, char close) {
    int depth = 0;
    for (int i = start; i < end; i++) {
      char c = text.charAt(i);
      depth += c == open ? 1 : c == close ? -1 : 0;
    }
    return depth < 0;
  }
}
