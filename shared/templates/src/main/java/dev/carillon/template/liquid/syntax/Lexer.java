package dev.carillon.template.liquid.syntax;

import dev.carillon.template.liquid.syntax.Token.Span;
import dev.carillon.template.liquid.syntax.Token.Trim;
import dev.carillon.template.liquid.value.LiquidFault;
import java.util.ArrayList;
import java.util.List;

/** Cuts a source into tags, outputs and what stands between them. */
final class Lexer {
  private static final String RAW = "raw";
  private static final String END_RAW = "endraw";

  private final String source;
  private final List<Token> tokens = new ArrayList<>();

  private Lexer(String source) {
    this.source = source;
  }

  /**
   * @throws LiquidFault at the first tag that is never closed or has no name
   */
  static List<Token> read(String source) {
    var lexer = new Lexer(source);
    lexer.tokens();
    return lexer.trimmed();
  }

  /** The tags on the lines of a {@code liquid} tag. */
  static List<Token.Tag> lines(String source, Span span) {
    var lexer = new Lexer(source);
    var lines = new ArrayList<Token.Tag>();
    int at = span.from();
    while (true) {
      while (at < span.to() && Characters.isBlank(source.charAt(at))) {
        at++;
      }
      if (at >= span.to()) {
        return lines;
      }
      int newline = source.indexOf('\n', at);
      int end = newline < 0 || newline >= span.to() ? span.to() : newline + 1;
      lines.add(lexer.tag(at, end, at, end, Trim.NONE));
      at = end;
    }
  }

  private void tokens() {
    int at = 0;
    while (at < source.length()) {
      if (source.startsWith("{%", at)) {
        var tag = tag(at);
        tokens.add(tag);
        at = tag.name().equals(RAW) ? raw(tag) : tag.end();
      } else if (source.startsWith("{{", at)) {
        var output = output(at);
        tokens.add(output);
        at = output.end();
      } else {
        int end = html(at);
        tokens.add(new Token.Html(at, end, at, end));
        at = end;
      }
    }
  }

  private int html(int begin) {
    int at = begin;
    while (true) {
      at = source.indexOf('{', at);
      if (at < 0 || at + 1 == source.length()) {
        return source.length();
      }
      if (source.charAt(at + 1) == '%' || source.charAt(at + 1) == '{') {
        return at;
      }
      at++;
    }
  }

  private Token.Tag tag(int begin) {
    int close = source.indexOf("%}", begin + 1);
    if (close < 0) {
      throw new LiquidFault(begin, "the tag is never closed");
    }
    return tag(begin, close + 2, begin + 2, close, trim(begin + 2, close));
  }

  private Token.Tag tag(int begin, int end, int contentFrom, int contentTo, Trim trim) {
    Span content = content(contentFrom, contentTo);
    var cursor = new Cursor(source, content);
    String name = cursor.tagName();
    if (name.isEmpty()) {
      throw new LiquidFault(begin, "the tag has no name");
    }
    cursor.skipBlank();
    return new Token.Tag(
        begin,
        end,
        name,
        new Span(cursor.position(), Math.max(cursor.position(), content.to())),
        trim);
  }

  private Token.Output output(int begin) {
    int at = begin + 1;
    while (at < source.length() && !source.startsWith("}}", at)) {
      at =
          Characters.isQuote(source.charAt(at))
              ? Cursor.quotedEnd(source, at, source.length())
              : at + 1;
    }
    if (at >= source.length()) {
      throw new LiquidFault(begin, "the output is never closed");
    }
    return new Token.Output(begin, at + 2, content(begin + 2, at), trim(begin + 2, at));
  }

  private Trim trim(int from, int to) {
    return new Trim(
        from < source.length() && source.charAt(from) == '-',
        to > 0 && source.charAt(to - 1) == '-');
  }

  private Span content(int from, int to) {
    int left = from < source.length() && source.charAt(from) == '-' ? from + 1 : from;
    int right = to > 0 && source.charAt(to - 1) == '-' ? to - 1 : to;
    while (left < right && Characters.isBlank(source.charAt(left))) {
      left++;
    }
    while (right > left && Characters.isBlank(source.charAt(right - 1))) {
      right--;
    }
    return new Span(left, Math.max(left, right));
  }

  /** Reads what follows a {@code raw} tag as it stands; the offset after {@code endraw}. */
  private int raw(Token.Tag raw) {
    int begin = raw.end();
    for (int at = source.indexOf("{%", begin); at >= 0; at = source.indexOf("{%", at + 1)) {
      var cursor = new Cursor(source, new Span(at + 2, source.length()));
      if (cursor.peek() == '-') {
        cursor.advance();
      }
      int close = source.indexOf("%}", at + 2);
      if (!cursor.identifier().equals(END_RAW) || close < 0) {
        continue;
      }
      int next = source.indexOf("{%", at + 2);
      if (next >= 0 && next < close) {
        continue;
      }
      if (at > begin) {
        tokens.add(new Token.Html(begin, at, begin, at));
      }
      var end = tag(at);
      tokens.add(end);
      return end.end();
    }
    throw new LiquidFault(raw.begin(), "the tag 'raw' is never closed");
  }

  /** The tokens with the space taken away that dashes point at. */
  private List<Token> trimmed() {
    boolean raw = false;
    for (int i = 0; i < tokens.size(); i++) {
      Trim trim =
          switch (tokens.get(i)) {
            case Token.Html _ -> Trim.NONE;
            case Token.Output output -> output.trim();
            case Token.Tag tag -> tag.trim();
          };
      if (!raw && trim.left() && i > 0 && tokens.get(i - 1) instanceof Token.Html html) {
        tokens.set(i - 1, withoutEnd(html));
      }
      if (tokens.get(i) instanceof Token.Tag tag) {
        raw = raw ? !tag.name().equals(END_RAW) : tag.name().equals(RAW);
      }
      if (!raw
          && trim.right()
          && i + 1 < tokens.size()
          && tokens.get(i + 1) instanceof Token.Html html) {
        tokens.set(i + 1, withoutStart(html));
      }
    }
    return tokens;
  }

  private Token.Html withoutEnd(Token.Html html) {
    int to = html.to();
    while (to > html.begin() && Characters.isBlank(source.charAt(to - 1))) {
      to--;
    }
    return new Token.Html(html.begin(), html.end(), html.from(), to);
  }

  private Token.Html withoutStart(Token.Html html) {
    int from = html.from();
    while (from < html.end() && Characters.isBlank(source.charAt(from))) {
      from++;
    }
    return new Token.Html(html.begin(), html.end(), from, html.to());
  }
}
