package dev.carillon.template.css;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A parsed style sheet.
 *
 * @param imports its {@code @import} rules, which have to stand first
 * @param items all else, in order
 * @param rules how many rules there are, those in blocks included
 */
record Stylesheet(List<String> imports, List<Item> items, int rules) {
  /** Blocks in one another that are looked into; what is deeper stays as it is. */
  private static final int DEEPEST = 8;

  private static final List<String> BLOCKS =
      List.of("@media", "@supports", "@container", "@layer", "@-moz-document");

  sealed interface Item {}

  /**
   * @param selectors at least one
   * @param declarations at least one
   * @param body as it was written
   */
  record Rule(List<CssSelector> selectors, List<Declaration> declarations, String body)
      implements Item {
    /** Whether a browser takes the rule; one selector it does not know makes it drop all. */
    boolean known() {
      return selectors.stream().allMatch(CssSelector::known);
    }
  }

  /**
   * Rules that hold in some conditions only.
   *
   * @param prelude such as {@code @media (max-width: 600px)}
   * @param text all of it, as it was written
   */
  record Block(String prelude, List<Item> items, String text) implements Item {}

  /** An at-rule that selects nothing, such as a font. */
  record Verbatim(String text) implements Item {}

  static Stylesheet parse(String css) {
    var reader = new Reader();
    var items = reader.items(CssText.withoutComments(css), 0);
    return new Stylesheet(List.copyOf(reader.imports), items, reader.rules);
  }

  /** This style sheet where it holds for such media only. */
  Stylesheet within(String media) {
    return new Stylesheet(imports, List.of(new Block("@media " + media, items, "")), rules);
  }

  private static final class Reader {
    private final List<String> imports = new ArrayList<>();
    private int rules;

    List<Item> items(String text, int depth) {
      var items = new ArrayList<Item>();
      int at = 0;
      while (at < text.length()) {
        char c = text.charAt(at);
        if (Character.isWhitespace(c)) {
          at++;
        } else if (text.startsWith("<!--", at)) {
          at += 4;
        } else if (text.startsWith("-->", at)) {
          at += 3;
        } else if (c == '@') {
          int end = CssText.atRuleEnd(text, at);
          atRule(text.substring(at, end).strip(), depth, items);
          at = end;
        } else {
          int open = CssText.find(text, at, "{");
          int close = CssText.find(text, Math.min(open + 1, text.length()), "}");
          if (open < text.length()) {
            rule(text.substring(at, open), text.substring(open + 1, close).strip(), items);
          }
          at = Math.min(close + 1, text.length());
        }
      }
      return List.copyOf(items);
    }

    private void atRule(String text, int depth, List<Item> items) {
      String name = text.toLowerCase(Locale.ROOT);
      int open = CssText.find(text, 0, "{");
      if (name.startsWith("@charset")) {
        return;
      }
      if (name.startsWith("@import")) {
        imports.add(text.endsWith(";") ? text : text + ";");
      } else if (depth < DEEPEST
          && open < text.length()
          && BLOCKS.stream().anyMatch(name::startsWith)) {
        int close = text.endsWith("}") ? text.length() - 1 : text.length();
        var inner = items(text.substring(open + 1, Math.max(open + 1, close)), depth + 1);
        items.add(new Block(text.substring(0, open).strip(), inner, text));
      } else {
        items.add(new Verbatim(text));
      }
    }

    private void rule(String selectors, String body, List<Item> items) {
      List<Declaration> declarations = Declaration.all(body);
      List<CssSelector> parsed =
          CssText.split(selectors, ',').stream().map(CssSelector::parse).toList();
      if (!declarations.isEmpty() && !parsed.isEmpty()) {
        rules += parsed.size();
        items.add(new Rule(parsed, declarations, body));
      }
    }
  }
}
