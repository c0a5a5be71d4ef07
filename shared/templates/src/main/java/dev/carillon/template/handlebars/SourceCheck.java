package dev.carillon.template.handlebars;

import dev.carillon.template.render.TemplateLimits;
import dev.carillon.template.render.TemplateProblem;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What can be told from a template's source before the parser sees it: how deep it nests, which
 * helpers and partials it names, and whether it uses what is not offered here.
 */
final class SourceCheck {
  private static final Pattern PARTIAL_KEY = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]*");
  private static final Set<String> NEED_A_VALUE = Set.of("if", "unless", "each", "with");
  private static final Set<String> CHANGE_WHAT_IS_SEEN = Set.of("each", "with");

  /** What Knock's own templates are written in; between these braces nothing else is. */
  private static final Pattern LIQUID = Pattern.compile("\\{%-?\\s*[a-z_]+[^%{}]*%}");

  /**
   * A tag that includes a partial.
   *
   * @param start of the tag, and {@code end} the offset after it
   * @param from where what it is given begins, and {@code to} the offset after that
   * @param inputs the names that it is given
   * @param whole whether it is also given an object with all that this holds
   */
  record Inclusion(
      String key, int start, int end, int from, int to, Set<String> inputs, boolean whole) {}

  /**
   * A tag that prints what it names, escaped.
   *
   * @param start of the tag, and {@code end} the offset after it
   * @param from where what it names begins, and {@code to} the offset after that
   * @param call whether it calls a helper
   */
  record Output(int start, int end, int from, int to, boolean call) {
    String body(String source) {
      return source.substring(from, to);
    }
  }

  /**
   * @param variables names that are printed as they are, such as {@code content}
   * @param needed names that it reads from what it is rendered with and does not test
   * @param depth deepest nesting of blocks
   * @param written the source as it was written
   * @param edits what the parser wants otherwise: in <code>{"n":{{n}}}</code>, as JSON has it, the
   *     tag is closed by the first two braces
   */
  record Findings(
      List<TemplateProblem> problems,
      List<Inclusion> partials,
      Set<String> variables,
      Set<String> needed,
      List<Output> outputs,
      int depth,
      String written,
      SourceEdits edits) {}

  /**
   * A block that opens at an offset of the source.
   *
   * @param levels how many it takes: one, and one per chained else
   */
  private record Block(int offset, int levels) {}

  /** Where the tag that is being read closes. */
  private int tagEnd;

  private final String field;
  private final String source;
  private final Set<String> helpers;
  private final List<TemplateProblem> problems = new ArrayList<>();
  private final List<Inclusion> partials = new ArrayList<>();
  private final Set<String> variables = new HashSet<>();
  private final FreeNames names = new FreeNames();
  private final List<Output> outputs = new ArrayList<>();
  private final SourceEdits edits = new SourceEdits();
  private final ArrayDeque<Block> open = new ArrayDeque<>();

  private int depth;
  private int deepest;

  private SourceCheck(String field, String source, Set<String> helpers) {
    this.field = field;
    this.source = source;
    this.helpers = helpers;
  }

  static Findings of(String field, String source, Set<String> helpers) {
    var check = new SourceCheck(field, source, helpers);
    if (source.length() > TemplateLimits.SOURCE_CHARS) {
      check.problems.add(
          TemplateProblem.of(
              field, "it is longer than " + TemplateLimits.SOURCE_CHARS + " characters"));
    } else {
      check.scan();
    }
    return new Findings(
        check.problems,
        check.partials,
        check.variables,
        check.names.needed(),
        check.outputs,
        check.deepest,
        source,
        check.edits);
  }

  private void scan() {
    var liquid = LIQUID.matcher(source);
    if (liquid.find()) {
      refuse(liquid.start(), "tags in {% %} are Liquid, but templates here are Handlebars");
    }
    int at = source.indexOf("{{");
    while (at >= 0) {
      at = source.indexOf("{{", isEscaped(at) ? at + 2 : tag(at));
    }
    if (deepest > TemplateLimits.NESTING) {
      // The parser would only find more of the same, at the risk of its stack.
      problems.removeIf(problem -> !problem.reason().startsWith("blocks are nested"));
    } else {
      open.reversed().forEach(block -> refuse(block.offset(), "the block is never closed"));
    }
  }

  /**
   * Whether a backslash makes text of the tag. Of two, the first makes text of the second, as in
   * JavaScript's Handlebars; the parser has no words for that but a blank that the tag takes away.
   */
  private boolean isEscaped(int at) {
    if (at == 0 || source.charAt(at - 1) != '\\') {
      return false;
    }
    if (at == 1 || source.charAt(at - 2) != '\\') {
      return true;
    }
    edits.replace(at - 1, " ");
    if (!source.startsWith("{{~", at)) {
      edits.insert(at + 2, "~");
    }
    return false;
  }

  /** Reads the tag that opens at {@code start}; the offset after it. */
  private int tag(int start) {
    if (source.startsWith("{{{{", start)) {
      refuse(start, "raw blocks ({{{{ }}}}) are not supported");
      return start + 4;
    }
    if (source.startsWith("{{!--", start) || source.startsWith("{{~!--", start)) {
      int end = source.indexOf("--", start + 5);
      while (end >= 0 && !source.startsWith("--}}", end) && !source.startsWith("--~}}", end)) {
        end = source.indexOf("--", end + 1);
      }
      return end < 0 ? source.length() : source.indexOf("}}", end) + 2;
    }
    int from = start + (source.startsWith("{{{", start) ? 3 : 2);
    int end = close(from);
    if (end < 0) {
      refuse(start, "the tag is never closed");
      return source.length();
    }
    String body = source.substring(from, end);
    int skipped = body.startsWith("~") ? 1 : 0;
    body =
        body.endsWith("~") && body.length() > 1
            ? body.substring(skipped, body.length() - 1)
            : body.substring(skipped);
    boolean triple = source.startsWith("{{{", start);
    edits.indexes(source, from, end);
    tagEnd = end;
    statement(start, body.strip());
    if (!body.strip().startsWith("!") && TagParts.count(body) > TemplateLimits.TAG_PARTS) {
      refuse(start, "the tag has more than " + TemplateLimits.TAG_PARTS + " words and names");
    }
    if (!triple && source.startsWith("}}}", end)) {
      edits.insert(end + 2, "{{!}}");
    }
    int after = end + (triple && source.startsWith("}}}", end) ? 3 : 2);
    if (!triple && isOutput(body.strip())) {
      int first = source.indexOf(body.strip(), from);
      String name = body.strip();
      boolean call = nameEnd(name) < name.length();
      outputs.add(new Output(start, after, first, first + name.length(), call));
    }
    return after;
  }

  private static boolean isOutput(String body) {
    return !body.isEmpty()
        && "!=*/>#^&{(".indexOf(body.charAt(0)) < 0
        && !body.equals("else")
        && !body.startsWith("else ")
        && !body.startsWith("set ");
  }

  /** Where the tag's braces close, texts in quotes passed over; -1 when they never do. */
  private int close(int from) {
    if (source.startsWith("!", from)) {
      return source.indexOf("}}", from);
    }
    char quote = 0;
    for (int i = from; i < source.length(); i++) {
      char c = source.charAt(i);
      if (quote != 0) {
        if (c == '\\') {
          i++;
        } else if (c == quote) {
          quote = 0;
        }
      } else if (c == '"' || c == '\'') {
        quote = c;
      } else if (c == '}' && source.startsWith("}}", i)) {
        return i;
      }
    }
    return -1;
  }

  private void statement(int at, String body) {
    if (body.isEmpty()) {
      refuse(at, "the tag is empty");
      return;
    }
    switch (body.charAt(0)) {
      case '!' -> {}
      case '=' -> refuse(at, "changing the delimiters is not supported");
      case '*' -> refuse(at, "decorators are not supported");
      case '/' -> {
        if (!open.isEmpty()) {
          depth -= open.pop().levels();
          names.closed();
        }
      }
      case '>' -> partial(at, body.substring(1).strip());
      case '#' -> block(at, body.substring(1).strip());
      case '^' -> {
        String name = body.substring(1).strip();
        if (name.isEmpty()) {
          return;
        }
        block(at, name);
      }
      case '&' -> call(at, body.substring(1).strip(), false);
      default -> {
        if (body.equals("else")) {
          return;
        }
        if (body.startsWith("else ")) {
          if (!open.isEmpty()) {
            Block block = open.pop();
            open.push(new Block(block.offset(), block.levels() + 1));
            deeper(at);
          }
          call(at, body.substring(5).strip(), true);
          return;
        }
        call(at, body, false);
      }
    }
  }

  private void block(int at, String body) {
    open.push(new Block(at, 1));
    deeper(at);
    String name = body.substring(0, nameEnd(body));
    boolean calls = helpers.contains(name);
    names.tests(calls ? body.substring(name.length()) : body);
    names.opened(!calls || CHANGE_WHAT_IS_SEEN.contains(name));
    if (body.startsWith(">")) {
      refuse(at, "partials with a block are not supported");
    } else if (body.startsWith("*")) {
      refuse(at, "partials defined in a template are not supported");
    } else {
      call(at, body, true);
    }
  }

  private void deeper(int at) {
    depth++;
    deepest = Math.max(deepest, depth);
    if (depth == TemplateLimits.NESTING + 1) {
      refuse(at, "blocks are nested more than " + TemplateLimits.NESTING + " deep");
    }
  }

  private void partial(int at, String body) {
    if (body.startsWith("(")) {
      refuse(at, "a partial is named by its key, not by an expression");
      return;
    }
    int end = nameEnd(body);
    String key = body.substring(0, end);
    if (key.length() > 1 && "\"'[".indexOf(key.charAt(0)) >= 0) {
      key = key.substring(1, key.length() - 1);
    }
    if (!PARTIAL_KEY.matcher(key).matches()) {
      refuse(at, "'" + key + "' is not the key of a partial");
      return;
    }
    int name = source.indexOf(body, at);
    String given = body.substring(end).strip();
    int from = given.isEmpty() ? name + end : source.indexOf(given, name + end);
    List<String> tokens = FreeNames.tokens(given);
    partials.add(
        new Inclusion(
            key,
            at,
            tagEnd + 2,
            from,
            from + given.length(),
            FreeNames.assigned(tokens),
            !tokens.isEmpty() && !FreeNames.isAssignment(tokens.getFirst())));
    names.reads(given, helpers);
    expressions(at, given);
  }

  private void call(int at, String body, boolean block) {
    int end = nameEnd(body);
    String name = body.substring(0, end);
    String arguments = body.substring(end).strip();
    boolean has = !arguments.isEmpty() && !arguments.startsWith("as |");
    if (!block) {
      names.reads(has ? body : name, helpers);
      if (name.equals("set")) {
        names.sets(arguments);
      }
    } else if (body.startsWith("if ") || body.startsWith("unless ")) {
      names.tests(arguments);
    }
    if (name.indexOf('|') >= 0 || arguments.startsWith("|")) {
      refuse(at, "filters after | are Liquid, but templates here are Handlebars");
    } else if (has && !helpers.contains(name)) {
      refuse(at, "unknown helper '" + name + "'");
    } else if (!has && block && NEED_A_VALUE.contains(name)) {
      refuse(at, "'" + name + "' needs a value");
    } else if (!has && !block) {
      variables.add(name);
    } else if (has) {
      HelperLiterals.problem(name, arguments).ifPresent(reason -> refuse(at, reason));
    }
    expressions(at, arguments);
  }

  /** The calls in parentheses among a tag's arguments. */
  private void expressions(int at, String arguments) {
    int nested = 0;
    char quote = 0;
    for (int i = 0; i < arguments.length(); i++) {
      char c = arguments.charAt(i);
      if (quote != 0) {
        if (c == '\\') {
          i++;
        } else if (c == quote) {
          quote = 0;
        }
      } else if (c == '"' || c == '\'') {
        quote = c;
      } else if (c == ')') {
        nested--;
      } else if (c == '(') {
        if (++nested > TemplateLimits.NESTING) {
          refuse(at, "blocks are nested more than " + TemplateLimits.NESTING + " deep");
          deepest = TemplateLimits.NESTING + 1;
          return;
        }
        String inner = arguments.substring(i + 1).stripLeading();
        String name = inner.substring(0, nameEnd(inner));
        if (!helpers.contains(name)) {
          refuse(at, "unknown helper '" + name + "'");
        } else {
          HelperLiterals.problem(name, inner.substring(name.length()))
              .ifPresent(reason -> refuse(at, reason));
        }
      }
    }
  }

  private static int nameEnd(String body) {
    if (!body.isEmpty()
        && (body.charAt(0) == '"' || body.charAt(0) == '\'' || body.charAt(0) == '[')) {
      int end = body.indexOf(body.charAt(0) == '[' ? ']' : body.charAt(0), 1);
      return end < 0 ? body.length() : end + 1;
    }
    int end = 0;
    while (end < body.length()
        && !Character.isWhitespace(body.charAt(end))
        && "()".indexOf(body.charAt(end)) < 0) {
      end++;
    }
    return end;
  }

  private void refuse(int at, String reason) {
    problems.add(TemplateProblem.at(field, source, at, reason));
  }
}
