package dev.carillon.condition;

import dev.carillon.condition.Conditions.Condition;
import dev.carillon.json.Json;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Why a condition can never be answered, or always is answered alike, as far as that shows before
 * there is anything to compare.
 */
final class Objection {
  private static final Set<String> WHO = Set.of("recipient", "recipient.id");
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  private Objection() {}

  static Optional<String> to(Condition condition) {
    return switch (condition.subject()) {
      case Subject.Status _ -> StatusComparison.objection(condition);
      case Subject.Fixed _ -> toArgument(condition);
      case Subject.Value(var text, var path) ->
          toVariable(text, path).or(() -> toArgument(condition));
    };
  }

  private static Optional<String> toVariable(String text, Path path) {
    if (text.isBlank()) {
      return Optional.of("A condition needs a variable.");
    }
    if (Refs.isRef(path) && !Refs.isOutput(path)) {
      return Optional.of(
          "\""
              + text
              + "\" is not supported; of a step, conditions can ask for delivery_status,"
              + " engagement_status and status, and for matched and signal_variables if it waits"
              + " for an event.");
    }
    return path.names().contains("")
        ? Optional.of("\"" + text + "\" is no path.")
        : Optional.empty();
  }

  /** A status can be asked about only where there is an order of statuses to compare in. */
  private static Optional<String> toStatus(Argument argument) {
    return argument
        .paths()
        .filter(path -> Refs.isRef(path) && !Refs.isOutput(path))
        .findFirst()
        .map(path -> "\"" + path.text() + "\" can be a variable, but not an argument.");
  }

  private static Optional<String> toArgument(Condition condition) {
    return toStatus(condition.argument()).or(() -> toOperator(condition));
  }

  private static Optional<String> toOperator(Condition condition) {
    Argument argument = condition.argument();
    if (argument.given() instanceof Json.Null && needsArgument(condition.operator())) {
      return Optional.of(condition.operator().wireName() + " needs an argument.");
    }
    return switch (condition.operator()) {
      case EQUAL_TO,
          NOT_EQUAL_TO,
          CONTAINS,
          NOT_CONTAINS,
          CONTAINS_ALL,
          NOT_CONTAINS_ALL,
          EMPTY,
          NOT_EMPTY,
          EXISTS,
          NOT_EXISTS,
          IS_TIMESTAMP,
          IS_NOT_TIMESTAMP,
          IS_TIMESTAMP_BEFORE_NOW,
          IS_TIMESTAMP_ON_OR_AFTER_NOW ->
          Optional.empty();
      case GREATER_THAN, GREATER_THAN_OR_EQUAL_TO, LESS_THAN, LESS_THAN_OR_EQUAL_TO ->
          ordered(argument);
      case IS_TIMESTAMP_BEFORE,
          IS_TIMESTAMP_ON_OR_AFTER,
          IS_TIMESTAMP_BEFORE_DATE,
          IS_TIMESTAMP_ON_OR_AFTER_DATE ->
          moment(argument);
      case IS_BETWEEN -> range(argument).or(() -> bounds(argument, Objection::ordered));
      case IS_TIMESTAMP_BETWEEN -> range(argument).or(() -> bounds(argument, Objection::moment));
      case IS_AUDIENCE_MEMBER, IS_NOT_AUDIENCE_MEMBER -> audience(condition);
      case IS_IN_RANDOM_COHORT -> cohort(condition);
    };
  }

  /** What equals nothing may be asked for by giving nothing. */
  private static boolean needsArgument(Operator operator) {
    return !operator.unary() && operator != Operator.EQUAL_TO && operator != Operator.NOT_EQUAL_TO;
  }

  private static Optional<String> ordered(Argument argument) {
    return argument instanceof Argument.Fixed(_, var value)
            && !(value instanceof Json.Num || value instanceof Json.Str)
        ? Optional.of("Only numbers and texts have an order.")
        : Optional.empty();
  }

  private static Optional<String> moment(Argument argument) {
    return argument instanceof Argument.Fixed(_, var value) && !Moment.names(value)
        ? Optional.of(
            "A timestamp is compared with another one, 30_days_ago or the like, or a path.")
        : Optional.empty();
  }

  private static Optional<String> range(Argument argument) {
    return switch (argument) {
      case Argument.Range(_, var bounds) when bounds.size() == 2 -> Optional.empty();
      case Argument.At _ -> Optional.empty();
      case Argument.Range _, Argument.Fixed _, Argument.Statuses _, Argument.Audience _ ->
          Optional.of("A range is a list of two bounds.");
    };
  }

  private static Optional<String> bounds(
      Argument argument, Function<Argument, Optional<String>> check) {
    return argument instanceof Argument.Range(_, var bounds)
        ? bounds.stream().flatMap(bound -> check.apply(bound).stream()).findFirst()
        : Optional.empty();
  }

  private static Optional<String> audience(Condition condition) {
    if (!WHO.contains(condition.variable())) {
      return Optional.of(
          "The variable must be recipient: only the recipient's membership can be asked for.");
    }
    return condition.argument() instanceof Argument.Audience(_, var key) && !key.isBlank()
        ? Optional.empty()
        : Optional.of("An audience is named by its key.");
  }

  private static Optional<String> cohort(Condition condition) {
    if (!condition.variable().equals("recipient.id")) {
      return Optional.of("A random cohort is one of recipients: the variable is recipient.id.");
    }
    return condition.argument() instanceof Argument.Fixed(_, Json.Num(var percent))
            && percent.signum() >= 0
            && percent.compareTo(HUNDRED) <= 0
            && percent.stripTrailingZeros().scale() <= 1
        ? Optional.empty()
        : Optional.of("A cohort is a percentage from 0 to 100 with at most one decimal place.");
  }
}
