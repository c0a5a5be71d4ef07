package dev.carillon.template;

import java.util.function.Consumer;
import java.util.function.Supplier;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;

/**
 * CommonMark to HTML, with raw HTML shown as text and links only to where {@link Links} lets them.
 *
 * <p>A value that a template puts into Markdown must stay text, in a heading as in a code span or a
 * link, and each of these has its own rules of escaping. So the 32 characters of ASCII punctuation,
 * the only ones that mean anything in Markdown, are written as the 32 noncharacters U+FDD0 to
 * U+FDEF, which mean nothing, and turned back in the parsed document.
 */
final class Markdown {
  private static final String PUNCTUATION = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";
  private static final char FIRST = '\ufdd0';
  private static final char LAST = '\ufdef';

  private static final Parser PARSER =
      Parser.builder().maxOpenBlockParsers(Limits.NESTING).maxInlineNesting(Limits.NESTING).build();
  private static final HtmlRenderer RENDERER = HtmlRenderer.builder().escapeHtml(true).build();

  private Markdown() {}

  /** Writes a value so that {@link #html} shows it as it is. */
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

  static String html(String markdown) {
    Node document = PARSER.parse(markdown);
    document.accept(new Reveal());
    return RENDERER.render(document);
  }

  private static String reveal(String text) {
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

  private static final class Reveal extends AbstractVisitor {
    @Override
    public void visit(Text node) {
      reveal(node::getLiteral, node::setLiteral);
    }

    @Override
    public void visit(Code node) {
      reveal(node::getLiteral, node::setLiteral);
    }

    @Override
    public void visit(IndentedCodeBlock node) {
      reveal(node::getLiteral, node::setLiteral);
    }

    @Override
    public void visit(FencedCodeBlock node) {
      reveal(node::getLiteral, node::setLiteral);
      reveal(node::getInfo, node::setInfo);
    }

    @Override
    public void visit(HtmlInline node) {
      reveal(node::getLiteral, node::setLiteral);
    }

    @Override
    public void visit(HtmlBlock node) {
      reveal(node::getLiteral, node::setLiteral);
    }

    @Override
    public void visit(Link node) {
      visitChildren(node);
      reveal(node::getDestination, node::setDestination);
      reveal(node::getTitle, node::setTitle);
      if (!Links.allowedInMarkdown(node.getDestination())) {
        unwrap(node);
      }
    }

    @Override
    public void visit(Image node) {
      visitChildren(node);
      reveal(node::getDestination, node::setDestination);
      reveal(node::getTitle, node::setTitle);
      if (!Links.allowedInMarkdown(node.getDestination())) {
        unwrap(node);
      }
    }

    private static void reveal(Supplier<String> get, Consumer<String> set) {
      String text = get.get();
      if (text != null) {
        set.accept(Markdown.reveal(text));
      }
    }

    /** Leaves the words and takes the link away. */
    private static void unwrap(Node node) {
      for (Node child = node.getFirstChild(); child != null; child = node.getFirstChild()) {
        node.insertBefore(child);
      }
      node.unlink();
    }
  }
}
