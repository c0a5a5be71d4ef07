package dev.carillon.condition;

import dev.carillon.json.Json;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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

  /** One comparison, taken apart once so that holding it against facts reads no text. */
  record Condition(Subject subject, Operator operator, Argument argument) implements Conditions {

    /**
     * As files write it, {@code event.} not being a prefix.
     *
     * @param variable {@code data.amount}, {@code recipient.plan}, {@code
     *     refs.email_1.delivery_status}
     * @param argument JSON null when the operator takes none
     */
    public Condition(String variable, Operator operator, Json argument) {
      this(Subject.of(variable), operator, argument, Path.ROOTS);
    }

    Condition(Subject subject, Operator operator, Json argument, Set<String> roots) {
      this(subject, operator, Argument.of(subject, operator, argument, roots));
    }

    /** The variable as it was written. */
    public String variable() {
      return subject.text();
    }

    /**
     * Why this can never be answered, in one sentence, as far as that shows before there is
     * anything to compare; empty when nothing speaks against it.
     */
    public Optional<String> objection() {
      return Objection.to(this);
    }
  }

  Conditions ALWAYS = new All(List.of());

  /** Every single condition, in the order in which they are written. */
  default Stream<Condition> each() {
    return switch (this) {
      case All(var items) -> items.stream().flatMap(Conditions::each);
      case Any(var items) -> items.stream().flatMap(Conditions::each);
      case Condition condition -> Stream.of(condition);
    };
  }

  /** Whether there is no single condition, in whatever groups; such conditions always hold. */
  default boolean isEmpty() {
    return each().findAny().isEmpty();
  }

  /** The refs of the steps whose messages these conditions ask about. */
  default Set<String> refs() {
    return each()
        .map(Condition::subject)
        .flatMap(
            it -> it instanceof Subject.Status status ? Stream.of(status.ref()) : Stream.empty())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /**
   * The paths that ask for what a step found that waited for an event: {@code refs.<ref>.matched}
   * and {@code refs.<ref>.signal_variables.…}. The second name of each is the step's ref.
   */
  default Set<Path> outputs() {
    return each()
        .flatMap(
            it ->
                it.subject() instanceof Subject.Value(_, var path)
                    ? Stream.concat(Stream.of(path), it.argument().paths())
                    : it.argument().paths())
        .filter(Refs::isOutput)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** The keys of the audiences that these conditions ask about. */
  default Set<String> audiences() {
    return each()
        .map(Condition::argument)
        .flatMap(
            it -> it instanceof Argument.Audience(_, var key) ? Stream.of(key) : Stream.empty())
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
