package dev.carillon.workflow;

import dev.carillon.condition.Conditions;
import dev.carillon.condition.ConditionsReader;
import dev.carillon.condition.ConditionsReader.Place;
import dev.carillon.condition.Path;
import dev.carillon.json.Json;
import dev.carillon.time.FieldProblem;
import dev.carillon.window.Limit;
import dev.carillon.window.Window;
import dev.carillon.window.WindowReader;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;

/**
 * The fields of an object in a workflow's file. A field that is absent, null or a blank text is not
 * there; one that is something else than it must be is noted as a problem and then counts as not
 * there. Fields that nobody asks for do no harm.
 */
record WorkflowFields(Json.Obj json, WorkflowProblems problems) {

  void refuse(String field, String reason) {
    problems.once(field, reason);
  }

  Optional<Json> value(String field) {
    return json.get(field)
        .filter(value -> !(value instanceof Json.Null))
        .filter(value -> !(value instanceof Json.Str(var text) && text.isBlank()));
  }

  Optional<String> text(String field) {
    return checked(field, Json.Str.class::isInstance, "This must be a text.")
        .map(value -> ((Json.Str) value).value());
  }

  /** The text, which must be there. */
  Optional<String> required(String field, String reason) {
    if (value(field).isEmpty()) {
      refuse(field, reason);
    }
    return text(field);
  }

  /** False when it is not there. */
  boolean flag(String field) {
    return checked(field, Json.Bool.class::isInstance, "This must be true or false.")
        .filter(Json.TRUE::equals)
        .isPresent();
  }

  OptionalInt number(String field, int least, int most) {
    return checked(
            field,
            value -> isWhole(value, least, most),
            most == Integer.MAX_VALUE
                ? "This must be a whole number of at least " + least + "."
                : "This must be a whole number from " + least + " to " + most + ".")
        .map(value -> OptionalInt.of(((Json.Num) value).value().intValueExact()))
        .orElse(OptionalInt.empty());
  }

  private static boolean isWhole(Json json, int least, int most) {
    return json instanceof Json.Num(var value)
        && value.compareTo(BigDecimal.valueOf(least)) >= 0
        && value.compareTo(BigDecimal.valueOf(most)) <= 0
        && value.stripTrailingZeros().scale() <= 0;
  }

  Optional<String> among(String field, List<String> names) {
    return checked(
            field,
            value -> value instanceof Json.Str(var text) && names.contains(text),
            "This must be " + listed(names) + ".")
        .map(value -> ((Json.Str) value).value());
  }

  /** Whether the field says {@code other} instead of {@code usual}, the one it need not say. */
  boolean says(String field, String other, String usual) {
    return among(field, List.of(usual, other)).filter(other::equals).isPresent();
  }

  private static String listed(List<String> names) {
    int last = names.size() - 1;
    return last == 0
        ? names.getFirst()
        : String.join(", ", names.subList(0, last)) + " or " + names.get(last);
  }

  /** An object below; an empty one when it is not there. */
  WorkflowFields object(String field) {
    Json.Obj object =
        checked(field, Json.Obj.class::isInstance, "This must be an object.")
            .map(value -> (Json.Obj) value)
            .orElse(Json.Obj.EMPTY);
    return new WorkflowFields(object, problems.below(field));
  }

  /** Empty when it is not there. */
  List<Json> list(String field) {
    return checked(field, Json.Arr.class::isInstance, "This must be a list.")
        .map(value -> ((Json.Arr) value).items())
        .orElse(List.of());
  }

  /** Always holding when they are not there. */
  Conditions conditions(Place place, String field) {
    var read = ConditionsReader.read(place, field, json.get(field));
    read.problems().forEach(problem -> refuse(problem.field(), problem.reason()));
    return read.conditions();
  }

  /**
   * The window that a length and a path give; empty when neither is there.
   *
   * @param path the field that holds the path; empty when there is none for it
   */
  Optional<Window> window(String length, Optional<String> path, Limit limit) {
    return switch (WindowReader.read(
        value(length).orElse(Json.NULL), path.flatMap(this::path), limit)) {
      case WindowReader.Read.Ok(var window) -> Optional.of(window);
      case WindowReader.Read.Absent() -> Optional.empty();
      case WindowReader.Read.Refused(var found) -> {
        refuse(length, found);
        yield Optional.empty();
      }
    };
  }

  /** A path that can lead somewhere. */
  private Optional<String> path(String field) {
    Optional<String> path = text(field);
    if (path.isPresent() && Path.of(path.get()).names().contains("")) {
      refuse(field, "\"" + path.get() + "\" is no path.");
    }
    return path;
  }

  /** Notes problems below a field. */
  void refuse(String field, List<FieldProblem> found) {
    WorkflowProblems below = problems.below(field);
    found.forEach(problem -> below.once(problem.field(), problem.reason()));
  }

  private Optional<Json> checked(String field, Predicate<Json> is, String reason) {
    Optional<Json> value = value(field);
    if (value.isPresent() && !is.test(value.get())) {
      refuse(field, reason);
      return Optional.empty();
    }
    return value;
  }
}
