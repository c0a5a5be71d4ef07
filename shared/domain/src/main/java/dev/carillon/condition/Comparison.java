package dev.carillon.condition;

import dev.carillon.id.Digest;
import dev.carillon.json.Json;
import dev.carillon.json.JsonLiteral;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** What the operators mean for values that are not message statuses. */
final class Comparison {
  private Comparison() {}

  /**
   * @param found what the variable leads to; empty when it leads nowhere, which is compared as the
   *     empty text
   * @param spelling the argument as a text, for what looks into texts
   */
  static boolean holds(
      Operator operator, Optional<Json> found, Json argument, String spelling, Instant now) {
    Json value = found.orElse(Json.of(""));
    return switch (operator) {
      case EQUAL_TO -> value.equals(argument);
      case NOT_EQUAL_TO -> !value.equals(argument);
      case GREATER_THAN -> order(value, argument, now).stream().anyMatch(order -> order > 0);
      case GREATER_THAN_OR_EQUAL_TO ->
          order(value, argument, now).stream().anyMatch(order -> order >= 0);
      case LESS_THAN -> order(value, argument, now).stream().anyMatch(order -> order < 0);
      case LESS_THAN_OR_EQUAL_TO ->
          order(value, argument, now).stream().anyMatch(order -> order <= 0);
      case CONTAINS -> contains(value, argument, spelling);
      case NOT_CONTAINS -> !contains(value, argument, spelling);
      case CONTAINS_ALL -> containsAll(value, argument, spelling);
      case NOT_CONTAINS_ALL -> !containsAll(value, argument, spelling);
      case EMPTY -> empty(value);
      case NOT_EMPTY -> !empty(value);
      case EXISTS -> exists(found);
      case NOT_EXISTS -> !exists(found);
      case IS_TIMESTAMP -> Moment.timestamp(value).isPresent();
      case IS_NOT_TIMESTAMP -> Moment.timestamp(value).isEmpty();
      case IS_TIMESTAMP_BEFORE, IS_TIMESTAMP_BEFORE_DATE ->
          before(Moment.timestamp(value), Moment.of(argument, now));
      case IS_TIMESTAMP_ON_OR_AFTER, IS_TIMESTAMP_ON_OR_AFTER_DATE ->
          onOrAfter(Moment.timestamp(value), Moment.of(argument, now));
      case IS_TIMESTAMP_BETWEEN ->
          argument instanceof Json.Arr(var bounds)
              && bounds.size() == 2
              && onOrAfter(Moment.timestamp(value), Moment.of(bounds.get(0), now))
              && before(Moment.timestamp(value), Moment.of(bounds.get(1), now));
      case IS_TIMESTAMP_BEFORE_NOW -> before(Moment.timestamp(value), Optional.of(now));
      case IS_TIMESTAMP_ON_OR_AFTER_NOW -> onOrAfter(Moment.timestamp(value), Optional.of(now));
      case IS_BETWEEN ->
          argument instanceof Json.Arr(var bounds)
              && bounds.size() == 2
              && order(value, bounds.get(0), now).stream().anyMatch(order -> order >= 0)
              && order(value, bounds.get(1), now).stream().anyMatch(order -> order <= 0);
      // What was found is whether the recipient is one.
      case IS_AUDIENCE_MEMBER -> value.equals(Json.TRUE);
      case IS_NOT_AUDIENCE_MEMBER -> !value.equals(Json.TRUE);
      case IS_IN_RANDOM_COHORT -> inCohort(value, argument);
    };
  }

  /**
   * Numbers by value, a timestamp and a moment relative to now as instants, texts by their UTF-16
   * units; anything else has no order.
   */
  private static OptionalInt order(Json value, Json argument, Instant now) {
    Optional<Instant> relative = Moment.relative(argument, now);
    if (relative.isPresent()) {
      return Moment.timestamp(value)
          .map(instant -> OptionalInt.of(instant.compareTo(relative.get())))
          .orElse(OptionalInt.empty());
    }
    if (value instanceof Json.Num(var left) && argument instanceof Json.Num(var right)) {
      return OptionalInt.of(left.compareTo(right));
    }
    if (value instanceof Json.Str(var left) && argument instanceof Json.Str(var right)) {
      return left.isEmpty() ? OptionalInt.empty() : OptionalInt.of(left.compareTo(right));
    }
    return OptionalInt.empty();
  }

  /**
   * Of a text, what the argument spells is a part: {@code 55} of {@code order-55}; one of them a
   * list: membership, where type matters as in equality; both lists: any overlap.
   */
  private static boolean contains(Json value, Json argument, String spelling) {
    if (value instanceof Json.Str(var text) && isScalar(argument)) {
      return text.contains(spelling);
    }
    if (value instanceof Json.Arr(var items)) {
      return argument instanceof Json.Arr(var wanted)
          ? wanted.stream().anyMatch(items::contains)
          : items.contains(argument);
    }
    return argument instanceof Json.Arr(var items) && items.contains(value);
  }

  private static boolean containsAll(Json value, Json argument, String spelling) {
    if (!(argument instanceof Json.Arr(var wanted))) {
      return contains(value, argument, spelling);
    }
    return value instanceof Json.Arr(var items)
        ? items.containsAll(wanted)
        : wanted.stream().allMatch(item -> contains(value, item, spelled(item)));
  }

  /** A value as a text. */
  static String spelled(Json value) {
    return value instanceof Json.Str(var text) ? text : JsonLiteral.write(value);
  }

  private static boolean isScalar(Json value) {
    return switch (value) {
      case Json.Str _, Json.Num _, Json.Bool _, Json.Null _ -> true;
      case Json.Obj _, Json.Arr _ -> false;
    };
  }

  /**
   * What a reader would take for equal and is not, in words: a text beside the number or boolean
   * that it spells. Empty when there is nothing of the kind.
   */
  static Optional<String> mistakable(Operator operator, Json value, Json argument) {
    return switch (operator) {
      case EQUAL_TO, NOT_EQUAL_TO -> alike(value, argument);
      case CONTAINS, NOT_CONTAINS, CONTAINS_ALL, NOT_CONTAINS_ALL ->
          items(value).stream()
              .filter(_ -> value instanceof Json.Arr || argument instanceof Json.Arr)
              .flatMap(one -> items(argument).stream().flatMap(it -> alike(one, it).stream()))
              .findFirst();
      case GREATER_THAN, LESS_THAN, GREATER_THAN_OR_EQUAL_TO, LESS_THAN_OR_EQUAL_TO, IS_BETWEEN ->
          items(argument).stream().flatMap(it -> unordered(value, it).stream()).findFirst();
      case EMPTY,
          NOT_EMPTY,
          EXISTS,
          NOT_EXISTS,
          IS_TIMESTAMP,
          IS_NOT_TIMESTAMP,
          IS_TIMESTAMP_BEFORE,
          IS_TIMESTAMP_ON_OR_AFTER,
          IS_TIMESTAMP_BEFORE_DATE,
          IS_TIMESTAMP_ON_OR_AFTER_DATE,
          IS_TIMESTAMP_BETWEEN,
          IS_TIMESTAMP_BEFORE_NOW,
          IS_TIMESTAMP_ON_OR_AFTER_NOW,
          IS_AUDIENCE_MEMBER,
          IS_NOT_AUDIENCE_MEMBER,
          IS_IN_RANDOM_COHORT ->
          Optional.empty();
    };
  }

  private static List<Json> items(Json value) {
    return value instanceof Json.Arr(var items) ? items : List.of(value);
  }

  private static Optional<String> alike(Json value, Json argument) {
    if (value instanceof Json.Str(var text)) {
      return kind(argument)
          .filter(_ -> JsonLiteral.parse(text).equals(Optional.of(argument)))
          .map(kind -> "the text " + text + ", not the " + kind);
    }
    return argument instanceof Json.Str(var text)
            && JsonLiteral.parse(text).equals(Optional.of(value))
        ? kind(value).map(kind -> "the " + kind + " " + text + ", not the text")
        : Optional.empty();
  }

  private static Optional<String> kind(Json value) {
    return switch (value) {
      case Json.Num _ -> Optional.of("number");
      case Json.Bool _ -> Optional.of("boolean");
      case Json.Str _, Json.Obj _, Json.Arr _, Json.Null _ -> Optional.empty();
    };
  }

  /** A text that spells a number has no order beside numbers. */
  private static Optional<String> unordered(Json value, Json argument) {
    if (value instanceof Json.Str(var text) && argument instanceof Json.Num) {
      return number(text).map(_ -> "the text " + text + ", not a number");
    }
    return value instanceof Json.Num && argument instanceof Json.Str(var text)
        ? number(text).map(_ -> "a number, not a text like " + text)
        : Optional.empty();
  }

  private static Optional<Json> number(String text) {
    return JsonLiteral.parse(text).filter(Json.Num.class::isInstance);
  }

  /**
   * The same recipients for the same percentage wherever it is asked for, and those of a smaller
   * one among those of a greater: a rule "if 30" and a rule "unless 30" share everybody out.
   */
  private static boolean inCohort(Json value, Json argument) {
    return value instanceof Json.Str(var id)
        && argument instanceof Json.Num(var percent)
        && Digest.of("random_cohort", id).fraction() * 100 < percent.doubleValue();
  }

  private static boolean empty(Json value) {
    return switch (value) {
      case Json.Str(var text) -> text.isEmpty();
      case Json.Arr(var items) -> items.isEmpty();
      case Json.Null() -> true;
      case Json.Obj _, Json.Num _, Json.Bool _ -> false;
    };
  }

  private static boolean exists(Optional<Json> found) {
    return found.isPresent() && !(found.get() instanceof Json.Null);
  }

  private static boolean before(Optional<Instant> value, Optional<Instant> bound) {
    return value.isPresent() && bound.isPresent() && value.get().isBefore(bound.get());
  }

  private static boolean onOrAfter(Optional<Instant> value, Optional<Instant> bound) {
    return value.isPresent() && bound.isPresent() && !value.get().isBefore(bound.get());
  }
}
