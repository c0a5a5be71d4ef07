package dev.carillon.template.email;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;

/** The text part that is made of an HTML body when nobody wrote one. */
final class PlainText {
  private static final Set<String> UNSEEN =
      Set.of("head", "style", "script", "title", "template", "noscript", "meta", "link");

  /** Elements that stand on lines of their own. */
  private static final Set<String> LINES =
      Set.of(
          "address",
          "article",
          "aside",
          "body",
          "center",
          "dd",
          "div",
          "dl",
          "dt",
          "fieldset",
          "figcaption",
          "figure",
          "footer",
          "form",
          "header",
          "html",
          "main",
          "nav",
          "section",
          "table",
          "tbody",
          "thead",
          "tfoot",
          "tr",
          "td",
          "th",
          "caption");

  /** Elements with an empty line before and after. */
  private static final Set<String> PARAGRAPHS =
      Set.of("p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "blockquote", "pre");

  private static final Pattern HIDDEN =
      Pattern.compile("display\\s*:\\s*none|mso-hide\\s*:\\s*all", Pattern.CASE_INSENSITIVE);

  /** Lists, quotes and tables in one another that still show; deeper ones are read straight on. */
  private static final int DEEPEST = 8;

  private final StringBuilder out = new StringBuilder();
  private final int depth;

  /** The number of the list item before. */
  private int items;

  /** Line breaks that are due before the next word: 0, 1 or 2. */
  private int breaks;

  private boolean space;
  private int preformatted;

  private PlainText(int depth) {
    this.depth = depth;
  }

  /** The text of the element, its lines without blanks at their ends. */
  static String of(Element root) {
    var text = new PlainText(0);
    text.children(root);
    return text.out.toString().strip();
  }

  private void children(Node parent) {
    for (Node child = parent.firstChild(); child != null; child = child.nextSibling()) {
      switch (child) {
        case TextNode text -> words(text.getWholeText());
        case Element element -> element(element);
        default -> {}
      }
    }
  }

  private void element(Element element) {
    String name = element.normalName();
    if (UNSEEN.contains(name)
        || element.hasAttr("hidden")
        || (element.hasAttr("style") && HIDDEN.matcher(element.attr("style")).find())) {
      return;
    }
    switch (name) {
      case "br" -> lineBreak();
      case "hr" -> {
        breakAtLeast(2);
        words("---");
        breakAtLeast(2);
      }
      case "img" -> words(element.attr("alt"));
      case "a" -> link(element);
      case "li" -> item(element);
      case "tr" -> row(element);
      case "pre" -> {
        breakAtLeast(2);
        preformatted++;
        children(element);
        preformatted--;
        breakAtLeast(2);
      }
      case "blockquote" -> {
        breakAtLeast(2);
        indented("> ", "> ", element);
        breakAtLeast(2);
      }
      default -> {
        int around = PARAGRAPHS.contains(name) ? 2 : LINES.contains(name) ? 1 : 0;
        boolean nestedList =
            (name.equals("ul") || name.equals("ol")) && element.closest("li") != null;
        breakAtLeast(nestedList ? 1 : around);
        int before = items;
        items = 0;
        children(element);
        items = before;
        breakAtLeast(nestedList ? 1 : around);
      }
    }
  }

  /** {@code text (url)}, or just the address when that is what the link says. */
  private void link(Element element) {
    int start = out.length();
    children(element);
    String url = element.attr("href").strip();
    String text = out.substring(Math.min(start, out.length())).strip();
    if (url.isEmpty() || url.startsWith("#") || sameAddress(text, url)) {
      return;
    }
    words(text.isEmpty() ? url : " (" + url + ")");
  }

  private static boolean sameAddress(String text, String url) {
    String bare = url.startsWith("mailto:") ? url.substring("mailto:".length()) : url;
    return text.equals(url)
        || text.equals(bare)
        || url.equals("https://" + text)
        || url.equals("https://" + text + "/")
        || url.equals("http://" + text);
  }

  private void item(Element element) {
    items++;
    Element list = element.parent();
    String mark = "- ";
    if (list != null && list.normalName().equals("ol")) {
      mark = items + ". ";
    }
    breakAtLeast(1);
    indented(mark, " ".repeat(mark.length()), element);
    breakAtLeast(1);
  }

  /** Cells side by side when each is one line of a data table; one below another in a layout. */
  private void row(Element element) {
    if (depth == DEEPEST) {
      children(element);
      return;
    }
    List<String> cells = new ArrayList<>();
    for (Element cell : element.children()) {
      var text = new PlainText(depth + 1);
      text.preformatted = preformatted;
      text.element(cell);
      String inner = text.out.toString().strip();
      if (!inner.isEmpty()) {
        cells.add(inner);
      }
    }
    breakAtLeast(1);
    boolean sideBySide = cells.size() > 1 && cells.stream().noneMatch(cell -> cell.contains("\n"));
    if (sideBySide) {
      lines(String.join(" | ", cells), "", "");
    } else {
      for (String cell : cells) {
        lines(cell, "", "");
        breakAtLeast(1);
      }
    }
    breakAtLeast(1);
  }

  private void indented(String first, String others, Element element) {
    if (depth == DEEPEST) {
      children(element);
      return;
    }
    var inner = new PlainText(depth + 1);
    inner.preformatted = preformatted;
    inner.children(element);
    lines(inner.out.toString().strip(), first, others);
  }

  private void lines(String text, String first, String others) {
    if (text.isEmpty()) {
      return;
    }
    begin();
    String[] lines = text.split("\n", -1);
    for (int i = 0; i < lines.length; i++) {
      out.append(i == 0 ? "" : "\n").append(((i == 0 ? first : others) + lines[i]).stripTrailing());
    }
  }

  private void words(String text) {
    if (preformatted > 0) {
      if (!text.isEmpty()) {
        begin();
        out.append(text.replace("\r", ""));
      }
      return;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f') {
        space = true;
      } else if (c != '\u200b' && c != '\u00ad') {
        if (breaks > 0 || out.isEmpty()) {
          begin();
        } else if (space && out.charAt(out.length() - 1) != '\n') {
          out.append(' ');
        }
        space = false;
        out.append(c == '\u00a0' ? ' ' : c);
      }
    }
  }

  /** Pays the line breaks that are due. */
  private void begin() {
    if (!out.isEmpty()) {
      int there = 0;
      while (there < out.length() && out.charAt(out.length() - 1 - there) == '\n') {
        there++;
      }
      out.repeat('\n', Math.max(0, breaks - there));
    }
    breaks = 0;
    space = false;
  }

  private void lineBreak() {
    if (breaks == 0 && !out.isEmpty()) {
      out.append('\n');
    }
    space = false;
  }

  private void breakAtLeast(int count) {
    breaks = Math.max(breaks, count);
  }
}
