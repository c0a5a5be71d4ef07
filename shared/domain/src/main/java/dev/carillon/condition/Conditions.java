package dev.carillon.condition;

import dev.carillon.json.Json;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * When something is to happen: a tree of conditions. An empty {@link All} always holds, an empty
 * {@link Any} never would and is not read from files.
 */
public sealed interface Conditions {

  record All(List<Conditions> items) implements Conditions {
    public All {
      items = List.copyOf(items);
    }
  }

  record Any(List<Conditions> items) implements Conditions {
    public Any {
      items = List.copyOf(items);
    }
  }

  /**
   * One comparison.
   *
   * @param variable a path: {@code data.amount}, {@code recipient.plan}, {@code
   *     refs.email_1.delivery_status}
   * @param argument as the file gives it; JSON null when the operator takes none
   */
  record Condition(String variable, Operator operator, Json argument) implements Conditions {

    /**
     * Why this can never be answered, in one sentence, as far as that shows before there is
     * anything to compare; empty when nothing speaks against it.
     */
    public Optional<String> objection() {
      return StatusComparison.objection(this);
    }
  }

  Conditions ALWAYS = new All(List.of());

  /** The refs of the steps whose messages these conditions ask about. */
  default Set<String> refs() {
    return switch (this) {
      case All(var items) -> refsOf(items);
      case Any(var items) -> refsOf(items);
      case Condition condition ->
          StatusPath.of(condition.variable()).map(path -> Set.of(path.ref())).orElse(Set.of());
    };
  }

  private static Set<String> refsOf(List<Conditions> items) {
    var refs = new TreeSet<String>();
    items.forEach(item -> refs.addAll(item.refs()));
    return refs;
  }
}
