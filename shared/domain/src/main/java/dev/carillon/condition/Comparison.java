package dev.carillon.condition;

import dev.carillon.json.Json;
import dev.carillon.time.IsoTimestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the operators mean for values that are not message statuses. */
final class Comparison {
  /** {@code 30_days_ago}, {@code 2_hours_from_now}. */
  private static final Pattern RELATIVE =
      Pattern.compile("([0-9]{1,6})[_ ](minute|hour|day|week)s?[_ ](ago|from[_ ]now)");

  private Comparison() {}

  /**
   * @param found what the variable leads to; empty when it leads nowhere, which is compared as the
   *     empty text
   */
  static boolean holds(Operator operator, Optional<Json> found, Json argument, Instant now) {
    Json value = found.orElse(Json.of(""));
    return switch (operator) {
      case EQUAL_TO -> value.equals(argument);
      case NOT_EQUAL_TO -> !value.equals(argument);
      case GREATER_THAN -> order(value, argument).stream().anyMatch(order -> order > 0);
      case GREATER_THAN_OR_EQUAL_TO ->
          order(value, argument).stream().anyMatch(order -> order >= 0);
      case LESS_THAN -> order(value, argument).stream().anyMatch(order -> order < 0);
      case LESS_THAN_OR_EQUAL_TO -> order(value, argument).stream().anyMatch(order -> order <= 0);
      case CONTAINS -> contains(value, argument);
      case NOT_CONTAINS -> !contains(value, argument);
      case CONTAINS_ALL -> containsAll(value, argument);
      case NOT_CONTAINS_ALL -> !containsAll(value, argument);
      case EMPTY -> empty(value);
      case NOT_EMPTY -> !empty(value);
      case EXISTS -> exists(found);
      case NOT_EXISTS -> !exists(found);
      case IS_TIMESTAMP -> timestamp(value).isPresent();
      case IS_NOT_TIMESTAMP -> timestamp(value).isEmpty();
      case IS_TIMESTAMP_BEFORE, IS_TIMESTAMP_BEFORE_DATE ->
          before(timestamp(value), moment(argument, now));
      case IS_TIMESTAMP_ON_OR_AFTER, IS_TIMESTAMP_ON_OR_AFTER_DATE ->
          onOrAfter(timestamp(value), moment(argument, now));
      case IS_TIMESTAMP_BETWEEN ->
          argument instanceof Json.Arr(var bounds)
              && bounds.size() == 2
              && onOrAfter(timestamp(value), moment(bounds.get(0), now))
              && before(timestamp(value), moment(bounds.get(1), now));
      case IS_TIMESTAMP_BEFORE_NOW -> before(timestamp(value), Optional.of(now));
      case IS_TIMESTAMP_ON_OR_AFTER_NOW -> onOrAfter(timestamp(value), Optional.of(now));
      case IS_BETWEEN ->
          argument instanceof Json.Arr(var bounds)
              && bounds.size() == 2
              && order(value, bounds.get(0)).stream().anyMatch(order -> order >= 0)
              && order(value, bounds.get(1)).stream().anyMatch(order -> order <= 0);
      // Refused when a workflow is loaded, until there are audiences.
      case IS_AUDIENCE_MEMBER, IS_NOT_AUDIENCE_MEMBER -> false;
    };
  }

  /** Numbers by value, texts by their UTF-16 units; anything else has no order. */
  private static OptionalInt order(Json value, Json argument) {
    if (value instanceof Json.Num(var left) && argument instanceof Json.Num(var right)) {
      return OptionalInt.of(left.compareTo(right));
    }
    if (value instanceof Json.Str(var left) && argument instanceof Json.Str(var right)) {
      return left.isEmpty() ? OptionalInt.empty() : OptionalInt.of(left.compareTo(right));
    }
    return OptionalInt.empty();
  }

  /** Text in text is a part of it; one of them a list: membership; both lists: any overlap. */
  private static boolean contains(Json value, Json argument) {
    if (value instanceof Json.Str(var text) && argument instanceof Json.Str(var part)) {
      return text.contains(part);
    }
    if (value instanceof Json.Arr(var items)) {
      return argument instanceof Json.Arr(var wanted)
          ? wanted.stream().anyMatch(items::contains)
          : items.contains(argument);
    }
    return argument instanceof Json.Arr(var items) && items.contains(value);
  }

  private static boolean containsAll(Json value, Json argument) {
    List<Json> wanted = argument instanceof Json.Arr(var items) ? items : List.of(argument);
    return value instanceof Json.Arr(var items)
        ? items.containsAll(wanted)
        : wanted.stream().allMatch(item -> contains(value, item));
  }

  private static boolean empty(Json value) {
    return switch (value) {
      case Json.Str(var text) -> text.isEmpty();
      case Json.Arr(var items) -> items.isEmpty();
      case Json.Obj(var fields) -> fields.isEmpty();
      case Json.Null() -> true;
      case Json.Num _, Json.Bool _ -> false;
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

  /** A moment as arguments name it: an ISO timestamp or one relative to now. */
  private static Optional<Instant> moment(Json argument, Instant now) {
    if (!(argument instanceof Json.Str(var text))) {
      return Optional.empty();
    }
    Matcher relative = RELATIVE.matcher(text);
    if (!relative.matches()) {
      return timestamp(argument);
    }
    long seconds =
        Long.parseLong(relative.group(1))
            * switch (relative.group(2)) {
              case "minute" -> 60;
              case "hour" -> 3_600;
              case "day" -> 86_400;
              default -> 604_800;
            };
    return Optional.of(now.plusSeconds(relative.group(3).equals("ago") ? -seconds : seconds));
  }

  private static Optional<Instant> timestamp(Json value) {
    return value instanceof Json.Str(var text) ? IsoTimestamp.parse(text) : Optional.empty();
  }
}
