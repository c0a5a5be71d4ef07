package dev.carillon.template.css;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * A CSS selector, taken apart far enough to know its weight, what it asks of an element, and how to
 * ask jsoup for the elements. jsoup's own selectors compare classes and values without regard to
 * case and read {@code ~=} as a regular expression, so what is asked is spelled with that.
 *
 * @param text as it was written
 * @param parts from left to right; empty when it could not be read
 * @param known whether a browser knows all of it
 */
record CssSelector(String text, List<Part> parts, boolean known) {
  private static final int LONGEST = 1_000;
  private static final int MOST_PARTS = 12;

  /** What can be told from the document alone. */
  private static final Set<String> DECIDED = Set.of("first-child", "last-child", "only-child");

  /** States and positions that a browser knows; a vendor's own make it drop the whole rule. */
  private static final Pattern STATES =
      Pattern.compile(
          "hover|focus(-within|-visible)?|active|visited|(any-)?link|target|checked|disabled|"
              + "enabled|required|optional|valid|invalid|read-only|read-write|default|"
              + "indeterminate|(first|last|only)-(child|of-type)|nth-(last-)?(child|of-type)|not|"
              + "is|where|has|root|empty|lang|dir|scope|placeholder-shown|autofill");

  private static final Pattern PSEUDO_ELEMENTS =
      Pattern.compile(
          "before|after|first-line|first-letter|placeholder|selection|marker|backdrop|"
              + "file-selector-button|-webkit-.*");

  /** Attributes whose values HTML compares without regard to case, as far as mails use them. */
  private static final Set<String> ANY_CASE =
      Set.of(
          "align", "bgcolor", "border", "color", "dir", "face", "lang", "media", "method", "type",
          "valign", "shape", "size", "width", "height");

  sealed interface Test {
    record Type(String name) implements Test {}

    record Id(String id) implements Test {}

    record ClassName(String name) implements Test {}

    /** {@code operator} is 0 for presence, else one of {@code = ~ | ^ $ *}. */
    record Attribute(String name, char operator, String value) implements Test {}

    record State(String name, Optional<String> argument) implements Test {}
  }

  /** What one element must be, and how it stands to the one left of it. */
  record Part(List<Test> tests, char combinator) {}

  /** A selector; without parts when it cannot be read. */
  static CssSelector parse(String text) {
    String stripped = text.strip();
    // Left over from what stood before: a browser takes it for a part of the selector.
    if (stripped.indexOf(';') >= 0 || stripped.indexOf('}') >= 0) {
      return new CssSelector(stripped, List.of(), false);
    }
    if (stripped.length() > LONGEST) {
      return new CssSelector(stripped, List.of(), true);
    }
    return new Reader(stripped).read();
  }

  /** Whether it can be decided on the document alone. */
  boolean decided() {
    return known
        && !parts.isEmpty()
        && tests()
            .allMatch(test -> !(test instanceof Test.State(var name, _)) || DECIDED.contains(name));
  }

  /** Whether it selects a pseudo-element, to which no {@code style} attribute speaks. */
  boolean ofPseudoElement() {
    return !parts.isEmpty()
        && parts.getLast().tests().stream()
            .anyMatch(
                test ->
                    test instanceof Test.State(var name, _)
                        && PSEUDO_ELEMENTS.matcher(name).matches());
  }

  /** Ids, then classes, attributes and states, then types, a byte each. */
  int specificity() {
    int sum = tests().mapToInt(CssSelector::weight).sum();
    return Math.min(sum, 0xffffff);
  }

  private static int weight(Test test) {
    return switch (test) {
      case Test.Id _ -> 1 << 16;
      case Test.ClassName _, Test.Attribute _ -> 1 << 8;
      case Test.Type _ -> 1;
      case Test.State(var name, var argument) ->
          switch (name) {
            case "where" -> 0;
            case "is", "not", "has" ->
                argument.stream()
                    .flatMap(list -> CssText.split(list, ',').stream())
                    .mapToInt(inner -> parse(inner).specificity())
                    .max()
                    .orElse(0);
            default -> PSEUDO_ELEMENTS.matcher(name).matches() ? 1 : 1 << 8;
          };
    };
  }

  private java.util.stream.Stream<Test> tests() {
    return parts.stream().flatMap(part -> part.tests().stream());
  }

  /**
   * What elements must have to match at all, for an index: {@code #id}, {@code .class}, a type's
   * name, or {@code *}.
   */
  String key() {
    String key = "*";
    for (Test test : parts.isEmpty() ? List.<Test>of() : parts.getLast().tests()) {
      switch (test) {
        case Test.Id(var id) -> {
          return "#" + id;
        }
        case Test.ClassName(var name) -> key = "." + name;
        case Test.Type(var name) -> key = key.startsWith(".") ? key : name;
        case Test.Attribute _, Test.State _ -> {}
      }
    }
    return key;
  }

  /**
   * A selector of at least the elements that this one could ever select, without states and without
   * what {@code absent} says that the document lacks, as a mail client may add it. Left of a part
   * that lost something nothing is asked.
   */
  CssSelector relaxed(Predicate<Test> absent) {
    var kept = new ArrayList<Part>();
    for (Part part : parts.reversed()) {
      List<Test> tests =
          part.tests().stream()
              .filter(test -> !(test instanceof Test.State) && !absent.test(test))
              .toList();
      boolean whole = tests.size() == part.tests().size();
      boolean last = kept.isEmpty();
      if (!whole && !last && tests.isEmpty()) {
        break;
      }
      kept.addFirst(new Part(tests, part.combinator()));
      if (!whole && part.tests().stream().anyMatch(absent)) {
        break;
      }
    }
    return new CssSelector(text, List.copyOf(kept), true);
  }

  /** Whether one of its tests is such. */
  boolean asks(Predicate<Test> predicate) {
    return tests().anyMatch(predicate);
  }

  /** Whether elements are compared with others for it. */
  boolean compares() {
    return parts.size() > 1;
  }

  /** For jsoup; empty when it cannot be put in its words. States are left out. */
  Optional<String> query() {
    var query = new StringBuilder();
    for (int i = 0; i < parts.size(); i++) {
      Part part = parts.get(i);
      if (i > 0) {
        query.append(part.combinator() == ' ' ? " " : " " + part.combinator() + " ");
      }
      int start = query.length();
      for (Test test : part.tests()) {
        Optional<String> word = word(test);
        if (word.isEmpty()) {
          return Optional.empty();
        }
        query.append(word.get());
      }
      if (query.length() == start) {
        query.append('*');
      }
    }
    return query.isEmpty() ? Optional.empty() : Optional.of(query.toString());
  }

  private static Optional<String> word(Test test) {
    return switch (test) {
      case Test.Type(var name) -> Optional.of(name);
      case Test.Id(var id) -> matching("id", "", "\\A", id, "\\z");
      case Test.ClassName(var name) -> matching("class", "", "(?:^|\\s)", name, "(?:\\s|$)");
      case Test.Attribute(var name, var operator, var value) -> {
        String flags = ANY_CASE.contains(name) ? "(?i)" : "";
        yield switch (operator) {
          case 0 -> Optional.of("[" + name + "]");
          case '=' -> matching(name, flags, "\\A", value, "\\z");
          case '~' -> matching(name, flags, "(?:^|\\s)", value, "(?:\\s|$)");
          case '|' -> matching(name, flags, "\\A", value, "(?:-|\\z)");
          case '^' -> matching(name, flags, "\\A", value, "");
          case '$' -> matching(name, flags, "", value, "\\z");
          default -> matching(name, flags, "", value, "");
        };
      }
      case Test.State(var name, _) -> Optional.of(DECIDED.contains(name) ? ":" + name : "");
    };
  }

  private static Optional<String> matching(
      String attribute, String flags, String before, String value, String after) {
    boolean quotable = value.chars().noneMatch(c -> "[]()\"'\\".indexOf(c) >= 0);
    return quotable && !value.isEmpty()
        ? Optional.of("[" + attribute + "~=" + flags + before + "\\Q" + value + "\\E" + after + "]")
        : Optional.empty();
  }

  private static final class Reader {
    private final String text;
    private int at;
    private boolean known = true;

    Reader(String text) {
      this.text = text;
    }

    CssSelector read() {
      var parts = new ArrayList<Part>();
      char combinator = ' ';
      while (true) {
        Optional<List<Test>> tests = part();
        if (tests.isEmpty() || parts.size() == MOST_PARTS) {
          return new CssSelector(text, List.of(), known);
        }
        parts.add(new Part(tests.get(), combinator));
        if (at == text.length()) {
          return new CssSelector(text, List.copyOf(parts), known);
        }
        combinator = combinator();
        if (combinator == 0) {
          return new CssSelector(text, List.of(), known);
        }
      }
    }

    /** 0 when there is none. */
    private char combinator() {
      char found = 0;
      for (; at < text.length(); at++) {
        char c = text.charAt(at);
        if (c == '>' || c == '+' || c == '~') {
          if (found == '>' || found == '+' || found == '~') {
            return 0;
          }
          found = c;
        } else if (Character.isWhitespace(c)) {
          found = found == 0 ? ' ' : found;
        } else {
          break;
        }
      }
      return found;
    }

    /** The tests of one element; empty when there are none or one cannot be read. */
    private Optional<List<Test>> part() {
      var tests = new ArrayList<Test>();
      int start = at;
      if (at < text.length() && text.charAt(at) == '*') {
        at++;
      } else if (at < text.length() && isName(text.charAt(at))) {
        tests.add(new Test.Type(name().toLowerCase(Locale.ROOT)));
      }
      while (at < text.length() && ".#[:".indexOf(text.charAt(at)) >= 0) {
        Optional<Test> test =
            switch (text.charAt(at++)) {
              case '[' -> attribute();
              case ':' -> state();
              case '#' -> Optional.of(name()).filter(it -> !it.isEmpty()).map(Test.Id::new);
              default -> Optional.of(name()).filter(it -> !it.isEmpty()).map(Test.ClassName::new);
            };
        if (test.isEmpty()) {
          return Optional.empty();
        }
        tests.add(test.get());
      }
      return at == start ? Optional.empty() : Optional.of(List.copyOf(tests));
    }

    private Optional<Test> state() {
      boolean element = at < text.length() && text.charAt(at) == ':';
      at += element ? 1 : 0;
      String name = name().toLowerCase(Locale.ROOT);
      Optional<String> argument = Optional.empty();
      if (at < text.length() && text.charAt(at) == '(') {
        int close = CssText.find(text, at + 1, ")");
        if (close == text.length()) {
          return Optional.empty();
        }
        argument = Optional.of(text.substring(at + 1, close));
        at = close + 1;
      }
      known &=
          PSEUDO_ELEMENTS.matcher(name).matches() || !element && STATES.matcher(name).matches();
      return name.isEmpty() ? Optional.empty() : Optional.of(new Test.State(name, argument));
    }

    private Optional<Test> attribute() {
      int close = text.indexOf(']', at);
      if (close < 0) {
        return Optional.empty();
      }
      String inner = text.substring(at, close);
      at = close + 1;
      int equals = inner.indexOf('=');
      if (equals < 0) {
        return isName(inner.strip())
            ? Optional.of(new Test.Attribute(inner.strip().toLowerCase(Locale.ROOT), '\0', ""))
            : Optional.empty();
      }
      char before = equals > 0 ? inner.charAt(equals - 1) : ' ';
      boolean two = "~|^$*".indexOf(before) >= 0;
      String name = inner.substring(0, two ? equals - 1 : equals).strip();
      String value = inner.substring(equals + 1).strip();
      if (value.length() > 1 && "\"'".indexOf(value.charAt(0)) >= 0) {
        if (value.charAt(value.length() - 1) != value.charAt(0)) {
          return Optional.empty();
        }
        value = value.substring(1, value.length() - 1);
      }
      return isName(name) && value.indexOf('\\') < 0
          ? Optional.of(
              new Test.Attribute(name.toLowerCase(Locale.ROOT), two ? before : '=', value))
          : Optional.empty();
    }

    /** A name, what is escaped in it as it is meant. */
    private String name() {
      var name = new StringBuilder();
      while (at < text.length()) {
        char c = text.charAt(at);
        if (c == '\\' && at + 1 < text.length() && Character.digit(text.charAt(at + 1), 16) < 0) {
          name.append(text.charAt(at + 1));
          at += 2;
        } else if (isName(c)) {
          name.append(c);
          at++;
        } else {
          break;
        }
      }
      return name.toString();
    }

    private static boolean isName(String text) {
      return !text.isEmpty() && text.chars().allMatch(c -> isName((char) c));
    }

    private static boolean isName(char c) {
      return Character.isLetterOrDigit(c) || c == '-' || c == '_' || c >= 0x80;
    }
  }
}
