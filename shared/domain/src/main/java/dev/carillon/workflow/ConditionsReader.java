package dev.carillon.workflow;

import dev.carillon.condition.Conditions;
import dev.carillon.condition.Operator;
import dev.carillon.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads conditions. */
final class ConditionsReader {
  private final Place place;
  private final List<Problem> problems = new ArrayList<>();

  private ConditionsReader(Place place) {
    this.place = place;
  }

  enum Place {
    TRIGGER,
    STEP,
    EVENT
  }

  record Read(Conditions conditions, List<Problem> problems) {}

  static Read read(Place place, String field, Optional<Json> json) {
    var reader = new ConditionsReader(place);
    Conditions conditions = json.map(it -> reader.read(field, it)).orElse(Conditions.ALWAYS);
    if (place == Place.TRIGGER && !conditions.refs().isEmpty()) {
      reader.problem(field, "No step has run yet whose messages could be asked about.");
    }
    return new Read(conditions, reader.problems);
  }

  private Conditions read(String field, Json json) {
    return switch (json) {
      case Json.Null() -> Conditions.ALWAYS;
      case Json.Arr(var items) -> new Conditions.All(each(field, items));
      case Json.Obj object when object.text("variable").isPresent() -> condition(field, object);
      case Json.Obj object when has(object, "all") && has(object, "any") -> {
        problem(field, "Conditions are either all or any, not both.");
        yield Conditions.ALWAYS;
      }
      case Json.Obj object when has(object, "all") ->
          new Conditions.All(group(field, object, "all"));
      case Json.Obj object when place == Place.EVENT && has(object, "conditions") ->
          new Conditions.All(group(field, object, "conditions"));
      case Json.Obj object when has(object, "any") -> {
        var items = group(field, object, "any");
        yield items.isEmpty() ? Conditions.ALWAYS : new Conditions.Any(items);
      }
      case Json.Obj(var fields)
          when fields.values().stream().allMatch(value -> value instanceof Json.Null) ->
          Conditions.ALWAYS;
      case Json.Obj _, Json.Str _, Json.Num _, Json.Bool _ -> {
        problem(field, "Conditions are {\"all\": […]} or {\"any\": […]}.");
        yield Conditions.ALWAYS;
      }
    };
  }

  private static boolean has(Json.Obj object, String field) {
    return object.get(field).filter(value -> !(value instanceof Json.Null)).isPresent();
  }

  private List<Conditions> group(String field, Json.Obj object, String name) {
    String path = field + "." + name;
    if (!(object.fields().get(name) instanceof Json.Arr(var items))) {
      problem(path, "Conditions are a list.");
      return List.of();
    }
    return each(path, items);
  }

  private List<Conditions> each(String field, List<Json> items) {
    var conditions = new ArrayList<Conditions>();
    for (int i = 0; i < items.size(); i++) {
      conditions.add(read(field + "[" + i + "]", items.get(i)));
    }
    return conditions;
  }

  private Conditions condition(String field, Json.Obj object) {
    String name = object.text("operator").orElse("");
    Optional<Operator> operator = Operator.named(name);
    if (operator.isEmpty()) {
      problem(field + ".operator", "\"" + name + "\" is not an operator.");
      return Conditions.ALWAYS;
    }
    if (operator.get() == Operator.IS_AUDIENCE_MEMBER
        || operator.get() == Operator.IS_NOT_AUDIENCE_MEMBER) {
      problem(field + ".operator", "Audiences are not supported yet.");
    }
    var condition =
        new Conditions.Condition(
            object.text("variable").orElseThrow(),
            operator.get(),
            object.fields().getOrDefault("argument", Json.NULL));
    condition.objection().ifPresent(reason -> problem(field, reason));
    return condition;
  }

  private void problem(String field, String reason) {
    problems.add(new Problem(Optional.empty(), field, reason));
  }
}
