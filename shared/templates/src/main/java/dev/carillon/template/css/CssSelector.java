package dev.carillon.template.css;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jsoup.nodes.Element;

/**
 * A CSS selector as far as it can be decided on the document alone: types, classes, ids,
 * attributes, {@code :first-child}, {@code :last-child}, {@code :only-child} and the four
 * combinators. It is matched from right to left.
 */
final class CssSelector {
  private static final char DESCENDANT = ' ';

  private sealed interface Test {
    record Type(String name) implements Test {}

    record Id(String id) implements Test {}

    record ClassName(String name) implements Test {}

    /** {@code operator} is 0 for presence, else one of {@code = ~ | ^ $ *}. */
    record Attribute(String name, char operator, String value) implements Test {}

    record Position(boolean first, boolean last) implements Test {}
  }

  /** What one element must be, and how it stands to the one left of it. */
  private record Compound(List<Test> tests, char combinator) {}

  private final List<Compound> compounds;
  private final int specificity;

  private CssSelector(List<Compound> compounds, int specificity) {
    this.compounds = compounds;
    this.specificity = specificity;
  }

  /** A selector; empty when it holds something that is not decided here. */
  static Optional<CssSelector> parse(String text) {
    return new Reader(text).read();
  }

  /** Ids, then classes, attributes and positions, then types, a byte each. */
  int specificity() {
    return specificity;
  }

  /**
   * What elements must have to match at all, for an index: {@code #id}, {@code .class}, a type's
   * name, or {@code *}.
   */
  String key() {
    String key = "*";
    for (Test test : compounds.getLast().tests()) {
      switch (test) {
        case Test.Id(var id) -> {
          return "#" + id;
        }
        case Test.ClassName(var name) -> key = "." + name;
        case Test.Type(var name) -> key = key.startsWith(".") ? key : name;
        case Test.Attribute _, Test.Position _ -> {}
      }
    }
    return key;
  }

  /**
   * Whether the element is selected.
   *
   * @param compared runs before each comparison with an element, of which there can be very many
   */
  boolean matches(Element element, Runnable compared) {
    return matches(element, compounds.size() - 1, compared);
  }

  private boolean matches(Element element, int index, Runnable compared) {
    compared.run();
    Compound compound = compounds.get(index);
    for (Test test : compound.tests()) {
      if (!passes(test, element)) {
        return false;
      }
    }
    if (index == 0) {
      return true;
    }
    switch (compound.combinator()) {
      case '>' -> {
        return element.parent() != null && matches(element.parent(), index - 1, compared);
      }
      case '+' -> {
        Element before = element.previousElementSibling();
        return before != null && matches(before, index - 1, compared);
      }
      case '~' -> {
        for (Element e = element.previousElementSibling();
            e != null;
            e = e.previousElementSibling()) {
          if (matches(e, index - 1, compared)) {
            return true;
          }
        }
        return false;
      }
      default -> {
        for (Element e = element.parent(); e != null; e = e.parent()) {
          if (matches(e, index - 1, compared)) {
            return true;
          }
        }
        return false;
      }
    }
  }

  private static boolean passes(Test test, Element element) {
    return switch (test) {
      case Test.Type(var name) -> element.normalName().equals(name);
      case Test.Id(var id) -> element.attributes().get("id").equals(id);
      case Test.ClassName(var name) -> element.hasClass(name);
      case Test.Attribute attribute -> passes(attribute, element);
      case Test.Position(var first, var last) ->
          element.parent() != null
              && (!first || element.previousElementSibling() == null)
              && (!last || element.nextElementSibling() == null);
    };
  }

  private static boolean passes(Test.Attribute attribute, Element element) {
    if (!element.hasAttr(attribute.name())) {
      return false;
    }
    String actual = element.attr(attribute.name());
    String value = attribute.value();
    return switch (attribute.operator()) {
      case 0 -> true;
      case '=' -> actual.equals(value);
      case '~' -> !value.isEmpty() && (" " + actual + " ").contains(" " + value + " ");
      case '|' -> actual.equals(value) || actual.startsWith(value + "-");
      case '^' -> !value.isEmpty() && actual.startsWith(value);
      case '$' -> !value.isEmpty() && actual.endsWith(value);
      default -> !value.isEmpty() && actual.contains(value);
    };
  }

  private static final class Reader {
    private static final int LONGEST = 1_000;
    private static final int MOST_COMPOUNDS = 12;

    private final String text;
    private int at;
    private int ids;
    private int classes;
    private int types;

    Reader(String text) {
      this.text = text.strip();
    }

    Optional<CssSelector> read() {
      if (text.isEmpty() || text.length() > LONGEST) {
        return Optional.empty();
      }
      var compounds = new ArrayList<Compound>();
      char combinator = DESCENDANT;
      while (true) {
        Optional<List<Test>> tests = compound();
        if (tests.isEmpty() || compounds.size() == MOST_COMPOUNDS) {
          return Optional.empty();
        }
        compounds.add(new Compound(tests.get(), combinator));
        if (at == text.length()) {
          int specificity =
              (Math.min(ids, 255) << 16) | (Math.min(classes, 255) << 8) | Math.min(types, 255);
          return Optional.of(new CssSelector(List.copyOf(compounds), specificity));
        }
        combinator = combinator();
        if (combinator == 0) {
          return Optional.empty();
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
          found = found == 0 ? DESCENDANT : found;
        } else {
          break;
        }
      }
      return found;
    }

    /** The tests of one element; empty when there are none or one is not known here. */
    private Optional<List<Test>> compound() {
      var tests = new ArrayList<Test>();
      int start = at;
      if (at < text.length() && text.charAt(at) == '*') {
        at++;
      } else if (at < text.length() && isName(text.charAt(at))) {
        tests.add(new Test.Type(name().toLowerCase(Locale.ROOT)));
        types++;
      }
      while (at < text.length() && ".#[:".indexOf(text.charAt(at)) >= 0) {
        char kind = text.charAt(at++);
        if (kind == '[') {
          int close = text.indexOf(']', at);
          Optional<Test> test = close < 0 ? Optional.empty() : attribute(text.substring(at, close));
          if (test.isEmpty()) {
            return Optional.empty();
          }
          tests.add(test.get());
          at = close + 1;
          classes++;
          continue;
        }
        String name = name();
        if (name.isEmpty()) {
          return Optional.empty();
        }
        switch (kind) {
          case '.' -> tests.add(new Test.ClassName(name));
          case '#' -> tests.add(new Test.Id(name));
          default -> {
            switch (name.toLowerCase(Locale.ROOT)) {
              case "first-child" -> tests.add(new Test.Position(true, false));
              case "last-child" -> tests.add(new Test.Position(false, true));
              case "only-child" -> tests.add(new Test.Position(true, true));
              default -> {
                return Optional.empty();
              }
            }
          }
        }
        if (kind == '#') {
          ids++;
        } else {
          classes++;
        }
      }
      return at == start ? Optional.empty() : Optional.of(List.copyOf(tests));
    }

    private static Optional<Test> attribute(String text) {
      int equals = text.indexOf('=');
      if (equals < 0) {
        return isName(text.strip())
            ? Optional.of(new Test.Attribute(text.strip().toLowerCase(Locale.ROOT), '\0', ""))
            : Optional.empty();
      }
      char before = equals > 0 ? text.charAt(equals - 1) : ' ';
      boolean compound = "~|^$*".indexOf(before) >= 0;
      String name = text.substring(0, compound ? equals - 1 : equals).strip();
      String value = text.substring(equals + 1).strip();
      if (value.length() > 1 && "\"'".indexOf(value.charAt(0)) >= 0) {
        if (value.charAt(value.length() - 1) != value.charAt(0)) {
          return Optional.empty();
        }
        value = value.substring(1, value.length() - 1);
      }
      return isName(name) && value.indexOf('\\') < 0
          ? Optional.of(
              new Test.Attribute(name.toLowerCase(Locale.ROOT), compound ? before : '=', value))
          : Optional.empty();
    }

    private String name() {
      int start = at;
      while (at < text.length() && isName(text.charAt(at))) {
        at++;
      }
      return text.substring(start, at);
    }

    private static boolean isName(String text) {
      return !text.isEmpty() && text.chars().allMatch(c -> isName((char) c));
    }

    private static boolean isName(char c) {
      return Character.isLetterOrDigit(c) || c == '-' || c == '_' || c >= 0x80;
    }
  }
}
