package dev.carillon.time;

import dev.carillon.json.Json;
import dev.carillon.time.RepeatRule.Frequency;
import dev.carillon.time.RepeatRule.Read;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads a rule, and says of each field what is wrong with it. */
final class RepeatRuleReader {
  private static final Pattern DIGITS = Pattern.compile("[0-9]{1,9}");
  private static final int MAX_HOUR = 23;
  private static final int MAX_MINUTE = 59;
  private static final int MAX_DAY = 31;

  private final List<FieldProblem> problems = new ArrayList<>();
  private final Json.Obj source;

  private RepeatRuleReader(Json.Obj source) {
    this.source = source;
  }

  static Read read(Json json) {
    if (!(json instanceof Json.Obj source)) {
      return new Read.Refused(
          List.of(new FieldProblem("", "A rule is an object with a frequency.")));
    }
    var reader = new RepeatRuleReader(source);
    Optional<Frequency> frequency = reader.frequency();
    int interval = reader.number("interval", 1, Integer.MAX_VALUE).orElse(1);
    Set<DayOfWeek> days = reader.days();
    OptionalInt dayOfMonth = reader.number("day_of_month", 1, MAX_DAY);
    int hours = reader.number("hours", 0, MAX_HOUR).orElse(0);
    int minutes = reader.number("minutes", 0, MAX_MINUTE).orElse(0);
    return reader.problems.isEmpty()
        ? new Read.Ok(
            new RepeatRule(frequency.orElseThrow(), interval, days, dayOfMonth, hours, minutes))
        : new Read.Refused(reader.problems);
  }

  private Optional<Frequency> frequency() {
    Optional<Frequency> frequency =
        source
            .text("frequency")
            .flatMap(
                name ->
                    Arrays.stream(Frequency.values())
                        .filter(it -> it.wireName().equals(name))
                        .findFirst());
    if (frequency.isEmpty()) {
      refuse("frequency", "A frequency is hourly, daily, weekly or monthly.");
    }
    return frequency;
  }

  private Set<DayOfWeek> days() {
    var days = EnumSet.noneOf(DayOfWeek.class);
    List<Json> names =
        switch (given("days")) {
          case Json.Null() -> List.of();
          case Json.Arr(var items) -> items;
          case Json other -> List.of(other);
        };
    for (Json name : names) {
      Set<DayOfWeek> named = name instanceof Json.Str(var text) ? Days.allNamed(text) : Set.of();
      if (named.isEmpty()) {
        refuse("days", "Days are mon, tue, wed, thu, fri, sat, sun, weekdays or weekends.");
      }
      days.addAll(named);
    }
    return days;
  }

  /** A whole number, or a text of one; empty when it is left out or refused. */
  private OptionalInt number(String field, int least, int most) {
    Json given = given(field);
    if (given instanceof Json.Null) {
      return OptionalInt.empty();
    }
    Optional<BigDecimal> value =
        switch (given) {
          case Json.Num(var number) -> Optional.of(number);
          case Json.Str(var text) when DIGITS.matcher(text).matches() ->
              Optional.of(new BigDecimal(text));
          case Json _ -> Optional.empty();
        };
    OptionalInt number =
        value
            .filter(it -> it.compareTo(BigDecimal.valueOf(least)) >= 0)
            .filter(it -> it.compareTo(BigDecimal.valueOf(most)) <= 0)
            .filter(it -> it.stripTrailingZeros().scale() <= 0)
            .map(it -> OptionalInt.of(it.intValueExact()))
            .orElse(OptionalInt.empty());
    if (number.isEmpty()) {
      String range = most == Integer.MAX_VALUE ? "from " + least : "from " + least + " to " + most;
      refuse(field, "This must be a whole number " + range + ".");
    }
    return number;
  }

  private Json given(String field) {
    return source.fields().getOrDefault(field, Json.NULL);
  }

  private void refuse(String field, String reason) {
    problems.add(new FieldProblem(field, reason));
  }
}
