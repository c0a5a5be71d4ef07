package dev.carillon.template.css;

import java.util.ArrayList;
import java.util.List;

/** CSS as characters: where things end, quotes and parentheses passed over. */
final class CssText {
  private CssText() {}

  /** The parts that are not blank, without blanks at their ends. */
  static List<String> split(String text, char separator) {
    var parts = new ArrayList<String>();
    int from = 0;
    while (from <= text.length()) {
      int end = find(text, from, String.valueOf(separator));
      String part = text.substring(from, end).strip();
      if (!part.isEmpty()) {
        parts.add(part);
      }
      from = end + 1;
    }
    return parts;
  }

  /** Where one of the characters stands outside quotes and parentheses; else the end. */
  static int find(String text, int from, String wanted) {
    char quote = 0;
    int nested = 0;
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\') {
        i++;
      } else if (quote != 0) {
        quote = c == quote || c == '\n' ? 0 : quote;
      } else if (c == '"' || c == '\'') {
        quote = c;
      } else if (c == '(' || c == '[') {
        nested++;
      } else if ((c == ')' || c == ']') && nested > 0) {
        nested--;
      } else if (nested == 0 && wanted.indexOf(c) >= 0) {
        return i;
      }
    }
    return text.length();
  }

  /** The offset after the at-rule that begins there, its block included. */
  static int atRuleEnd(String text, int at) {
    int end = find(text, at, "{;");
    if (end == text.length() || text.charAt(end) == ';') {
      return Math.min(end + 1, text.length());
    }
    int depth = 0;
    do {
      depth += text.charAt(end) == '{' ? 1 : -1;
      end = depth == 0 ? end : find(text, end + 1, "{}");
    } while (depth > 0 && end < text.length());
    return Math.min(end + 1, text.length());
  }

  /** The text with a blank for each comment. */
  static String withoutComments(String css) {
    int start = css.indexOf("/*");
    if (start < 0) {
      return css;
    }
    var out = new StringBuilder();
    int from = 0;
    while (start >= 0) {
      out.append(css, from, start).append(' ');
      int end = css.indexOf("*/", start + 2);
      from = end < 0 ? css.length() : end + 2;
      start = css.indexOf("/*", from);
    }
    return out.append(css, from, css.length()).toString();
  }
}
