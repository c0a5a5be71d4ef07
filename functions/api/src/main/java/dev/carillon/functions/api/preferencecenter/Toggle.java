package dev.carillon.functions.api.preferencecenter;

import dev.carillon.json.Json;
import java.util.List;
import java.util.Optional;

/**
 * One thing that can be switched on and off: a place in a preference set.
 *
 * @param label what people read beside it
 * @param path from the set down: {@code categories, comments, channel_types, email}
 */
record Toggle(String label, List<String> path) {
  private static final String CONDITIONS = "conditions";

  Toggle {
    path = List.copyOf(path);
  }

  enum State {
    ON,
    OFF,
    /** Conditions decide it, which no switch shows; they stay as they are. */
    CONDITIONAL
  }

  /** How the page and the form call it; no two of one page are called the same. */
  String name() {
    return String.join(".", path);
  }

  /** Nothing said is on, as it is when messages are sent. */
  State in(Json.Obj set) {
    Json at = set;
    for (String step : path) {
      if (at instanceof Json.Bool(var wanted)) {
        return wanted ? State.ON : State.OFF;
      }
      at = at instanceof Json.Obj object ? object.get(step).orElse(Json.NULL) : Json.NULL;
    }
    if (at instanceof Json.Bool(var wanted)) {
      return wanted ? State.ON : State.OFF;
    }
    return conditions(at).isPresent() ? State.CONDITIONAL : State.ON;
  }

  private static Optional<Json> conditions(Json at) {
    return at instanceof Json.Obj object
        ? object.get(CONDITIONS).filter(it -> !(it instanceof Json.Null))
        : Optional.empty();
  }

  /** A set that says this of it and nothing else. */
  Json.Obj said(boolean wanted) {
    Json said = Json.of(wanted);
    for (String step : path.reversed()) {
      said = Json.object().with(step, said);
    }
    return (Json.Obj) said;
  }
}
