package dev.carillon.template.liquid.syntax;

import dev.carillon.template.liquid.syntax.Expression.Operand;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a template is made of. Immutable; {@code at} is the offset of the tag in the source. */
public sealed interface TemplatePart {
  int at();

  /** Text that is printed as it stands. */
  record Verbatim(int at, String text) implements TemplatePart {}

  /** {@code {{ value }}} and {@code echo}. */
  record Print(int at, Expression value) implements TemplatePart {}

  record Assign(int at, String name, Expression value) implements TemplatePart {}

  record Capture(int at, String name, List<TemplatePart> body) implements TemplatePart {}

  /** {@code if} and {@code unless}: the first branch that applies. */
  record Choose(int at, List<Branch> branches, List<TemplatePart> otherwise)
      implements TemplatePart {}

  /**
   * @param when what the condition is to be
   */
  record Branch(Expression condition, boolean when, List<TemplatePart> body) {}

  /** {@code case}: every branch that has the value. */
  record Match(int at, Expression subject, List<When> branches, List<TemplatePart> otherwise)
      implements TemplatePart {}

  record When(List<Operand> values, List<TemplatePart> body) {}

  /** {@code for}. */
  record Each(int at, Walk walk, List<TemplatePart> body, List<TemplatePart> otherwise)
      implements TemplatePart {}

  /** {@code tablerow}. */
  record Table(int at, Walk walk, List<TemplatePart> body) implements TemplatePart {}

  /**
   * What a loop walks over.
   *
   * @param text the collection as it is written
   * @param options limit, offset, reversed, cols
   */
  record Walk(String variable, Operand collection, String text, Map<String, Operand> options) {}

  /**
   * {@code cycle}.
   *
   * @param text the candidates as they are written
   */
  record Cycle(int at, Optional<Operand> group, List<Expression> candidates, String text)
      implements TemplatePart {}

  /** {@code increment} and {@code decrement}. */
  record Count(int at, String name, boolean up) implements TemplatePart {}

  record Break(int at) implements TemplatePart {}

  record Continue(int at) implements TemplatePart {}

  /** The tags of a {@code liquid} tag. */
  record Lines(int at, List<TemplatePart> body) implements TemplatePart {}

  /**
   * {@code render}.
   *
   * @param keyAt the offset of the key
   * @param with a value that the partial gets under a name
   * @param each a list of which the partial is rendered once for each item
   */
  record Include(
      int at,
      int keyAt,
      String key,
      Optional<Binding> with,
      Optional<Binding> each,
      Map<String, Operand> inputs)
      implements TemplatePart {}

  /**
   * @param name as the partial knows it: what follows {@code as}, else the partial's key
   * @param text the value as it is written
   */
  record Binding(Operand value, String name, String text) {}

  /**
   * {@code t}.
   *
   * @param text the source between the tags, which is what translations are found by
   */
  record Translate(int at, String text, List<TemplatePart> body) implements TemplatePart {}
}
