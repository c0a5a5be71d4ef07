package dev.carillon.template.liquid.syntax;

import dev.carillon.template.liquid.syntax.Expression.Constant;
import dev.carillon.template.liquid.syntax.Expression.FilterUse;
import dev.carillon.template.liquid.syntax.Expression.Operand;
import dev.carillon.template.liquid.syntax.Expression.Path;
import dev.carillon.template.liquid.syntax.Expression.Sign;
import dev.carillon.template.liquid.syntax.Expression.Term;
import dev.carillon.template.liquid.value.Datum;
import dev.carillon.template.liquid.value.Datum.Mark;
import dev.carillon.template.liquid.value.JsNumber;
import dev.carillon.template.liquid.value.LiquidFault;
import dev.carillon.template.render.TemplateLimits;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads expressions, names and arguments in one span of a source, from left to right. */
public final class Cursor {
  private static final int NONE = -1;

  private static final Map<String, Datum> LITERALS =
      Map.of(
          "true", new Datum.Bool(true),
          "false", new Datum.Bool(false),
          "nil", Mark.NIL,
          "null", Mark.NIL,
          "empty", Mark.EMPTY,
          "blank", Mark.BLANK);

  private final String source;
  private final int end;
  private int at;
  private int depth;

  Cursor(String source, Token.Span span) {
    this.source = source;
    this.at = span.from();
    this.end = span.to();
  }

  /** Over the whole of a text. */
  public static Cursor over(String text) {
    return new Cursor(text, new Token.Span(0, text.length()));
  }

  int position() {
    return at;
  }

  void moveTo(int position) {
    at = position;
  }

  boolean atEnd() {
    return at >= end;
  }

  int peek() {
    return peek(0);
  }

  private int peek(int ahead) {
    return at + ahead < end ? source.charAt(at + ahead) : NONE;
  }

  void advance() {
    at++;
  }

  void skipBlank() {
    while (Characters.isBlank(peek())) {
      at++;
    }
  }

  String text(int from, int to) {
    return source.substring(from, to);
  }

  /** What a text in quotes says; nothing for any other operand. */
  static String textOf(Operand operand) {
    return operand instanceof Constant(Datum.Text(var text, _)) ? text : "";
  }

  LiquidFault fault(String reason) {
    return new LiquidFault(Math.min(at, end), reason);
  }

  /** Moves behind the next {@code mark}, or to the end. */
  void skipBehind(String mark) {
    int found = source.indexOf(mark, at);
    at = found < 0 || found + mark.length() > end ? end : found + mark.length();
  }

  /** A name; empty when none stands here. */
  String identifier() {
    skipBlank();
    int begin = at;
    while (Characters.isWord(peek())) {
      at++;
    }
    return source.substring(begin, at);
  }

  /** The name of a tag: one sharp for a comment. */
  String tagName() {
    skipBlank();
    if (peek() == '#') {
      at++;
      return "#";
    }
    return identifier();
  }

  /**
   * An expression and its filters.
   *
   * @throws LiquidFault when none stands here
   */
  public Expression expression() {
    int begin = at;
    List<Term> terms = terms();
    if (terms.isEmpty()) {
      throw fault("a value is expected here");
    }
    var filters = new ArrayList<FilterUse>();
    for (var filter = filter(); filter.isPresent(); filter = filter()) {
      filters.add(filter.get());
    }
    return new Expression(begin, source.substring(begin, at), terms, filters);
  }

  /** Operators of one rank are computed from right to left. */
  private List<Term> terms() {
    var terms = new ArrayList<Term>();
    var waiting = new ArrayDeque<Sign>();
    while (!atEnd()) {
      Optional<Sign> sign = sign();
      if (sign.isPresent()) {
        while (!waiting.isEmpty() && waiting.peek().precedence() > sign.get().precedence()) {
          terms.add(waiting.pop());
        }
        waiting.push(sign.get());
        continue;
      }
      Optional<Operand> operand = operand();
      if (operand.isEmpty()) {
        break;
      }
      terms.add(operand.get());
    }
    terms.addAll(waiting);
    return terms;
  }

  private Optional<Sign> sign() {
    skipBlank();
    for (Sign sign : Sign.values()) {
      int length = sign.written().length();
      if (source.startsWith(sign.written(), at)
          && at + length <= end
          && !(sign.isWord() && Characters.isWord(peek(length)))) {
        at += length;
        return Optional.of(sign);
      }
    }
    return Optional.empty();
  }

  private Optional<FilterUse> filter() {
    skipBlank();
    if (atEnd() || peek() == ')' || peek() == ',') {
      return Optional.empty();
    }
    if (peek() != '|') {
      throw fault("a '|' is expected before a filter");
    }
    at++;
    skipBlank();
    int begin = at;
    String name = identifier();
    if (name.isEmpty()) {
      if (atEnd()) {
        return Optional.empty();
      }
      throw fault("the name of a filter is expected here");
    }
    var positional = new ArrayList<Operand>();
    var named = new LinkedHashMap<String, Operand>();
    skipBlank();
    if (peek() == ':') {
      do {
        at++;
        argument(positional, named);
        skipBlank();
        if (!atEnd() && ",|)".indexOf(peek()) < 0) {
          throw fault("a ',' or '|' is expected here");
        }
      } while (peek() == ',');
    } else if (!atEnd() && "|),".indexOf(peek()) < 0) {
      throw fault("a ':' is expected after the name of a filter");
    }
    return Optional.of(new FilterUse(begin, name, positional, named));
  }

  private void argument(List<Operand> positional, Map<String, Operand> named) {
    skipBlank();
    int begin = at;
    Optional<Operand> value = operand();
    if (value.isEmpty()) {
      return;
    }
    int behind = at;
    skipBlank();
    if (peek() == ':') {
      at++;
      named.put(source.substring(begin, behind), operand().orElse(new Constant(Mark.UNDEFINED)));
    } else {
      positional.add(value.get());
    }
  }

  /** {@code key: value} pairs; a key alone stands for true. */
  Map<String, Operand> hash() {
    var hash = new LinkedHashMap<String, Operand>();
    while (true) {
      skipBlank();
      if (peek() == ',') {
        at++;
      }
      String name = identifier();
      if (name.isEmpty()) {
        return hash;
      }
      skipBlank();
      Operand value = new Constant(new Datum.Bool(true));
      if (peek() == ':') {
        at++;
        value = operand().orElse(value);
      }
      hash.put(name, value);
    }
  }

  /** One value without operators or filters; empty when none stands here. */
  public Optional<Operand> operand() {
    if (++depth > TemplateLimits.NESTING) {
      throw fault("values are nested more than " + TemplateLimits.NESTING + " deep");
    }
    skipBlank();
    int begin = at;
    Optional<Operand> base = literal().or(this::quoted).or(this::number).or(this::range);
    List<Operand> steps = steps(base.isEmpty());
    depth--;
    return steps.isEmpty() ? base : Optional.of(new Path(begin, base.stream().toList(), steps));
  }

  /** What stands for a value, whatever else stands there. */
  Operand requiredOperand() {
    return operand().orElseThrow(() -> fault("a value is expected here"));
  }

  /** A variable with what is looked up in it; empty when none stands here. */
  public Optional<Operand> variable() {
    skipBlank();
    int begin = at;
    List<Operand> steps = steps(true);
    return steps.isEmpty() ? Optional.empty() : Optional.of(new Path(begin, List.of(), steps));
  }

  private List<Operand> steps(boolean first) {
    var steps = new ArrayList<Operand>();
    while (true) {
      if (peek() == '[') {
        at++;
        steps.add(operand().orElse(new Constant(new Datum.Text(""))));
        int close = source.indexOf(']', at);
        if (close < 0 || close >= end) {
          throw fault("a '[' is never closed");
        }
        at = close + 1;
        continue;
      }
      String name = "";
      if (first && steps.isEmpty()) {
        name = identifier();
      }
      if (name.isEmpty() && peek() == '.' && peek(1) != '.') {
        at++;
        name = identifier();
      }
      if (name.isEmpty()) {
        return steps;
      }
      steps.add(new Constant(new Datum.Text(name)));
    }
  }

  private Optional<Operand> literal() {
    int begin = at;
    while (peek() >= 'a' && peek() <= 'z') {
      at++;
    }
    Datum literal = LITERALS.get(source.substring(begin, at));
    if (literal == null || Characters.isWord(peek())) {
      at = begin;
      return Optional.empty();
    }
    return Optional.of(new Constant(literal));
  }

  Optional<Operand> quoted() {
    skipBlank();
    if (!Characters.isQuote(peek())) {
      return Optional.empty();
    }
    int begin = at;
    at = quotedEnd(source, begin, end);
    return Optional.of(new Constant(new Datum.Text(Quoted.text(source.substring(begin, at)))));
  }

  /** The offset after the text in quotes that begins at {@code begin}. */
  static int quotedEnd(String source, int begin, int end) {
    for (int i = begin + 1; i < end; i++) {
      char c = source.charAt(i);
      if (c == '\\') {
        i++;
      } else if (c == source.charAt(begin)) {
        return i + 1;
      }
    }
    return end;
  }

  private Optional<Operand> number() {
    int ahead = peek() == '-' || peek() == '+' ? 1 : 0;
    boolean digits = false;
    boolean point = false;
    while (true) {
      if (Characters.isDigit(peek(ahead))) {
        digits = true;
      } else if (peek(ahead) == '.' && peek(ahead + 1) != '.') {
        if (point || !digits) {
          return Optional.empty();
        }
        point = true;
      } else {
        break;
      }
      ahead++;
    }
    if (!digits || Characters.isWord(peek(ahead))) {
      return Optional.empty();
    }
    String written = source.substring(at, at + ahead);
    at += ahead;
    return Optional.of(new Constant(new Datum.Num(JsNumber.parse(written))));
  }

  private Optional<Operand> range() {
    if (peek() != '(') {
      return Optional.empty();
    }
    at++;
    Operand low = requiredOperand();
    skipBlank();
    if (peek() != '.' || peek(1) != '.') {
      throw fault("a range is written (1..5)");
    }
    at += 2;
    Operand high = requiredOperand();
    skipBlank();
    if (peek() != ')') {
      throw fault("a range is written (1..5)");
    }
    at++;
    return Optional.of(new Expression.Span(low, high));
  }
}
