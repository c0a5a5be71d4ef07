package dev.carillon.template.liquid.syntax;

import dev.carillon.template.liquid.value.Datum;
import java.util.List;
import java.util.Map;

/**
 * A value with filters: {@code price | times: 2}.
 *
 * @param at its offset in the source
 * @param text as it is written
 * @param terms operands and operators in the order in which a stack computes them, an operator
 *     after what it takes
 */
public record Expression(int at, String text, List<Term> terms, List<FilterUse> filters) {
  public Expression {
    terms = List.copyOf(terms);
    filters = List.copyOf(filters);
  }

  public sealed interface Term permits Operand, Sign {}

  /** What gives a value by itself. */
  public sealed interface Operand extends Term {}

  /** A text, a number or a word such as {@code true} and {@code nil}. */
  public record Constant(Datum value) implements Operand {}

  /**
   * A variable and what is looked up in it.
   *
   * @param at its offset in the source
   * @param base what is looked up in; nothing for the variables
   * @param steps the keys, one after the other; the first is the variable's name when there is no
   *     base
   */
  public record Path(int at, List<Operand> base, List<Operand> steps) implements Operand {
    public Path {
      base = List.copyOf(base);
      steps = List.copyOf(steps);
    }
  }

  /** {@code (low..high)}. */
  public record Span(Operand low, Operand high) implements Operand {}

  /** An operator, by how it is written. */
  public enum Sign implements Term {
    EQUAL("==", 2),
    UNEQUAL("!=", 2),
    LESS_OR_EQUAL("<=", 2),
    GREATER_OR_EQUAL(">=", 2),
    LESS("<", 2),
    GREATER(">", 2),
    CONTAINS("contains", 2),
    NOT("not", 1),
    AND("and", 0),
    OR("or", 0);

    private final String written;
    private final int precedence;

    Sign(String written, int precedence) {
      this.written = written;
      this.precedence = precedence;
    }

    String written() {
      return written;
    }

    int precedence() {
      return precedence;
    }

    boolean isWord() {
      return Characters.isWord(written.charAt(0));
    }
  }

  /**
   * {@code | name: a, b, key: c}.
   *
   * @param at the offset of its name
   */
  public record FilterUse(
      int at, String name, List<Operand> positional, Map<String, Operand> named) {
    public FilterUse {
      positional = List.copyOf(positional);
      named = Map.copyOf(named);
    }
  }

  /** The name of the last filter; empty when there is none. */
  public String lastFilter() {
    return filters.isEmpty() ? "" : filters.getLast().name();
  }
}
