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

/**
 * What the operators mean for the status of an earlier step's messages. Of several messages the one
 * with the highest status counts.
 */
final class StatusComparison {
  private static final String PREFIX = "$message.";

  private StatusComparison() {}

  static Finding find(Condition condition, StatusPath path, Facts facts) {
    StepStatus status = facts.statuses().getOrDefault(path.ref(), new StepStatus.Unknown());
    boolean holds =
        switch (status) {
          case StepStatus.Unknown() -> false;
          case StepStatus.Skipped() -> holds(condition, Set.of("skipped"), "skipped");
          case StepStatus.Made(var messages) -> {
            var highest = highest(messages);
            Set<String> all = new TreeSet<>(highest.engagement());
            all.add(highest.delivery());
            yield switch (path.kind()) {
              case DELIVERY -> holds(condition, Set.of(highest.delivery()), highest.delivery());
              case ENGAGEMENT -> holds(condition, all, top(all));
              case COMBINED -> holds(condition, all, top(all));
            };
          }
        };
    return new Finding(
        condition, condition.argument(), shown(status), holds ? Result.HOLDS : Result.FAILS);
  }

  private static Json shown(StepStatus status) {
    return switch (status) {
      case StepStatus.Unknown() -> Json.NULL;
      case StepStatus.Skipped() -> Json.of("skipped");
      case StepStatus.Made(var messages) -> {
        var highest = highest(messages);
        var names = new TreeSet<>(highest.engagement());
        names.add(highest.delivery());
        yield Json.texts(names);
      }
    };
  }

  /**
   * @param has every status that counts as reached
   * @param top the highest of them
   */
  private static boolean holds(Condition condition, Set<String> has, String top) {
    List<String> names = names(condition.argument());
    return switch (condition.operator()) {
      case EQUAL_TO -> names.stream().anyMatch(name -> is(name, has, top));
      case NOT_EQUAL_TO -> names.stream().noneMatch(name -> is(name, has, top));
      case CONTAINS -> names.stream().anyMatch(name -> includes(name, has));
      case NOT_CONTAINS -> names.stream().noneMatch(name -> includes(name, has));
      case CONTAINS_ALL -> names.stream().allMatch(name -> includes(name, has));
      case NOT_CONTAINS_ALL -> !names.stream().allMatch(name -> includes(name, has));
      case GREATER_THAN -> order(names, top).stream().anyMatch(order -> order > 0);
      case GREATER_THAN_OR_EQUAL_TO -> order(names, top).stream().anyMatch(order -> order >= 0);
      case LESS_THAN -> order(names, top).stream().anyMatch(order -> order < 0);
      case LESS_THAN_OR_EQUAL_TO -> order(names, top).stream().anyMatch(order -> order <= 0);
      case EMPTY, NOT_EXISTS -> false;
      case NOT_EMPTY, EXISTS -> true;
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
          IS_NOT_AUDIENCE_MEMBER ->
          false;
    };
  }

  private static boolean is(String name, Set<String> has, String top) {
    return StepStatus.BUT_NOT.containsKey(name) ? includes(name, has) : name.equals(top);
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

  /** The names the argument means: {@code $message.seen} or {@code seen}, one or a list. */
  private static List<String> names(Json argument) {
    if (argument instanceof Json.Arr(var items)) {
      return items.stream().flatMap(item -> names(item).stream()).toList();
    }
    if (!(argument instanceof Json.Str(var text))) {
      return List.of();
    }
    if (text.startsWith("[")) {
      return dev.carillon.json.JsonLiteral.parse(text)
          .map(StatusComparison::names)
          .orElse(List.of());
    }
    return List.of(text.startsWith(PREFIX) ? text.substring(PREFIX.length()) : text);
  }

  private static StepStatus.Standing highest(List<StepStatus.Standing> messages) {
    return messages.stream()
        .max(
            Comparator.comparingInt(
                message -> {
                  var all = new TreeSet<>(message.engagement());
                  all.add(message.delivery());
                  return StepStatus.rank(top(all)).orElse(0);
                }))
        .orElseThrow();
  }

  private static String top(Set<String> statuses) {
    return statuses.stream()
        .max(Comparator.comparingInt(status -> StepStatus.rank(status).orElse(0)))
        .orElseThrow();
  }
}
