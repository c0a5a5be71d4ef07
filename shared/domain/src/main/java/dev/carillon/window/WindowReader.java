package dev.carillon.window;

import dev.carillon.json.Json;
import dev.carillon.time.FieldProblem;
import dev.carillon.time.RepeatRule;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads the two settings by which a step says how long its window is: a length and a path. */
public final class WindowReader {
  private WindowReader() {}

  public sealed interface Read {
    record Ok(Window window) implements Read {}

    /** Neither of the two was given. */
    record Absent() implements Read {}

    /** At least one problem, each with its field below that of the length. */
    record Refused(List<FieldProblem> problems) implements Read {
      public Refused {
        problems = List.copyOf(problems);
      }
    }
  }

  /**
   * Reads a window. A length alone is a period or (beyond Knock) a window rule; with a path a
   * period is an offset, before what the path leads to when it is negative or says {@code
   * "direction": "before"}.
   *
   * @param length {@code delay_for}, {@code batch_window}, {@code throttle_window} or {@code
   *     expires_after}; null when it is not given
   * @param path {@code delay_until_field_path} and the like; blank is as if not given
   */
  public static Read read(Json length, Optional<String> path, Limit limit) {
    Optional<String> leads = path.filter(text -> !text.isBlank());
    if (length instanceof Json.Null) {
      return leads.<Read>map(to -> new Read.Ok(new Window.Field(to))).orElseGet(Read.Absent::new);
    }
    if (length instanceof Json.Obj object && isRule(object)) {
      return leads.isPresent()
          ? refused("", "A window rule is no offset from a path.")
          : rule(object);
    }
    Optional<Period> period = Period.of(length);
    if (period.isEmpty()) {
      return refused(
          "",
          "A period is {\"unit\": seconds|minutes|hours|days|weeks|months, \"value\": whole"
              + " number}.");
    }
    long value = period.get().value();
    return switch (direction(length)) {
      case "" -> window(period.get(), leads, limit);
      case "before" -> window(new Period(-Math.abs(value), period.get().unit()), leads, limit);
      case "after" ->
          value < 0
              ? refused("direction", "A negative period lies before.")
              : window(period.get(), leads, limit);
      default -> refused("direction", "A direction is before or after.");
    };
  }

  /** Whether it is meant as one, even if its frequency is missing. */
  private static boolean isRule(Json.Obj object) {
    return Stream.of("frequency", "days", "day_of_month", "hours", "minutes")
        .anyMatch(name -> object.get(name).isPresent());
  }

  private static Read window(Period period, Optional<String> path, Limit limit) {
    if (path.isPresent()) {
      return new Read.Ok(new Window.Relative(period, path.get()));
    }
    return limit.allows(period)
        ? new Read.Ok(new Window.Fixed(period))
        : refused("", limit.sentence());
  }

  private static Read rule(Json.Obj object) {
    return switch (RepeatRule.of(object)) {
      case RepeatRule.Read.Ok(var rule) -> new Read.Ok(new Window.Rule(rule));
      case RepeatRule.Read.Refused(var problems) -> new Read.Refused(problems);
    };
  }

  /** Empty when none is given. */
  private static String direction(Json length) {
    Json given =
        length instanceof Json.Obj object
            ? object.fields().getOrDefault("direction", Json.NULL)
            : Json.NULL;
    return switch (given) {
      case Json.Null() -> "";
      case Json.Str(var text) when !text.isEmpty() -> text;
      case Json _ -> "?";
    };
  }

  private static Read refused(String field, String reason) {
    return new Read.Refused(List.of(new FieldProblem(field, reason)));
  }
}
