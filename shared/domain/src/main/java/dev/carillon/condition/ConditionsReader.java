package dev.carillon.condition;

import dev.carillon.condition.Conditions.Condition;
import dev.carillon.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads conditions from the forms that Knock's files have them in: a single one, a list of which
 * all must hold, {@code {"all": […]}}, {@code {"any": […]}}, and {@code {"operator": "and" | "or",
 * "conditions": […]}} as waiting steps write it. Groups may nest. Nothing at all (absent, null, an
 * empty list) always holds. What makes no sense where it stands is refused.
 */
public final class ConditionsReader {
  static final String EVENT_ROOT = "event";

  private final Place place;
  private final List<ConditionProblem> problems = new ArrayList<>();

  private ConditionsReader(Place place) {
    this.place = place;
  }

  /** Where conditions stand, which says what they can ask about. */
  public enum Place {
    /** Whether a run begins at all. */
    TRIGGER,
    /** A step or a branch: the only place where messages of earlier steps can be asked about. */
    STEP,
    CHANNEL,
    /** A rule of a channel group: the only place for random cohorts. */
    GROUP_RULE,
    /** Which event a waiting step takes: paths may begin with {@code event.}. */
    EVENT,
    /** A list, of which all must hold; no groups. */
    PREFERENCE,
    /** A segment of an audience. */
    AUDIENCE
  }

  /**
   * @param conditions where there are problems, what is left without them: not to be used
   * @param problems all that were found; none when the conditions make sense
   */
  public record Read(Conditions conditions, List<ConditionProblem> problems) {
    public Read {
      problems = List.copyOf(problems);
    }
  }

  /**
   * @param field what the problems' fields begin with: {@code conditions}
   */
  public static Read read(Place place, String field, Optional<Json> json) {
    var reader = new ConditionsReader(place);
    Conditions conditions = json.map(it -> reader.read(field, it)).orElse(Conditions.ALWAYS);
    return new Read(conditions, reader.problems);
  }

  private Conditions read(String field, Json json) {
    return switch (json) {
      case Json.Null() -> Conditions.ALWAYS;
      case Json.Arr(var items) -> new Conditions.All(each(field, items));
      case Json.Obj object when isCondition(object) -> condition(field, object);
      case Json.Obj object -> group(field, object);
      case Json.Str _, Json.Num _, Json.Bool _ -> refuse(field, form());
    };
  }

  /** Whether it is meant as one, even if its variable is missing. */
  private static boolean isCondition(Json.Obj object) {
    return has(object, "variable")
        || kinds(object).isEmpty() && (has(object, "argument") || !joins(object));
  }

  private static List<String> kinds(Json.Obj object) {
    return Stream.of("all", "any", "conditions").filter(it -> has(object, it)).toList();
  }

  /** Whether its operator, if it has one, is that of a group. */
  private static boolean joins(Json.Obj object) {
    return !has(object, "operator")
        || object.text("operator").filter(Set.of("and", "or")::contains).isPresent();
  }

  private Conditions group(String field, Json.Obj object) {
    List<String> kinds = kinds(object);
    if (kinds.size() > 1) {
      return refuse(field, "Conditions are either all or any, not both.");
    }
    if (kinds.isEmpty()) {
      return object.without("operator").fields().values().stream().allMatch(Json.NULL::equals)
          ? Conditions.ALWAYS
          : refuse(field, form());
    }
    if (place == Place.PREFERENCE) {
      return refuse(field, form());
    }
    String kind = kinds.getFirst();
    String path = field + "." + kind;
    if (!(object.fields().get(kind) instanceof Json.Arr(var items))) {
      return refuse(path, "Conditions are a list.");
    }
    List<Conditions> each = each(path, items);
    return switch (kind.equals("conditions") ? object.text("operator").orElse("and") : kind) {
      case "all", "and" -> new Conditions.All(each);
      case "any", "or" -> each.isEmpty() ? Conditions.ALWAYS : new Conditions.Any(each);
      default -> refuse(field + ".operator", "Conditions are combined by and, or by or.");
    };
  }

  private String form() {
    return place == Place.PREFERENCE
        ? "Conditions of a preference are a list, of which all must hold."
        : "Conditions are {\"all\": […]} or {\"any\": […]}.";
  }

  private static boolean has(Json.Obj object, String field) {
    return object.get(field).filter(value -> !(value instanceof Json.Null)).isPresent();
  }

  private List<Conditions> each(String field, List<Json> items) {
    var conditions = new ArrayList<Conditions>();
    for (int i = 0; i < items.size(); i++) {
      conditions.add(read(field + "[" + i + "]", items.get(i)));
    }
    return conditions;
  }

  private Conditions condition(String field, Json.Obj object) {
    Optional<String> variable = object.text("variable").filter(text -> !text.isBlank());
    if (variable.isEmpty()) {
      refuse(field + ".variable", "A condition needs a variable, as a text.");
    }
    String name = object.text("operator").orElse("");
    Optional<Operator> operator = Operator.named(name);
    if (operator.isEmpty()) {
      refuse(
          field + ".operator",
          name.isEmpty()
              ? "A condition needs an operator."
              : "\"" + name + "\" is not an operator.");
    }
    if (variable.isEmpty() || operator.isEmpty()) {
      return Conditions.ALWAYS;
    }
    var condition =
        new Condition(
            Subject.of(variable.get()),
            operator.get(),
            object.fields().getOrDefault("argument", Json.NULL),
            roots());
    misplaced(condition)
        .or(condition::objection)
        .ifPresent(reason -> problems.add(new ConditionProblem(field, reason)));
    return condition;
  }

  private Set<String> roots() {
    return place == Place.EVENT
        ? Stream.concat(Path.ROOTS.stream(), Stream.of(EVENT_ROOT)).collect(Collectors.toSet())
        : Path.ROOTS;
  }

  private Optional<String> misplaced(Condition condition) {
    if (condition.operator() == Operator.IS_IN_RANDOM_COHORT && place != Place.GROUP_RULE) {
      return Optional.of("Only the rules of a channel group can ask for a random cohort.");
    }
    boolean asksStatus = condition.subject() instanceof Subject.Status;
    boolean asksOutput = !condition.outputs().isEmpty();
    return switch (place) {
      case STEP -> Optional.empty();
      case TRIGGER ->
          asksStatus || asksOutput
              ? Optional.of("No step has run yet whose messages could be asked about.")
              : Optional.empty();
      case EVENT ->
          asksStatus
              ? Optional.of("Only a step can ask about the messages of an earlier one.")
              : Optional.empty();
      case CHANNEL, GROUP_RULE, PREFERENCE, AUDIENCE ->
          asksStatus || asksOutput
              ? Optional.of("Only a step can ask about an earlier one.")
              : Optional.empty();
    };
  }

  private Conditions refuse(String field, String reason) {
    problems.add(new ConditionProblem(field, reason));
    return Conditions.ALWAYS;
  }
}
