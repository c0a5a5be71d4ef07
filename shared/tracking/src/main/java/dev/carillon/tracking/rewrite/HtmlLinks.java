package dev.carillon.tracking.rewrite;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jsoup.nodes.Comment;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.Range;
import org.jsoup.parser.Parser;

/**
 * The links of an HTML document or fragment. It is parsed as browsers do to find where addresses
 * stand, and they are replaced there; nothing is serialised, so what mail programs need
 * (conditional comments, VML, odd markup) survives. Links that only Outlook sees, in a conditional
 * comment or on a VML shape, are tracked as well.
 */
public final class HtmlLinks {
  /** Leaves the link that bears it alone and is removed itself (Knock's). */
  private static final String NO_TRACK = "data-knock-no-track";

  /** The relation that marks a link as the one that leaves the list. */
  private static final String UNSUBSCRIBE = "unsubscribe";

  private static final Set<String> LINKS = Set.of("a", "area");
  private static final String VML = "v:";

  private final Splice splice;
  private final LinkRewriting rewriting;

  private HtmlLinks(Splice splice, LinkRewriting rewriting) {
    this.splice = splice;
    this.rewriting = rewriting;
  }

  /** The document with its links replaced; the same text when none is. */
  public static String rewrite(String html, LinkRewriting rewriting) {
    var splice = new Splice(html);
    rewrite(splice, 0, html.length(), rewriting);
    return splice.result();
  }

  /** The part of a text that is HTML. */
  static void rewrite(Splice splice, int start, int end, LinkRewriting rewriting) {
    new HtmlLinks(splice, rewriting).part(start, end);
  }

  private void part(int start, int end) {
    Parser.htmlParser()
        .setTrackPosition(true)
        .parseInput(splice.source().substring(start, end), "")
        .traverse((node, _) -> visit(node, start));
  }

  private void visit(Node node, int offset) {
    if (node instanceof Comment comment) {
      conditional(comment.sourceRange(), offset);
    } else if (node instanceof Element element && isLink(element)) {
      link(element, offset);
    }
  }

  private static boolean isLink(Element element) {
    return LINKS.contains(element.normalName()) || element.normalName().startsWith(VML);
  }

  /** What is between {@code <!--[if …]>} and {@code <![endif]-->} is HTML to those it is for. */
  private void conditional(Range range, int offset) {
    if (!range.isTracked()) {
      return;
    }
    int start = offset + range.startPos();
    int end = offset + range.endPos();
    String comment = splice.source().substring(start, end);
    int open = comment.indexOf("]>");
    int close = comment.lastIndexOf("<![endif]");
    if (comment.startsWith("<!--[if") && open > 0 && close > open) {
      part(start + open + 2, start + close);
    }
  }

  private void link(Element element, int offset) {
    boolean optedOut = element.hasAttr(NO_TRACK);
    if (optedOut) {
      remove(element, offset);
    }
    if (optedOut || leavesTheList(element)) {
      rewriting.left(element.attr("href"));
      return;
    }
    if (!element.hasAttr("href")) {
      return;
    }
    Range value = element.attributes().sourceRange("href").valueRange();
    String address = element.attr("href");
    if (!value.isTracked() || value.startPos() >= value.endPos()) {
      return;
    }
    int start = offset + value.startPos();
    int end = offset + value.endPos();
    // The parser builds some links twice, where an author forgot to close one.
    if (!splice.has(start) && isThere(start, end, address)) {
      rewriting.tracked(address).ifPresent(tracked -> splice.replace(start, end, tracked));
    }
  }

  private static boolean leavesTheList(Element element) {
    return List.of(element.attr("rel").toLowerCase(Locale.ROOT).split("\\s+"))
        .contains(UNSUBSCRIBE);
  }

  /** Whether the place holds the address, as the source spells it. */
  private boolean isThere(int start, int end, String address) {
    String written = splice.source().substring(start, end);
    return Parser.unescapeEntities(written, true).equals(address);
  }

  /** Takes the attribute away, with the blanks before it and any value. */
  private void remove(Element element, int offset) {
    Range name = element.attributes().sourceRange(NO_TRACK).nameRange();
    if (!name.isTracked()) {
      return;
    }
    String source = splice.source();
    int start = offset + name.startPos();
    int end = valueEnd(source, offset + name.endPos());
    while (start > 0 && isBlank(source.charAt(start - 1))) {
      start--;
    }
    splice.replace(start, end, "");
  }

  /** The end of an attribute whose name ends at {@code from}: of its value, if it has one. */
  private static int valueEnd(String source, int from) {
    int at = skipBlanks(source, from);
    if (at >= source.length() || source.charAt(at) != '=') {
      return from;
    }
    at = skipBlanks(source, at + 1);
    if (at >= source.length()) {
      return at;
    }
    char quote = source.charAt(at);
    if (quote == '"' || quote == '\'') {
      int close = source.indexOf(quote, at + 1);
      return close < 0 ? source.length() : close + 1;
    }
    while (at < source.length() && source.charAt(at) != '>' && !isBlank(source.charAt(at))) {
      at++;
    }
    return at;
  }

  private static int skipBlanks(String source, int from) {
    int at = from;
    while (at < source.length() && isBlank(source.charAt(at))) {
      at++;
    }
    return at;
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
  }
}
