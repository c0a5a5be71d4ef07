package dev.carillon.template.liquid.syntax;

import dev.carillon.template.liquid.syntax.Expression.Constant;
import dev.carillon.template.liquid.syntax.Expression.FilterUse;
import dev.carillon.template.liquid.syntax.Expression.Operand;
import dev.carillon.template.liquid.syntax.Syntax.Known;
import dev.carillon.template.liquid.syntax.TemplatePart.Walk;
import dev.carillon.template.liquid.syntax.Token.Tag;
import dev.carillon.template.liquid.value.Datum;
import dev.carillon.template.liquid.value.LiquidFault;
import dev.carillon.template.render.TemplateLimits;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads tokens into parts. Names that are not known are noted and reading goes on; what cannot be
 * read ends it.
 */
final class Parser {
  private static final Set<String> TAGS =
      Set.of(
          "assign",
          "capture",
          "case",
          "comment",
          "cycle",
          "decrement",
          "increment",
          "echo",
          "for",
          "break",
          "continue",
          "if",
          "unless",
          "liquid",
          "raw",
          "render",
          "t",
          "tablerow",
          "#");

  /** Words that stand only within another tag. */
  private static final Set<String> INNER = Set.of("else", "elsif", "when");

  /** Tags of Liquid that are not offered, and what to do instead. */
  private static final Map<String, String> REFUSED =
      Map.of(
          "include", "the tag 'include' is not offered; 'render' takes its place",
          "layout", "the tag 'layout' is not offered; a template names its layout in its settings",
          "block", "the tag 'block' is not offered; a layout has {{ content }}");

  private final String source;
  private final Known known;
  private final List<LiquidFault> problems;
  private final Set<String> partials;
  private List<? extends Token> tokens = List.of();
  private int next;
  private int depth;

  Parser(String source, Known known) {
    this.source = source;
    this.known = known;
    this.problems = new ArrayList<>();
    this.partials = new LinkedHashSet<>();
  }

  Syntax read() {
    var parts = new ArrayList<TemplatePart>();
    try {
      if (source.length() > TemplateLimits.SOURCE_CHARS) {
        throw new LiquidFault("it is longer than " + TemplateLimits.SOURCE_CHARS + " characters");
      }
      tokens = Lexer.read(source);
      while (next < tokens.size()) {
        part(tokens.get(next++), parts);
      }
    } catch (LiquidFault fault) {
      problems.add(fault);
    }
    return new Syntax(problems.isEmpty() ? parts : List.of(), partials, problems);
  }

  private void part(Token token, List<TemplatePart> parts) {
    switch (token) {
      case Token.Html html -> {
        if (html.from() < html.to()) {
          parts.add(
              new TemplatePart.Verbatim(html.begin(), source.substring(html.from(), html.to())));
        }
      }
      case Token.Output output -> {
        var cursor = new Cursor(source, output.inside());
        parts.add(new TemplatePart.Print(output.begin(), expression(cursor)));
      }
      case Tag tag -> {
        try {
          tag(tag).ifPresent(parts::add);
        } catch (LiquidFault fault) {
          throw fault.at(tag.begin());
        }
      }
    }
  }

  private Optional<TemplatePart> tag(Tag tag) {
    Cursor cursor = arguments(tag);
    int at = tag.begin();
    return switch (tag.name()) {
      case "assign" -> Optional.of(assign(at, cursor));
      case "capture" -> Optional.of(capture(tag, cursor));
      case "case" -> Optional.of(new BranchTags(this).match(tag, cursor));
      case "comment" -> {
        skipTo(tag, "endcomment");
        yield Optional.empty();
      }
      case "cycle" -> Optional.of(cycle(at, cursor));
      case "increment" -> Optional.of(new TemplatePart.Count(at, cursor.identifier(), true));
      case "decrement" -> Optional.of(new TemplatePart.Count(at, cursor.identifier(), false));
      case "echo" -> {
        cursor.skipBlank();
        yield cursor.atEnd()
            ? Optional.empty()
            : Optional.of(new TemplatePart.Print(at, expression(cursor)));
      }
      case "for" -> Optional.of(each(tag, cursor));
      case "break" -> Optional.of(new TemplatePart.Break(at));
      case "continue" -> Optional.of(new TemplatePart.Continue(at));
      case "if" -> Optional.of(new BranchTags(this).chooseIf(tag, cursor));
      case "unless" -> Optional.of(new BranchTags(this).chooseUnless(tag, cursor));
      case "liquid" -> Optional.of(lines(tag));
      case "raw" -> Optional.of(raw(tag));
      case "render" -> Optional.of(include(at, cursor));
      case "t" -> Optional.of(translate(tag));
      case "tablerow" -> Optional.of(table(tag, cursor));
      case "#" -> {
        comment(tag);
        yield Optional.empty();
      }
      default -> {
        unknown(tag);
        yield Optional.empty();
      }
    };
  }

  private void unknown(Tag tag) {
    String name = tag.name();
    String refused = REFUSED.get(name);
    boolean closing =
        name.startsWith("end")
            && problems.stream()
                .anyMatch(it -> it.getMessage().contains("'" + name.substring(3) + "'"));
    if (refused != null) {
      problems.add(new LiquidFault(tag.begin(), refused));
    } else if (INNER.contains(name)) {
      throw new LiquidFault(tag.begin(), "the tag '" + name + "' stands in no tag that takes it");
    } else if (name.startsWith("end") && (closing || TAGS.contains(name.substring(3)))) {
      if (!closing) {
        throw new LiquidFault(tag.begin(), "the tag '" + name + "' closes nothing");
      }
    } else {
      problems.add(
          new LiquidFault(
              tag.begin(), "unknown tag '" + name + "'" + Nearest.suggestion(name, TAGS)));
    }
  }

  Expression expression(Cursor cursor) {
    Expression expression = cursor.expression();
    for (FilterUse filter : expression.filters()) {
      if (!known.filters().contains(filter.name())) {
        problems.add(
            new LiquidFault(
                filter.at(),
                "unknown filter '"
                    + filter.name()
                    + "'"
                    + Nearest.suggestion(filter.name(), known.filters())));
      }
      known
          .misuse()
          .apply(filter.name(), filter.positional().stream().map(Parser::literal).toList())
          .ifPresent(reason -> problems.add(new LiquidFault(filter.at(), reason)));
    }
    return expression;
  }

  private static Optional<String> literal(Operand operand) {
    return operand instanceof Constant(Datum.Text(var text, _))
        ? Optional.of(text)
        : Optional.empty();
  }

  /**
   * Reads up to one of the tags that end this stretch; that tag.
   *
   * @param opener the tag that is never closed when there is none
   */
  Tag body(Tag opener, List<TemplatePart> parts, Set<String> ends) {
    if (++depth > TemplateLimits.NESTING) {
      throw new LiquidFault(
          opener.begin(), "tags are nested more than " + TemplateLimits.NESTING + " deep");
    }
    while (next < tokens.size()) {
      Token token = tokens.get(next++);
      if (token instanceof Tag tag && ends.contains(tag.name())) {
        depth--;
        return tag;
      }
      part(token, parts);
    }
    throw neverClosed(opener);
  }

  Cursor arguments(Tag tag) {
    return new Cursor(source, tag.arguments());
  }

  private static LiquidFault neverClosed(Tag opener) {
    return new LiquidFault(opener.begin(), "the tag '" + opener.name() + "' is never closed");
  }

  private void skipTo(Tag opener, String end) {
    while (next < tokens.size()) {
      if (tokens.get(next++) instanceof Tag tag && tag.name().equals(end)) {
        return;
      }
    }
    throw neverClosed(opener);
  }

  static void noArguments(Tag tag) {
    if (tag.arguments().from() < tag.arguments().to()) {
      throw new LiquidFault(
          tag.arguments().from(), "nothing may follow '" + tag.name() + "' in its tag");
    }
  }

  private TemplatePart assign(int at, Cursor cursor) {
    String name = cursor.identifier();
    cursor.skipBlank();
    if (name.isEmpty() || cursor.peek() != '=') {
      throw cursor.fault("an assignment is written name = value");
    }
    cursor.advance();
    return new TemplatePart.Assign(at, name, expression(cursor));
  }

  private TemplatePart capture(Tag tag, Cursor cursor) {
    String name = cursor.identifier();
    if (name.isEmpty()) {
      name =
          cursor
              .quoted()
              .map(Cursor::textOf)
              .orElseThrow(() -> cursor.fault("the name of a variable is expected here"));
    }
    var body = new ArrayList<TemplatePart>();
    body(tag, body, Set.of("endcapture"));
    return new TemplatePart.Capture(tag.begin(), name, body);
  }

  private TemplatePart cycle(int at, Cursor cursor) {
    int begin = cursor.position();
    Optional<Operand> group = cursor.operand();
    cursor.skipBlank();
    if (group.isPresent() && cursor.peek() == ':') {
      cursor.advance();
    } else {
      group = Optional.empty();
      cursor.moveTo(begin);
    }
    var candidates = new ArrayList<Expression>();
    while (!cursor.atEnd()) {
      candidates.add(expression(cursor));
      cursor.skipBehind(",");
    }
    if (candidates.isEmpty()) {
      throw new LiquidFault(at, "'cycle' needs values");
    }
    var texts = candidates.stream().map(Expression::text).toList();
    return new TemplatePart.Cycle(at, group, List.copyOf(candidates), String.join(",", texts));
  }

  private Walk walk(Tag tag, Cursor cursor) {
    String variable = cursor.identifier();
    String in = cursor.identifier();
    cursor.skipBlank();
    int begin = cursor.position();
    Optional<Operand> collection = cursor.operand();
    if (variable.isEmpty() || !in.equals("in") || collection.isEmpty()) {
      throw new LiquidFault(
          tag.begin(), "'" + tag.name() + "' is written " + tag.name() + " item in items");
    }
    String text = source.substring(begin, cursor.position());
    return new Walk(variable, collection.get(), text, cursor.hash());
  }

  private TemplatePart each(Tag tag, Cursor cursor) {
    Walk walk = walk(tag, cursor);
    var body = new ArrayList<TemplatePart>();
    var otherwise = new ArrayList<TemplatePart>();
    List<TemplatePart> current = body;
    while (true) {
      Tag end = body(tag, current, Set.of("else", "endfor"));
      noArguments(end);
      if (end.name().equals("endfor")) {
        return new TemplatePart.Each(tag.begin(), walk, List.copyOf(body), List.copyOf(otherwise));
      }
      current = otherwise;
    }
  }

  private TemplatePart table(Tag tag, Cursor cursor) {
    Walk walk = walk(tag, cursor);
    var body = new ArrayList<TemplatePart>();
    body(tag, body, Set.of("endtablerow"));
    return new TemplatePart.Table(tag.begin(), walk, List.copyOf(body));
  }

  private TemplatePart lines(Tag tag) {
    var outer = tokens;
    int resume = next;
    if (++depth > TemplateLimits.NESTING) {
      throw new LiquidFault(
          tag.begin(), "tags are nested more than " + TemplateLimits.NESTING + " deep");
    }
    tokens = Lexer.lines(source, tag.arguments());
    next = 0;
    var body = new ArrayList<TemplatePart>();
    while (next < tokens.size()) {
      part(tokens.get(next++), body);
    }
    depth--;
    tokens = outer;
    next = resume;
    return new TemplatePart.Lines(tag.begin(), List.copyOf(body));
  }

  /**
   * What is between lines of a {@code liquid} tag, such as the indentation of the last, is no part
   * of it.
   */
  private TemplatePart raw(Tag tag) {
    int first = next;
    skipTo(tag, "endraw");
    var text = new StringBuilder();
    for (Token token : tokens.subList(first, next - 1)) {
      text.append(source, token.begin(), token.end());
    }
    return new TemplatePart.Verbatim(tag.begin(), text.toString());
  }

  private TemplatePart translate(Tag tag) {
    var body = new ArrayList<TemplatePart>();
    Tag end = body(tag, body, Set.of("endt"));
    return new TemplatePart.Translate(
        tag.begin(), source.substring(tag.end(), end.begin()), List.copyOf(body));
  }

  private TemplatePart include(int at, Cursor cursor) {
    var include = new IncludeTag(at, cursor).read();
    String key = include.key();
    partials.add(key);
    if (!known.partials().contains(key)) {
      problems.add(
          new LiquidFault(
              include.keyAt(),
              "unknown partial '" + key + "'" + Nearest.suggestion(key, known.partials())));
    }
    return include;
  }

  /** Every line of a comment after a sharp begins with one. */
  private void comment(Tag tag) {
    String text = source.substring(tag.arguments().from(), tag.arguments().to());
    for (int i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) {
      String line = text.substring(i).stripLeading();
      if (!line.isEmpty() && line.charAt(0) != '#') {
        throw new LiquidFault(tag.begin(), "every line of a comment begins with '#'");
      }
    }
  }
}
