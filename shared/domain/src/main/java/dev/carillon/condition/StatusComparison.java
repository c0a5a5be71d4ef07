package dev.carillon.condition;

import dev.carillon.condition.Conditions.Condition;
import dev.carillon.condition.Verdict.Finding;
import dev.carillon.condition.Verdict.Result;
import dev.carillon.json.Json;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What the operators mean for the status of an earlier step's messages. Of several messages the one
 * with the highest status counts.
 */
final class StatusComparison {
  private static final String SKIPPED = "skipped";

  private StatusComparison() {}

  static Finding find(Condition condition, Subject.Status path, Facts facts) {
    StepStatus status = facts.statuses().getOrDefault(path.ref(), new StepStatus.Unknown());
    boolean holds =
        switch (status) {
          case StepStatus.Unknown() -> false;
          case StepStatus.Skipped() ->
              holds(condition, path.kind(), new StepStatus.Standing(SKIPPED, Set.of()));
          case StepStatus.Made(var messages) -> holds(condition, path.kind(), highest(messages));
        };
    return new Finding(
        condition,
        condition.argument().given(),
        shown(status),
        holds ? Result.HOLDS : Result.FAILS);
  }

  /**
   * Why the condition asks something about a status that cannot be answered, whatever the status;
   * empty when it can.
   */
  static Optional<String> objection(Condition condition) {
    List<String> names = names(condition.argument());
    return switch (condition.operator()) {
      case EMPTY, NOT_EMPTY, EXISTS, NOT_EXISTS -> Optional.empty();
      case EQUAL_TO, NOT_EQUAL_TO, CONTAINS, NOT_CONTAINS, CONTAINS_ALL, NOT_CONTAINS_ALL ->
          names.isEmpty()
              ? Optional.of("A message status needs a status to be compared with.")
              : unknown(names.stream().filter(name -> !StepStatus.BUT_NOT.containsKey(name)));
      case GREATER_THAN, GREATER_THAN_OR_EQUAL_TO, LESS_THAN, LESS_THAN_OR_EQUAL_TO ->
          names.size() == 1
              ? unknown(names.stream())
              : Optional.of("A message status has an order with one status only.");
      case IS_TIMESTAMP,
          IS_NOT_TIMESTAMP,
          IS_TIMESTAMP_BEFORE,
          IS_TIMESTAMP_ON_OR_AFTER,
          IS_TIMESTAMP_BEFORE_DATE,
          IS_TIMESTAMP_ON_OR_AFTER_DATE,
          IS_TIMESTAMP_BETWEEN,
          IS_TIMESTAMP_BEFORE_NOW,
          IS_TIMESTAMP_ON_OR_AFTER_NOW,
          IS_BETWEEN,
          IS_AUDIENCE_MEMBER,
          IS_NOT_AUDIENCE_MEMBER,
          IS_IN_RANDOM_COHORT ->
          Optional.of(condition.operator().wireName() + " does not apply to a message status.");
    };
  }

  private static Optional<String> unknown(Stream<String> names) {
    return names
        .filter(name -> StepStatus.rank(name).isEmpty())
        .findFirst()
        .map(name -> "\"" + name + "\" is not a message status.");
  }

  private static Json shown(StepStatus status) {
    return switch (status) {
      case StepStatus.Unknown() -> Json.NULL;
      case StepStatus.Skipped() -> Json.of(SKIPPED);
      case StepStatus.Made(var messages) -> Json.texts(all(highest(messages)));
    };
  }

  private static boolean holds(
      Condition condition, Subject.Kind kind, StepStatus.Standing message) {
    List<String> names = names(condition.argument());
    Set<String> has = kind == Subject.Kind.DELIVERY ? Set.of(message.delivery()) : all(message);
    String top = top(has);
    // A message has one delivery status, but engagements side by side: to equal one is to have it.
    Predicate<String> is =
        kind == Subject.Kind.ENGAGEMENT
            ? name -> includes(name, has)
            : name ->
                StepStatus.BUT_NOT.containsKey(name) ? includes(name, has) : isTop(name, has, top);
    return switch (condition.operator()) {
      case EQUAL_TO -> names.stream().anyMatch(is);
      case NOT_EQUAL_TO -> names.stream().noneMatch(is);
      case CONTAINS -> names.stream().anyMatch(name -> includes(name, has));
      case NOT_CONTAINS -> names.stream().noneMatch(name -> includes(name, has));
      case CONTAINS_ALL -> names.stream().allMatch(name -> includes(name, has));
      case NOT_CONTAINS_ALL -> !names.stream().allMatch(name -> includes(name, has));
      case GREATER_THAN -> order(names, top).stream().anyMatch(order -> order > 0);
      case GREATER_THAN_OR_EQUAL_TO -> order(names, top).stream().anyMatch(order -> order >= 0);
      case LESS_THAN -> order(names, top).stream().anyMatch(order -> order < 0);
      case LESS_THAN_OR_EQUAL_TO -> order(names, top).stream().anyMatch(order -> order <= 0);
      case EMPTY -> nothing(kind, message);
      case NOT_EMPTY -> !nothing(kind, message);
      case EXISTS -> true;
      case NOT_EXISTS -> false;
      // Refused when a workflow is loaded.
      case IS_TIMESTAMP,
          IS_NOT_TIMESTAMP,
          IS_TIMESTAMP_BEFORE,
          IS_TIMESTAMP_ON_OR_AFTER,
          IS_TIMESTAMP_BEFORE_DATE,
          IS_TIMESTAMP_ON_OR_AFTER_DATE,
          IS_TIMESTAMP_BETWEEN,
          IS_TIMESTAMP_BEFORE_NOW,
          IS_TIMESTAMP_ON_OR_AFTER_NOW,
          IS_BETWEEN,
          IS_AUDIENCE_MEMBER,
          IS_NOT_AUDIENCE_MEMBER,
          IS_IN_RANDOM_COHORT ->
          false;
    };
  }

  /** Two statuses can share the top: interacted and link_clicked rank alike. */
  private static boolean isTop(String name, Set<String> has, String top) {
    return has.contains(name) && StepStatus.rank(name).equals(StepStatus.rank(top));
  }

  private static boolean nothing(Subject.Kind kind, StepStatus.Standing message) {
    return kind == Subject.Kind.ENGAGEMENT && message.engagement().isEmpty();
  }

  private static boolean includes(String name, Set<String> has) {
    List<String> parts = StepStatus.BUT_NOT.get(name);
    return parts == null
        ? has.contains(name)
        : has.contains(parts.getFirst()) && !has.contains(parts.getLast());
  }

  private static Optional<Integer> order(List<String> names, String top) {
    if (names.size() != 1) {
      return Optional.empty();
    }
    return StepStatus.rank(names.getFirst())
        .flatMap(wanted -> StepStatus.rank(top).map(reached -> reached.compareTo(wanted)));
  }

  private static List<String> names(Argument argument) {
    return argument instanceof Argument.Statuses(_, var names) ? names : List.of();
  }

  private static StepStatus.Standing highest(List<StepStatus.Standing> messages) {
    return messages.stream()
        .max(Comparator.comparingInt(message -> StepStatus.rank(top(all(message))).orElse(0)))
        .orElseThrow();
  }

  private static Set<String> all(StepStatus.Standing message) {
    var all = new TreeSet<>(message.engagement());
    all.add(message.delivery());
    return all;
  }

  private static String top(Set<String> statuses) {
    return statuses.stream()
        .max(Comparator.comparingInt(status -> StepStatus.rank(status).orElse(0)))
        .orElseThrow();
  }
}
