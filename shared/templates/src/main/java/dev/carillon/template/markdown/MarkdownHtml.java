package dev.carillon.template.markdown;

import dev.carillon.template.render.Links;
import dev.carillon.template.render.MarkdownShield;
import dev.carillon.template.render.TemplateLimits;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.commonmark.Extension;
import org.commonmark.ext.autolink.AutolinkExtension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Link;
import org.commonmark.node.ListBlock;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;

/**
 * CommonMark, with tables and bare links, to HTML. Links lead only where {@link Links} lets them;
 * HTML in it is cleaned (see {@link SafeHtml}). Values in it are shielded (see {@link
 * MarkdownShield}).
 */
public final class MarkdownHtml {
  private static final List<Extension> EXTENSIONS =
      List.of(TablesExtension.create(), AutolinkExtension.create());
  private static final Parser PARSER =
      Parser.builder()
          .extensions(EXTENSIONS)
          .maxOpenBlockParsers(TemplateLimits.NESTING)
          .maxInlineNesting(TemplateLimits.NESTING)
          .build();
  private static final HtmlRenderer RENDERER =
      HtmlRenderer.builder().extensions(EXTENSIONS).build();

  private MarkdownHtml() {}

  /** The HTML of a Markdown source whose values are shielded. */
  public static String html(String markdown) {
    Node document = PARSER.parse(markdown);
    var reveal = new Reveal();
    document.accept(reveal);
    String html = RENDERER.render(document);
    return reveal.foundHtml ? SafeHtml.clean(html) : html;
  }

  private static final class Reveal extends AbstractVisitor {
    private boolean foundHtml;

    @Override
    public void visit(Text node) {
      if (node.getLiteral().indexOf(MarkdownShield.LINE) < 0) {
        reveal(node::getLiteral, node::setLiteral);
      } else {
        lines(node);
      }
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
      foundHtml = true;
      node.setLiteral(MarkdownShield.revealInHtml(node.getLiteral()));
    }

    @Override
    public void visit(HtmlBlock node) {
      foundHtml = true;
      node.setLiteral(MarkdownShield.revealInHtml(node.getLiteral()));
    }

    @Override
    public void visit(Link node) {
      visitChildren(node);
      reveal(node::getDestination, url -> node.setDestination(address(url)));
      reveal(node::getTitle, node::setTitle);
      if (!Links.allowedInMarkdown(node.getDestination())) {
        unwrap(node);
      }
    }

    @Override
    public void visit(Image node) {
      visitChildren(node);
      reveal(node::getDestination, url -> node.setDestination(address(url)));
      reveal(node::getTitle, node::setTitle);
      if (!Links.allowedInMarkdown(node.getDestination())) {
        unwrap(node);
      }
    }

    /** An address has no blanks; those of a value are encoded, but around it they mean nothing. */
    private static String address(String url) {
      return url.strip().replace("\n", "").replace(" ", "%20");
    }

    private static void reveal(Supplier<String> get, Consumer<String> set) {
      String text = get.get();
      if (text != null) {
        set.accept(MarkdownShield.reveal(text));
      }
    }

    /** The lines of a value; an empty one among them begins a paragraph, in a quote as outside. */
    private static void lines(Text node) {
      Node last = node;
      boolean first = true;
      boolean empty = false;
      for (String line : node.getLiteral().split(String.valueOf(MarkdownShield.LINE), -1)) {
        var text = new Text(MarkdownShield.reveal(line));
        if (first) {
          last.insertAfter(text);
          last = text;
          first = false;
        } else if (text.getLiteral().isBlank()) {
          empty = true;
        } else {
          last = empty ? paragraph(last, text) : broken(last, new SoftLineBreak(), text);
          empty = false;
        }
      }
      node.unlink();
    }

    private static Node broken(Node last, Node lineBreak, Text text) {
      last.insertAfter(lineBreak);
      lineBreak.insertAfter(text);
      return text;
    }

    /** A new paragraph with the text and what follows; where there can be none, an empty line. */
    private static Node paragraph(Node last, Text text) {
      Node parent = last.getParent();
      boolean tight =
          parent.getParent() != null
              && parent.getParent().getParent() instanceof ListBlock list
              && list.isTight();
      if (!(parent instanceof Paragraph) || tight) {
        var lineBreak = new HardLineBreak();
        last.insertAfter(lineBreak);
        return broken(lineBreak, new HardLineBreak(), text);
      }
      var paragraph = new Paragraph();
      parent.insertAfter(paragraph);
      paragraph.appendChild(text);
      for (Node rest = last.getNext(); rest != null; rest = last.getNext()) {
        paragraph.appendChild(rest);
      }
      return text;
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
