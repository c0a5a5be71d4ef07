package dev.carillon.template.handlebars;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The names that a source reads from what it is rendered with, as its tags are met in turn. What
 * stands in a block over items or an object may be theirs and is not looked at.
 */
final class FreeNames {
  /** Possessive, as each other repetition of a group takes a place on the stack. */
  private static final Pattern TOKEN =
      Pattern.compile(
          "[()]|(?:[^\\s()\"']++|\"(?:[^\"\\\\]++|\\\\.)*+\"|'(?:[^'\\\\]++|\\\\.)*+')++");

  private static final Pattern ASSIGNMENT = Pattern.compile("([\\w-]+)=(.*)", Pattern.DOTALL);
  private static final Pattern NAME = Pattern.compile("[A-Za-z_$][\\w$-]*");
  private static final Set<String> WORDS =
      Set.of("true", "false", "null", "undefined", "this", "as");

  private static final Set<String> TESTING = Set.of("default", "or", "and", "not");

  private final Set<String> read = new LinkedHashSet<>();
  private final Set<String> tested = new HashSet<>();

  /** For each block that is open whether names in it may be those of an item. */
  private final ArrayDeque<Boolean> blocks = new ArrayDeque<>();

  /** How many of them. */
  private int ofItems;

  void opened(boolean mayBeOfItem) {
    blocks.push(mayBeOfItem);
    ofItems += mayBeOfItem ? 1 : 0;
  }

  void closed() {
    Boolean mayBeOfItem = blocks.poll();
    ofItems -= mayBeOfItem != null && mayBeOfItem ? 1 : 0;
  }

  /** Names that are asked for whether there is anything: there need not be. */
  void tests(String arguments) {
    tokens(arguments).forEach(token -> name(token).ifPresent(tested::add));
  }

  /** Names that the source gives a value itself. */
  void sets(String arguments) {
    List<String> tokens = tokens(arguments);
    tested.addAll(assigned(tokens));
    tokens.stream()
        .limit(1)
        .filter(token -> token.length() > 2 && "\"'".indexOf(token.charAt(0)) >= 0)
        .forEach(token -> tested.add(token.substring(1, token.length() - 1)));
  }

  /**
   * Names that are printed or handed on.
   *
   * @param body of the tag: one name, or a call with what it is given
   */
  void reads(String body, Set<String> helpers) {
    List<String> tokens = tokens(body);
    // {{default title "…"}} has something for a name that is not there.
    if (tokens.size() > 1 && tokens.stream().anyMatch(TESTING::contains)) {
      tests(body);
      return;
    }
    boolean called = tokens.size() > 1 && !isAssignment(tokens.getFirst());
    for (String token : tokens) {
      if (!called || !helpers.contains(token)) {
        name(token).ifPresent(read::add);
      }
      called = token.endsWith("(");
    }
  }

  /** Those that it reads and nowhere tests. */
  Set<String> needed() {
    var needed = new LinkedHashSet<>(read);
    needed.removeAll(tested);
    return needed;
  }

  /** What a tag is given, piece by piece: texts in quotes stay whole, brackets are pieces. */
  static List<String> tokens(String arguments) {
    var tokens = new ArrayList<String>();
    var matcher = TOKEN.matcher(arguments);
    while (matcher.find()) {
      tokens.add(matcher.group());
    }
    return tokens;
  }

  static boolean isAssignment(String token) {
    return ASSIGNMENT.matcher(token).matches();
  }

  /** The names to the left of {@code =}, those of calls in brackets left out. */
  static Set<String> assigned(List<String> tokens) {
    var names = new LinkedHashSet<String>();
    int depth = 0;
    for (String token : tokens) {
      depth += token.equals("(") ? 1 : token.equals(")") ? -1 : 0;
      var assignment = ASSIGNMENT.matcher(token);
      if (depth == 0 && assignment.matches()) {
        names.add(assignment.group(1));
      }
    }
    return names;
  }

  /** The first name of a path of the outermost level; empty for anything else. */
  private Optional<String> name(String token) {
    var assignment = ASSIGNMENT.matcher(token);
    String path = assignment.matches() ? assignment.group(2) : token;
    int levels = ofItems;
    while (path.startsWith("../")) {
      path = path.substring(3);
      levels--;
    }
    if (path.startsWith("@root.")) {
      path = path.substring("@root.".length());
      levels = 0;
    }
    var name = NAME.matcher(path);
    return levels <= 0 && name.lookingAt() && !WORDS.contains(name.group())
        ? Optional.of(name.group())
        : Optional.empty();
  }
}
