package dev.carillon.template.email;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
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

  /** How preheaders are kept out of sight. */
  private static final Pattern HIDDEN =
      Pattern.compile(
          "display\\s*:\\s*none|visibility\\s*:\\s*hidden|mso-hide\\s*:\\s*all"
              + "|(?:^|[;\\s])(?:max-height|opacity)\\s*:\\s*0(?:px)?\\s*(?:;|!|$)",
          Pattern.CASE_INSENSITIVE);

  /** Hides what has no size of its own: sections and columns close up to one another that way. */
  private static final Pattern SIZELESS =
      Pattern.compile(
          "(?:^|[;\\s])font-size\\s*:\\s*0(?:px)?\\s*(?:;|!|$)", Pattern.CASE_INSENSITIVE);

  private static final Pattern SIZED =
      Pattern.compile(
          "(?:^|[;\\s])font-size\\s*:\\s*(?!0(?:px)?\\s*(?:;|!|$))", Pattern.CASE_INSENSITIVE);

  private static final Pattern WHOLE = Pattern.compile("[+-]?\\d{1,9}");

  /** Lists, quotes and tables in one another that still show; deeper ones are read straight on. */
  private static final int DEEPEST = 8;

  private final StringBuilder out = new StringBuilder();
  private final int depth;

  /** The number of the list item before, and how the list counts. */
  private int items;

  /** 0 before the first item of a list. */
  private int step;

  /** The tables that were looked at, for all that is nested in them. */
  private Map<Element, TableColumns> known = new IdentityHashMap<>();

  /** Line breaks that are due before the next word: 0, 1 or 2. */
  private int breaks;

  private boolean space;
  private int preformatted;

  /** Where the link or picture before ends. */
  private int lastEnd = -1;

  /** Where an address in parentheses ends, on which no letter may follow at once. */
  private int closed = -1;

  private PlainText(int depth) {
    this.depth = depth;
  }

  /** The text of the element, its lines without blanks at their ends. */
  static String of(Element root) {
    var text = new PlainText(0);
    text.children(root);
    return text.out.toString().strip();
  }

  /** The text between two nodes of one parent. */
  static String between(Node start, Node end) {
    var text = new PlainText(0);
    text.nodes(start.nextSibling(), end);
    return text.out.toString().strip();
  }

  private void children(Node parent) {
    nodes(parent.firstChild(), null);
  }

  private void nodes(Node first, Node end) {
    for (Node child = first; child != null && child != end; child = child.nextSibling()) {
      switch (child) {
        case TextNode text -> words(text.getWholeText());
        case Element element -> element(element);
        default -> {}
      }
    }
  }

  private void element(Element element) {
    String name = element.normalName();
    if (UNSEEN.contains(name) || isHidden(element)) {
      return;
    }
    switch (name) {
      case "br" -> lineBreak();
      case "hr" -> {
        breakAtLeast(2);
        words("---");
        breakAtLeast(2);
      }
      case "img" -> {
        apart();
        words(element.attr("alt"));
        lastEnd = out.length();
      }
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
        int counting = step;
        items = 0;
        step = 0;
        children(element);
        items = before;
        step = counting;
        breakAtLeast(nestedList ? 1 : around);
      }
    }
  }

  /** {@code text (url)}, or just the address when that is what the link says. */
  private void link(Element element) {
    apart();
    int start = out.length();
    children(element);
    String url = element.attr("href").strip();
    String text = out.substring(Math.min(start, out.length())).strip();
    if (!url.isEmpty() && !url.startsWith("#") && !sameAddress(text, url)) {
      words(text.isEmpty() ? url : " (" + url + ")");
      closed = out.length();
    }
    lastEnd = out.length();
  }

  /** Two links or pictures side by side are two words, though no blank is between them. */
  private void apart() {
    space |= !out.isEmpty() && lastEnd == out.length();
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
    Element list = element.parent();
    boolean ordered = list != null && list.normalName().equals("ol");
    if (step == 0 && !ordered) {
      step = 1;
    } else if (step == 0) {
      boolean down = list.hasAttr("reversed");
      int count = (int) list.children().stream().filter(it -> it.normalName().equals("li")).count();
      step = down ? -1 : 1;
      items = whole(list.attr("start")).orElse(down ? count : 1) - step;
    }
    items = whole(element.attr("value")).orElse(items + step);
    String mark = ordered ? items + ". " : "- ";
    breakAtLeast(1);
    indented(mark, " ".repeat(mark.length()), element);
    breakAtLeast(1);
  }

  static Optional<Integer> whole(String number) {
    return WHOLE.matcher(number.strip()).matches()
        ? Optional.of(Integer.parseInt(number.strip()))
        : Optional.empty();
  }

  /**
   * A row is a line, its cells side by side at the places of their columns, when each of them is
   * one line; in a table with headings, whatever they are. Else the cells of a layout, one below
   * another. Columns in which the table holds nothing have no place.
   */
  private void row(Element element) {
    if (depth == DEEPEST) {
      children(element);
      return;
    }
    var columns = element.closest("table") == null ? null : columns(element.closest("table"));
    var cells = new ArrayList<String>();
    int column = 0;
    for (Element cell : element.children()) {
      String inner = cell(cell);
      for (; columns != null && column < columns.places().getOrDefault(cell, 0); column++) {
        if (columns.used().get(column)) {
          cells.add("");
        }
      }
      boolean used = columns == null || columns.used().get(column);
      if (used || !inner.isEmpty()) {
        cells.add(
            columns != null && columns.headed() ? inner.replaceAll("\\s*\n\\s*", " ") : inner);
      }
      int span = TableColumns.span(cell, "colspan");
      for (int i = 1; i < span; i++) {
        if (columns != null && columns.used().get(column + i)) {
          cells.add("");
        }
      }
      column += span;
    }
    while (!cells.isEmpty() && cells.getLast().isEmpty()) {
      cells.removeLast();
    }
    breakAtLeast(1);
    if (cells.stream().noneMatch(cell -> cell.contains("\n"))) {
      lines(String.join(" | ", cells).strip(), "", "");
    } else {
      for (String cell : cells) {
        lines(cell, "", "");
        breakAtLeast(1);
      }
    }
    breakAtLeast(1);
  }

  private String cell(Element cell) {
    var text = new PlainText(depth + 1);
    text.preformatted = preformatted;
    text.known = known;
    text.element(cell);
    return text.out.toString().strip();
  }

  private TableColumns columns(Element table) {
    return known.computeIfAbsent(table, it -> TableColumns.of(it, PlainText::shows));
  }

  private static boolean shows(Element cell) {
    return !isHidden(cell)
        && (cell.hasText() && !cell.text().replace('\u00a0', ' ').isBlank()
            || cell.selectFirst("img[alt]:not([alt=]), a[href], hr") != null);
  }

  private static boolean isHidden(Element element) {
    if (element.hasAttr("hidden")) {
      return true;
    }
    String style = element.attr("style");
    return HIDDEN.matcher(style).find()
        || (SIZELESS.matcher(style).find() && element.stream().noneMatch(PlainText::isSized));
  }

  private static boolean isSized(Element element) {
    return SIZED.matcher(element.attr("style")).find();
  }

  private void indented(String first, String others, Element element) {
    if (depth == DEEPEST) {
      children(element);
      return;
    }
    var inner = new PlainText(depth + 1);
    inner.preformatted = preformatted;
    inner.known = known;
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
        space |= closed == out.length() && Character.isLetterOrDigit(c);
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
