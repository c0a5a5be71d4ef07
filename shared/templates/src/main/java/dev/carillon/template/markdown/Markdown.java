package dev.carillon.template.markdown;

import dev.carillon.template.engine.Links;
import dev.carillon.template.engine.MarkdownShield;
import dev.carillon.template.engine.TemplateLimits;
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
 * Values in it are shielded (see {@link MarkdownShield}).
 */
public final class Markdown {
  private static final Parser PARSER =
      Parser.builder()
          .maxOpenBlockParsers(TemplateLimits.NESTING)
          .maxInlineNesting(TemplateLimits.NESTING)
          .build();
  private static final HtmlRenderer RENDERER = HtmlRenderer.builder().escapeHtml(true).build();

  private Markdown() {}

  /** The HTML of a Markdown source whose values are shielded. */
  public static String html(String markdown) {
    Node document = PARSER.parse(markdown);
    document.accept(new Reveal());
    return RENDERER.render(document);
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
        set.accept(MarkdownShield.reveal(text));
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
