package dev.carillon.template.email;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Comment;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;

/**
 * The HTML of one email as a document, and back. A fragment stays one, with all that it begins
 * with. What parsers of HTML do not keep is kept: <code>&lt;![if !mso]&gt;</code>, with which a
 * mail speaks to all but Outlook, is no comment to a browser's eye and would come out as one.
 */
final class EmailDocument {
  private static final Pattern REVEALED =
      Pattern.compile("<!(\\[(?:if\\b[^\\]>]*|endif)\\])>", Pattern.CASE_INSENSITIVE);

  /** Stand in comments, where no author writes them: noncharacters. */
  private static final String REVEAL = "\ufdd0";

  private static final String START = "\ufdd1";
  private static final String END = "\ufdd2";
  private static final Pattern MARKS =
      Pattern.compile("(?:<|&lt;)!--[" + START + END + "]--(?:>|&gt;)");
  private static final Pattern REVEALS = Pattern.compile("<!--" + REVEAL + "(.*?)-->");

  private final Document document;
  private final boolean whole;

  private EmailDocument(Document document, boolean whole) {
    this.document = document;
    this.whole = whole;
  }

  /** Whether it is a document of its own and not something to put into one. */
  static boolean isWhole(String html) {
    String lower = html.toLowerCase(Locale.ROOT);
    return lower.contains("<html") || lower.contains("<!doctype");
  }

  static EmailDocument parse(String html) {
    boolean whole = isWhole(html);
    String kept = withReveals(html);
    Document document = whole ? Jsoup.parse(kept) : Jsoup.parseBodyFragment(kept);
    document.outputSettings().prettyPrint(false);
    return new EmailDocument(document, whole);
  }

  /** The content with marks around it, by which {@link #contentText} finds it again. */
  static String marked(String content) {
    return "<!--" + START + "-->" + content + "<!--" + END + "-->";
  }

  Document document() {
    return document;
  }

  /** Puts HTML before all else that is shown. */
  void prepend(String html) {
    document.body().prepend(html);
  }

  /** The text of all of it. */
  String text() {
    return PlainText.of(document.body());
  }

  /** The text of the content that was marked; empty when a layout tore it apart. */
  Optional<String> contentText() {
    var marks = new java.util.ArrayList<Node>();
    document.traverse(
        (node, _) -> {
          if (node instanceof Comment comment
              && (comment.getData().equals(START) || comment.getData().equals(END))) {
            marks.add(node);
          }
        });
    return marks.size() == 2 && marks.get(0).parent() == marks.get(1).parent()
        ? Optional.of(PlainText.between(marks.get(0), marks.get(1)))
        : Optional.empty();
  }

  /** The HTML; a fragment when it was one. */
  String html() {
    String html;
    if (whole) {
      html = document.outerHtml();
    } else {
      var styles = new StringBuilder();
      document.head().getElementsByTag("style").forEach(style -> styles.append(style.outerHtml()));
      html = styles + document.body().html();
    }
    if (html.contains(START) || html.contains(END)) {
      html = MARKS.matcher(html).replaceAll("");
    }
    return html.contains(REVEAL) ? REVEALS.matcher(html).replaceAll("<!$1>") : html;
  }

  /** The marks of what is revealed as comments that are told apart; those in comments stay. */
  private static String withReveals(String html) {
    if (!html.contains("<![")) {
      return html;
    }
    var out = new StringBuilder();
    int from = 0;
    while (from < html.length()) {
      int comment = html.indexOf("<!--", from);
      int to = comment < 0 ? html.length() : comment;
      out.append(REVEALED.matcher(html.substring(from, to)).replaceAll("<!--" + REVEAL + "$1-->"));
      if (comment < 0) {
        break;
      }
      int end = html.startsWith("<!-->", comment) ? comment + 2 : html.indexOf("-->", comment + 4);
      from = end < 0 ? html.length() : end + 3;
      out.append(html, comment, from);
    }
    return out.toString();
  }

  /** Text as HTML, for no eye but that of an inbox's preview. */
  static String hidden(String html) {
    return "<div style=\"display:none;max-height:0;overflow:hidden\">" + html + "</div>";
  }

  /** The text as HTML. */
  static String escaped(String text) {
    return new Element("p").appendChild(new TextNode(text)).html();
  }
}
