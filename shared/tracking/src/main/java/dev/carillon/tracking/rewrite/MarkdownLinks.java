package dev.carillon.tracking.rewrite;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Link;
import org.commonmark.node.LinkReferenceDefinition;
import org.commonmark.node.Node;
import org.commonmark.node.SourceSpan;
import org.commonmark.node.Text;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;

/**
 * The links of a Markdown text: the targets of its links, of the definitions they refer to and of
 * its HTML; and bare addresses, which become links that show the address they had: {@code
 * https://x} becomes {@code [https://x](tracked)}. Code and images stay as they are, and so does
 * all other text, as it is written.
 */
public final class MarkdownLinks {
  private static final Parser PARSER =
      Parser.builder().includeSourceSpans(IncludeSourceSpans.BLOCKS_AND_INLINES).build();

  private final Splice splice;
  private final String source;
  private final LinkRewriting rewriting;
  private final Set<String> images = new HashSet<>();

  private MarkdownLinks(String source, LinkRewriting rewriting) {
    this.splice = new Splice(source);
    this.source = source;
    this.rewriting = rewriting;
  }

  /** The text with its links replaced; the same when none is. */
  public static String rewrite(String markdown, LinkRewriting rewriting) {
    var links = new MarkdownLinks(markdown, rewriting);
    Node document = PARSER.parse(markdown);
    document.accept(links.new ImageTargets());
    document.accept(links.new Targets());
    return links.splice.result();
  }

  private record Part(int start, int end) {}

  private static Part part(Node node) {
    List<SourceSpan> spans = node.getSourceSpans();
    SourceSpan last = spans.getLast();
    return new Part(spans.getFirst().getInputIndex(), last.getInputIndex() + last.getLength());
  }

  /** A definition that an image refers to is the image's. */
  private final class ImageTargets extends AbstractVisitor {
    @Override
    public void visit(Image image) {
      images.add(image.getDestination());
      visitChildren(image);
    }
  }

  private final class Targets extends AbstractVisitor {
    /** How many HTML links are open where the visit is: an address in one is its text. */
    private int open;

    @Override
    public void visit(Link link) {
      if (!link.getSourceSpans().isEmpty()) {
        link(link);
      }
    }

    @Override
    public void visit(LinkReferenceDefinition definition) {
      if (!definition.getSourceSpans().isEmpty() && !images.contains(definition.getDestination())) {
        Part part = part(definition);
        int colon = source.indexOf("]:", part.start());
        if (colon >= 0 && colon < part.end()) {
          destination(definition.getDestination(), colon + 2, part.end());
        }
      }
    }

    @Override
    public void visit(Image image) {}

    @Override
    public void visit(Code code) {}

    @Override
    public void visit(FencedCodeBlock code) {}

    @Override
    public void visit(IndentedCodeBlock code) {}

    @Override
    public void visit(HtmlBlock html) {
      Part part = part(html);
      HtmlLinks.rewrite(splice, part.start(), part.end(), rewriting);
    }

    @Override
    public void visit(HtmlInline html) {
      String tag = html.getLiteral().toLowerCase(Locale.ROOT);
      if (tag.matches("(?s)<a[\\s>/].*")) {
        open++;
      } else if (tag.startsWith("</a")) {
        open = Math.max(0, open - 1);
      }
      Part part = part(html);
      HtmlLinks.rewrite(splice, part.start(), part.end(), rewriting);
    }

    @Override
    public void visit(Text text) {
      if (open > 0) {
        return;
      }
      whole(text).ifPresent(part -> BareUrls.find(source, part.start(), part.end(), this::bare));
    }

    /**
     * A text is split where a character might have meant something, so an address may run over
     * several: they are taken together, from the first of them.
     */
    private Optional<Part> whole(Text text) {
      if (text.getSourceSpans().isEmpty() || text.getPrevious() instanceof Text) {
        return Optional.empty();
      }
      Part part = part(text);
      for (Node next = text.getNext(); next instanceof Text; next = next.getNext()) {
        if (!next.getSourceSpans().isEmpty()) {
          part = new Part(part.start(), part(next).end());
        }
      }
      return Optional.of(part);
    }

    private void bare(int start, int end) {
      String shown = source.substring(start, end);
      if (shown.indexOf('\\') >= 0) {
        return;
      }
      rewriting
          .tracked(shown.replace("&amp;", "&"))
          .ifPresent(tracked -> splice.replace(start, end, shownAs(shown, tracked)));
    }

    private void link(Link link) {
      Part part = part(link);
      if (source.charAt(part.start()) == '<') {
        String shown = source.substring(part.start() + 1, part.end() - 1);
        rewriting
            .tracked(link.getDestination())
            .ifPresent(
                tracked -> splice.replace(part.start(), part.end(), shownAs(shown, tracked)));
        return;
      }
      int text = part.start() + 1;
      for (Node child = link.getFirstChild(); child != null; child = child.getNext()) {
        if (!child.getSourceSpans().isEmpty()) {
          text = Math.max(text, part(child).end());
        }
      }
      int bracket = source.indexOf("](", text);
      if (bracket >= 0 && bracket < part.end()) {
        destination(link.getDestination(), bracket + 2, part.end());
      }
    }
  }

  /** Replaces a destination that begins, after blanks, at {@code from}. */
  private void destination(String meant, int from, int limit) {
    int start = from;
    while (start < limit && source.charAt(start) <= ' ') {
      start++;
    }
    int end =
        start < limit && source.charAt(start) == '<' ? angle(start, limit) : plain(start, limit);
    if (end > start) {
      int stop = end;
      int begin = start;
      rewriting.tracked(meant).ifPresent(tracked -> splice.replace(begin, stop, tracked));
    }
  }

  private int angle(int start, int limit) {
    for (int i = start + 1; i < limit; i++) {
      char c = source.charAt(i);
      if (c == '\\') {
        i++;
      } else if (c == '>') {
        return i + 1;
      }
    }
    return start;
  }

  /** Up to a blank or a closing bracket that it did not open. */
  private int plain(int start, int limit) {
    int depth = 0;
    for (int i = start; i < limit; i++) {
      char c = source.charAt(i);
      if (c == '\\') {
        i++;
      } else if (c <= ' ' || (c == ')' && depth == 0)) {
        return i;
      } else if (c == '(') {
        depth++;
      } else if (c == ')') {
        depth--;
      }
    }
    return limit;
  }

  private static String shownAs(String shown, String tracked) {
    return "[" + shown.replaceAll("[\\[\\]*_`\\\\]", "\\\\$0") + "](" + tracked + ")";
  }
}
