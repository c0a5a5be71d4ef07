package dev.carillon.provider.chat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.commonmark.node.Block;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.BulletList;
import org.commonmark.node.Code;
import org.commonmark.node.Emphasis;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Link;
import org.commonmark.node.LinkReferenceDefinition;
import org.commonmark.node.ListBlock;
import org.commonmark.node.ListItem;
import org.commonmark.node.Node;
import org.commonmark.node.OrderedList;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.StrongEmphasis;
import org.commonmark.node.Text;
import org.commonmark.node.ThematicBreak;
import org.commonmark.parser.Parser;

/**
 * Markdown in the dialect of a chat product. HTML is shown as the text it is, a picture becomes a
 * link to it, and a link that leads neither to the web nor to mail or a telephone is left as its
 * words: {@code [x](!channel)} would otherwise become one of Slack's mentions.
 */
public final class ChatMarkdown {
  /** Blocks or marks inside one another; deeper ones are taken as text. */
  private static final int NESTING = 50;

  private static final Parser PARSER =
      Parser.builder()
          .maxOpenBlockParsers(NESTING)
          .maxInlineNesting(NESTING)
          .customDelimiterProcessor(new Struck.Tildes())
          .build();

  private final Dialect dialect;

  /** How many of each mark are open: no dialect knows bold words within bold ones. */
  private int bold;

  private int italic;
  private int struck;

  private ChatMarkdown(Dialect dialect) {
    this.dialect = dialect;
  }

  /** Never fails: every text is Markdown. */
  public static String in(Dialect dialect, String markdown) {
    return new ChatMarkdown(dialect).blocks(PARSER.parse(markdown), "\n\n").strip();
  }

  private String blocks(Node parent, String between) {
    var written = new ArrayList<String>();
    for (Node node : children(parent)) {
      String block = block(node);
      if (!block.isEmpty()) {
        written.add(block);
      }
    }
    return String.join(between, written);
  }

  private String block(Node node) {
    return switch (node) {
      case Heading heading -> heading(heading);
      case BlockQuote quote -> prefixed(blocks(quote, "\n\n"), "> ", "> ");
      case BulletList list -> list(list, 0);
      case OrderedList list ->
          list(list, list.getMarkerStartNumber() == null ? 1 : list.getMarkerStartNumber());
      case FencedCodeBlock code -> dialect.block(unended(code.getLiteral()));
      case IndentedCodeBlock code -> dialect.block(unended(code.getLiteral()));
      case HtmlBlock html -> dialect.text(unended(html.getLiteral()));
      case ThematicBreak _ -> dialect.rule();
      case LinkReferenceDefinition _ -> "";
      case Block block -> inline(block);
      default -> inline(node);
    };
  }

  private String heading(Heading heading) {
    // Most dialects write a heading in bold letters, so that bold ones within it would end it.
    bold++;
    String inner = inline(heading).replace("\n", " ").strip();
    bold--;
    return inner.isEmpty() ? "" : dialect.heading(heading.getLevel(), inner);
  }

  private String list(ListBlock list, int first) {
    var items = new ArrayList<String>();
    int number = first;
    for (Node node : children(list)) {
      if (node instanceof ListItem item) {
        String marker = list instanceof OrderedList ? number++ + ". " : dialect.bullet();
        items.add(prefixed(blocks(item, "\n"), marker, "    "));
      }
    }
    return String.join("\n", items);
  }

  private String inline(Node parent) {
    return children(parent).stream().map(this::mark).collect(Collectors.joining());
  }

  private String mark(Node node) {
    return switch (node) {
      case Text text -> dialect.text(text.getLiteral());
      case Code code -> code.getLiteral().isEmpty() ? "" : dialect.code(code.getLiteral());
      case HtmlInline html -> dialect.text(html.getLiteral());
      case SoftLineBreak _ -> "\n";
      case HardLineBreak _ -> dialect.lineEnd();
      case StrongEmphasis strong -> bold(strong);
      case Emphasis emphasis -> italic(emphasis);
      case Struck words -> struck(words);
      case Link link -> link(inline(link), link.getDestination());
      case Image image -> link(inline(image), image.getDestination());
      default -> inline(node);
    };
  }

  private String bold(Node node) {
    bold++;
    String inner = inline(node);
    bold--;
    return bold > 0 || inner.isBlank() ? inner : dialect.bold(inner);
  }

  private String italic(Node node) {
    italic++;
    String inner = inline(node);
    italic--;
    return italic > 0 || inner.isBlank() ? inner : dialect.italic(inner);
  }

  private String struck(Node node) {
    struck++;
    String inner = inline(node);
    struck--;
    return struck > 0 || inner.isBlank() ? inner : dialect.struck(inner);
  }

  private String link(String label, String destination) {
    String url = AllowedLink.of(destination);
    if (url.isEmpty()) {
      return label;
    }
    return dialect.link(label.isBlank() ? dialect.text(url) : label.replace("\n", " "), url);
  }

  private static List<Node> children(Node parent) {
    var children = new ArrayList<Node>();
    for (Node node = parent.getFirstChild(); node != null; node = node.getNext()) {
      children.add(node);
    }
    return children;
  }

  private static String prefixed(String block, String first, String others) {
    var lines = block.split("\n", -1);
    var out = new StringBuilder();
    for (int i = 0; i < lines.length; i++) {
      out.append(i == 0 ? first : "\n" + (lines[i].isEmpty() ? others.stripTrailing() : others))
          .append(lines[i]);
    }
    return out.toString();
  }

  private static String unended(String literal) {
    return literal.endsWith("\n") ? literal.substring(0, literal.length() - 1) : literal;
  }
}
