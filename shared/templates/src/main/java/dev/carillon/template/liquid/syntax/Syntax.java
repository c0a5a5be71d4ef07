package dev.carillon.template.liquid.syntax;

import dev.carillon.template.liquid.value.LiquidFault;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * A source that was read.
 *
 * @param parts what is rendered; nothing when there are problems
 * @param partials the keys of the partials that it names
 * @param problems all that was found wrong, each with its offset
 */
public record Syntax(List<TemplatePart> parts, Set<String> partials, List<LiquidFault> problems) {

  /**
   * What a template may use.
   *
   * @param filters their names
   * @param misuse what is wrong with a filter whose arguments are these texts in quotes, or empty
   * @param partials their keys
   */
  public record Known(
      Set<String> filters,
      BiFunction<String, List<Optional<String>>, Optional<String>> misuse,
      Set<String> partials) {}

  public Syntax {
    parts = List.copyOf(parts);
    partials = Set.copyOf(partials);
    problems = List.copyOf(problems);
  }

  /** Reads a source. Never throws for what it holds. */
  public static Syntax read(String source, Known known) {
    return new Parser(source, known).read();
  }
}
