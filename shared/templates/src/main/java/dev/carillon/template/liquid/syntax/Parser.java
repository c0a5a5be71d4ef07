package dev.carillon.template.liquid.syntax;

import dev.carillon.template.Limits;
import dev.carillon.template.liquid.syntax.Expression.FilterUse;
import dev.carillon.template.liquid.syntax.Expression.Operand;
import dev.carillon.template.liquid.syntax.Part.Binding;
import dev.carillon.template.liquid.syntax.Part.Branch;
import dev.carillon.template.liquid.syntax.Part.Walk;
import dev.carillon.template.liquid.syntax.Part.When;
import dev.carillon.template.liquid.syntax.Syntax.Known;
import dev.carillon.template.liquid.syntax.Token.Tag;
import dev.carillon.template.liquid.value.Datum;
import dev.carillon.template.liquid.value.LiquidFault;
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
          "assign", "capture", "case", "comment", "cycle", "decrement", "increment", "echo", "for",
          "break", "continue", "if", "unless", "liquid", "raw", "render", "t", "tablerow", "#");

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
    var parts = new ArrayList<Part>();
    try {
      if (source.length() > Limits.SOURCE_CHARS) {
        throw new LiquidFault("it is longer than " + Limits.SOURCE_CHARS + " characters");
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

  private void part(Token token, List<Part> parts) {
    switch (token) {
      case Token.Html html -> {
        if (html.from() < html.to()) {
          parts.add(new Part.Verbatim(html.begin(), source.substring(html.from(), html.to())));
        }
      }
      case Token.Output output -> {
        var cursor = new Cursor(source, output.inside());
        parts.add(new Part.Print(output.begin(), expression(cursor)));
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

  private Optional<Part> tag(Tag tag) {
    var cursor = new Cursor(source, tag.arguments());
    int at = tag.begin();
    return switch (tag.name()) {
      case "assign" -> Optional.of(assign(at, cursor));
      case "capture" -> Optional.of(capture(tag, cursor));
      case "case" -> Optional.of(match(tag, cursor));
      case "comment" -> {
        skipTo(tag, "endcomment");
        yield Optional.empty();
      }
      case "cycle" -> Optional.of(cycle(at, cursor));
      case "increment" -> Optional.of(new Part.Count(at, cursor.identifier(), true));
      case "decrement" -> Optional.of(new Part.Count(at, cursor.identifier(), false));
      case "echo" -> {
        cursor.skipBlank();
        yield cursor.atEnd()
            ? Optional.empty()
            : Optional.of(new Part.Print(at, expression(cursor)));
      }
      case "for" -> Optional.of(each(tag, cursor));
      case "break" -> Optional.of(new Part.Break(at));
      case "continue" -> Optional.of(new Part.Continue(at));
      case "if" -> Optional.of(chooseIf(tag, cursor));
      case "unless" -> Optional.of(chooseUnless(tag, cursor));
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
            && problems.stream().anyMatch(it -> it.getMessage().contains("'" + name.substring(3) + "'"));
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

  private Expression expression(Cursor cursor) {
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
    }
    return expression;
  }

  /**
   * Reads up to one of the tags that end this stretch; that tag.
   *
   * @param opener the tag that is never closed when there is none
   */
  private Tag body(Tag opener, List<Part> parts, Set<String> ends) {
    if (++depth > Limits.NESTING) {
      throw new LiquidFault(
          opener.begin(), "tags are nested more than " + Limits.NESTING + " deep");
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

  private void noArguments(Tag tag) {
    if (tag.arguments().from() < tag.arguments().to()) {
      throw new LiquidFault(
          tag.arguments().from(), "nothing may follow '" + tag.name() + "' in its tag");
    }
  }

  private Part assign(int at, Cursor cursor) {
    String name = cursor.identifier();
    cursor.skipBlank();
    if (name.isEmpty() || cursor.peek() != '=') {
      throw cursor.fault("an assignment is written name = value");
    }
    cursor.advance();
    return new Part.Assign(at, name, expression(cursor));
  }

  private Part capture(Tag tag, Cursor cursor) {
    String name = cursor.identifier();
    if (name.isEmpty()) {
      name =
          cursor
              .quoted()
              .map(Parser::constantText)
              .orElseThrow(() -> cursor.fault("the name of a variable is expected here"));
    }
    var body = new ArrayList<Part>();
    body(tag, body, Set.of("endcapture"));
    return new Part.Capture(tag.begin(), name, body);
  }

  private Part cycle(int at, Cursor cursor) {
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
    return new Part.Cycle(at, group, List.copyOf(candidates), String.join(",", texts));
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

  private Part each(Tag tag, Cursor cursor) {
    Walk walk = walk(tag, cursor);
    var body = new ArrayList<Part>();
    var otherwise = new ArrayList<Part>();
    List<Part> current = body;
    while (true) {
      Tag end = body(tag, current, Set.of("else", "endfor"));
      noArguments(end);
      if (end.name().equals("endfor")) {
        return new Part.Each(tag.begin(), walk, List.copyOf(body), List.copyOf(otherwise));
      }
      current = otherwise;
    }
  }

  private Part table(Tag tag, Cursor cursor) {
    Walk walk = walk(tag, cursor);
    var body = new ArrayList<Part>();
    body(tag, body, Set.of("endtablerow"));
    return new Part.Table(tag.begin(), walk, List.copyOf(body));
  }

  private Part chooseIf(Tag tag, Cursor cursor) {
    var branches = new ArrayList<Branch>();
    var otherwise = new ArrayList<Part>();
    Expression condition = expression(cursor);
    boolean last = false;
    while (true) {
      var body = new ArrayList<Part>();
      Tag end = body(tag, last ? otherwise : body, Set.of("elsif", "else", "endif"));
      if (!last) {
        branches.add(new Branch(condition, true, List.copyOf(body)));
      }
      switch (end.name()) {
        case "endif" -> {
          noArguments(end);
          return new Part.Choose(tag.begin(), List.copyOf(branches), List.copyOf(otherwise));
        }
        case "elsif" -> condition = expression(new Cursor(source, end.arguments()));
        default -> noArguments(end);
      }
      if (last) {
        throw new LiquidFault(end.begin(), "'" + end.name() + "' stands after 'else'");
      }
      last = end.name().equals("else");
    }
  }

  /** Of what stands after {@code else}, only what comes before the next branch counts. */
  private Part chooseUnless(Tag tag, Cursor cursor) {
    var branches = new ArrayList<Branch>();
    var otherwise = new ArrayList<Part>();
    Expression condition = expression(cursor);
    List<Part> body = new ArrayList<>();
    boolean wanted = false;
    boolean open = true;
    boolean last = false;
    while (true) {
      Tag end = body(tag, body, Set.of("elsif", "else", "endunless"));
      if (open) {
        branches.add(new Branch(condition, wanted, List.copyOf(body)));
      }
      open = end.name().equals("elsif") && !last;
      if (end.name().equals("endunless")) {
        return new Part.Choose(tag.begin(), List.copyOf(branches), List.copyOf(otherwise));
      }
      body = end.name().equals("else") && !last ? otherwise : new ArrayList<>();
      if (open) {
        condition = expression(new Cursor(source, end.arguments()));
        wanted = true;
      }
      last = last || end.name().equals("else");
    }
  }

  /** What stands before the first {@code when} is left out. */
  private Part match(Tag tag, Cursor cursor) {
    Expression subject = expression(cursor);
    var branches = new ArrayList<When>();
    var otherwise = new ArrayList<Part>();
    List<Part> body = new ArrayList<>();
    List<Operand> values = List.of();
    int elses = 0;
    while (true) {
      Tag end = body(tag, body, Set.of("when", "else", "endcase"));
      if (!values.isEmpty()) {
        branches.add(new When(values, List.copyOf(body)));
        values = List.of();
      }
      switch (end.name()) {
        case "endcase" -> {
          return new Part.Match(
              tag.begin(), subject, List.copyOf(branches), List.copyOf(otherwise));
        }
        case "when" -> {
          if (elses == 0) {
            values = whenValues(new Cursor(source, end.arguments()));
            body = new ArrayList<>();
          }
        }
        default -> body = ++elses == 1 ? otherwise : new ArrayList<>();
      }
    }
  }

  private static List<Operand> whenValues(Cursor cursor) {
    var values = new ArrayList<Operand>();
    while (!cursor.atEnd()) {
      values.add(cursor.requiredOperand());
      cursor.skipBlank();
      cursor.skipBehind(cursor.peek() == ',' ? "," : "or");
    }
    return List.copyOf(values);
  }

  private Part lines(Tag tag) {
    var outer = tokens;
    int resume = next;
    if (++depth > Limits.NESTING) {
      throw new LiquidFault(tag.begin(), "tags are nested more than " + Limits.NESTING + " deep");
    }
    tokens = Lexer.lines(source, tag.arguments());
    next = 0;
    var body = new ArrayList<Part>();
    while (next < tokens.size()) {
      part(tokens.get(next++), body);
    }
    depth--;
    tokens = outer;
    next = resume;
    return new Part.Lines(tag.begin(), List.copyOf(body));
  }

  private Part raw(Tag tag) {
    int from = next < tokens.size() ? tokens.get(next).begin() : source.length();
    skipTo(tag, "endraw");
    return new Part.Verbatim(tag.begin(), source.substring(from, tokens.get(next - 1).begin()));
  }

  private Part translate(Tag tag) {
    var body = new ArrayList<Part>();
    Tag end = body(tag, body, Set.of("endt"));
    return new Part.Translate(
        tag.begin(), source.substring(tag.end(), end.begin()), List.copyOf(body));
  }

  private Part include(int at, Cursor cursor) {
    cursor.skipBlank();
    int begin = cursor.position();
    String key =
        cursor
            .quoted()
            .map(Parser::constantText)
            .filter(it -> !it.contains("{{") && !it.contains("{%"))
            .orElseThrow(
                () -> new LiquidFault(begin, "'render' names a partial by its key in quotes"));
    if (!known.partials().contains(key)) {
      problems.add(
          new LiquidFault(
              begin, "unknown partial '" + key + "'" + Nearest.suggestion(key, known.partials())));
    }
    partials.add(key);
    Optional<Binding> with = Optional.empty();
    Optional<Binding> each = Optional.empty();
    while (true) {
      cursor.skipBlank();
      int before = cursor.position();
      String word = cursor.identifier();
      Optional<Binding> binding =
          word.equals("with") || word.equals("for") ? binding(key, cursor) : Optional.empty();
      if (binding.isEmpty()) {
        cursor.moveTo(before);
        return new Part.Include(at, key, with, each, cursor.hash());
      }
      if (word.equals("with")) {
        with = binding;
      } else {
        each = binding;
      }
    }
  }

  /** What follows {@code with} or {@code for}; empty when that is the name of an input. */
  private Optional<Binding> binding(String key, Cursor cursor) {
    cursor.skipBlank();
    int begin = cursor.position();
    if (cursor.peek() == ':') {
      return Optional.empty();
    }
    Optional<Operand> value = cursor.operand();
    if (value.isEmpty()) {
      return Optional.empty();
    }
    int behind = cursor.position();
    String name = key;
    if (cursor.identifier().equals("as")) {
      name = cursor.identifier();
    } else {
      cursor.moveTo(behind);
    }
    String text = source.substring(begin, behind);
    cursor.skipBlank();
    if (cursor.peek() == ',') {
      cursor.advance();
    }
    return Optional.of(new Binding(value.get(), name, text));
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

  private static String constantText(Operand operand) {
    return operand instanceof Expression.Constant(Datum.Text(var text, _)) ? text : "";
  }
}
