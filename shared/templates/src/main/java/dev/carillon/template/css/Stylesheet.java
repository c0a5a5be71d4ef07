package dev.carillon.template.css;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A parsed style sheet.
 *
 * @param rules one for each selector that can be inlined, in order
 * @param rest what has to stay in a {@code <style>}: at-rules, and rules for states, such as {@code
 *     :hover}, that only a mail client can know
 */
record Stylesheet(List<Rule> rules, String rest) {

  /** A declaration; {@code property} is in lower case. */
  record Declaration(String property, String value, boolean important) {}

  record Rule(CssSelector selector, List<Declaration> declarations) {}

  static Stylesheet parse(String css) {
    var rules = new ArrayList<Rule>();
    var rest = new StringBuilder();
    String text = withoutComments(css);
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (Character.isWhitespace(c) || c == '}' || c == ';') {
        at++;
      } else if (text.startsWith("<!--", at)) {
        at += 4;
      } else if (text.startsWith("-->", at)) {
        at += 3;
      } else if (c == '@') {
        int end = atRuleEnd(text, at);
        String rule = text.substring(at, end).strip();
        if (!rule.startsWith("@charset")) {
          rest.append(rule).append('\n');
        }
        at = end;
      } else {
        int open = find(text, at, "{");
        int close = find(text, Math.min(open + 1, text.length()), "}");
        if (open < text.length()) {
          rule(text.substring(at, open), text.substring(open + 1, close), rules, rest);
        }
        at = Math.min(close + 1, text.length());
      }
    }
    return new Stylesheet(List.copyOf(rules), rest.toString());
  }

  private static void rule(String selectors, String body, List<Rule> rules, StringBuilder rest) {
    List<Declaration> declarations = declarations(body);
    if (declarations.isEmpty()) {
      return;
    }
    var kept = new ArrayList<String>();
    for (String selector : split(selectors, ',')) {
      CssSelector.parse(selector)
          .ifPresentOrElse(
              parsed -> rules.add(new Rule(parsed, declarations)), () -> kept.add(selector));
    }
    if (!kept.isEmpty()) {
      rest.append(String.join(", ", kept)).append(" { ").append(body.strip()).append(" }\n");
    }
  }

  /** The declarations of a rule's body or of a {@code style} attribute. */
  static List<Declaration> declarations(String body) {
    var declarations = new ArrayList<Declaration>();
    for (String declaration : split(body, ';')) {
      int colon = declaration.indexOf(':');
      if (colon > 0) {
        String property = declaration.substring(0, colon).strip().toLowerCase(Locale.ROOT);
        String value = declaration.substring(colon + 1).strip();
        int bang = value.lastIndexOf('!');
        boolean important =
            bang >= 0 && value.substring(bang + 1).strip().equalsIgnoreCase("important");
        if (important) {
          value = value.substring(0, bang).strip();
        }
        if (!property.isEmpty() && !value.isEmpty()) {
          declarations.add(new Declaration(property, value, important));
        }
      }
    }
    return List.copyOf(declarations);
  }

  private static List<String> split(String text, char separator) {
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
  private static int find(String text, int from, String wanted) {
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

  private static int atRuleEnd(String text, int at) {
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

  private static String withoutComments(String css) {
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
