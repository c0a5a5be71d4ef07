package dev.carillon.window;

import dev.carillon.json.Json;
import dev.carillon.json.JsonLiteral;
import dev.carillon.time.FieldProblem;
import dev.carillon.time.IsoTimestamp;
import dev.carillon.time.RepeatRule;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a dynamic window's path led to. */
sealed interface DynamicWindow {
  record Timestamp(Instant at) implements DynamicWindow {}

  record Length(Period period) implements DynamicWindow {}

  record Rule(RepeatRule rule) implements DynamicWindow {}

  record Nothing(String problem) implements DynamicWindow {}

  /**
   * Reads an ISO timestamp, {@code {"unit", "value"}} or {@code {"frequency", …}}. A text of such
   * an object in JSON is as good: variables are kept as texts.
   */
  static DynamicWindow at(Optional<Json> value) {
    return switch (value.orElse(Json.NULL)) {
      case Json.Null() -> new Nothing("nothing there");
      case Json.Str(var text) ->
          IsoTimestamp.parse(text)
              .<DynamicWindow>map(Timestamp::new)
              .or(() -> JsonLiteral.parse(text).flatMap(DynamicWindow::object))
              .orElseGet(DynamicWindow::neither);
      case Json other -> object(other).orElseGet(DynamicWindow::neither);
    };
  }

  private static Optional<DynamicWindow> object(Json json) {
    if (!(json instanceof Json.Obj object)) {
      return Optional.empty();
    }
    if (object.get("frequency").isEmpty()) {
      return Period.of(object).map(Length::new);
    }
    return Optional.of(
        switch (RepeatRule.of(object)) {
          case RepeatRule.Read.Ok(var rule) -> new Rule(rule);
          case RepeatRule.Read.Refused(var problems) -> new Nothing(sentence(problems));
        });
  }

  private static String sentence(List<FieldProblem> problems) {
    return problems.stream()
        .map(problem -> problem.field() + ": " + problem.reason())
        .collect(Collectors.joining(" "));
  }

  private static DynamicWindow neither() {
    return new Nothing("no timestamp, no period and no window rule");
  }

  /** What was found, in the form it is read from. */
  default Json json() {
    return switch (this) {
      case Timestamp(var at) -> Json.of(at.toString());
      case Length(var period) -> period.json();
      case Rule(var rule) -> rule.json();
      case Nothing _ -> Json.NULL;
    };
  }
}
