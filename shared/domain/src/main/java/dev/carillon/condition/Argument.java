package dev.carillon.condition;

import dev.carillon.condition.Conditions.Condition;
import dev.carillon.json.Json;
import dev.carillon.json.JsonLiteral;
import java.util.Optional;
import java.util.Set;

/** What a condition's argument means. */
final class Argument {
  private static final Set<String> ROOTS =
      Set.of("data", "recipient", "actor", "vars", "workflow", "run", "tenant", "refs");

  private Argument() {}

  /**
   * What the condition compares with. A text that begins with a known prefix ({@code data.}, {@code
   * recipient.}, …) is a path; any other text that is JSON is what it says ({@code "5"} is a
   * number, {@code "[\"a\"]"} a list); the rest are themselves. A path that leads nowhere is the
   * empty text.
   *
   * <p>The two bounds of a range are read in the same way; the items of any other list, and of a
   * list that a path led to, are themselves.
   */
  static Json of(Condition condition, Facts facts) {
    Optional<String> path = path(condition.argument());
    if (path.isPresent()) {
      return at(path.get(), facts);
    }
    Json decoded = decoded(condition.argument());
    return decoded instanceof Json.Arr(var bounds) && isRange(condition)
        ? Json.array(
            bounds.stream()
                .map(bound -> path(bound).map(it -> at(it, facts)).orElseGet(() -> decoded(bound)))
                .toList())
        : decoded;
  }

  /** Whether a path in the argument leads to a secret. */
  static boolean isSecret(Condition condition, Facts facts) {
    Optional<String> path = path(condition.argument());
    if (path.isPresent()) {
      return facts.isSecret(path.get());
    }
    return isRange(condition)
        && decoded(condition.argument()) instanceof Json.Arr(var bounds)
        && bounds.stream().flatMap(bound -> path(bound).stream()).anyMatch(facts::isSecret);
  }

  private static Json at(String path, Facts facts) {
    return facts.at(path).orElse(Json.of(""));
  }

  private static Json decoded(Json argument) {
    return argument instanceof Json.Str(var text)
        ? JsonLiteral.parse(text).orElse(argument)
        : argument;
  }

  private static Optional<String> path(Json argument) {
    return argument instanceof Json.Str(var text) && isPath(text)
        ? Optional.of(text)
        : Optional.empty();
  }

  private static boolean isPath(String text) {
    int dot = text.indexOf('.');
    return dot > 0 && ROOTS.contains(text.substring(0, dot));
  }

  private static boolean isRange(Condition condition) {
    return condition.operator() == Operator.IS_BETWEEN
        || condition.operator() == Operator.IS_TIMESTAMP_BETWEEN;
  }
}
