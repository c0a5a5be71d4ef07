package dev.carillon.preference;

import dev.carillon.condition.ConditionProblem;
import dev.carillon.condition.Conditions;
import dev.carillon.condition.ConditionsReader;
import dev.carillon.condition.ConditionsReader.Place;
import dev.carillon.condition.ConditionsReader.Read;
import dev.carillon.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a preference set looks like. Names it does not know are let pass, as Knock does. */
public final class PreferenceSet {
  private static final String PERSISTENCE = "__persistence_strategy__";
  private static final Set<String> STRATEGIES = Set.of("merge", Layered.REPLACE);

  private final List<ConditionProblem> problems = new ArrayList<>();

  private PreferenceSet() {}

  /**
   * What is wrong with a set that is to be written, or with a part of one that is to be merged into
   * another; none when nothing is. The fields of the problems are paths below the set.
   */
  public static List<ConditionProblem> problems(Json set) {
    var reader = new PreferenceSet();
    if (set instanceof Json.Obj object) {
      reader.set(object);
    } else {
      reader.problem("", "A preference set is an object.");
    }
    return List.copyOf(reader.problems);
  }

  /** The conditions of a preference: a list, of which all must hold. */
  static Read conditions(String field, Json json) {
    return json instanceof Json.Arr
        ? ConditionsReader.read(Place.PREFERENCE, field, Optional.of(json))
        : new Read(
            Conditions.ALWAYS,
            List.of(new ConditionProblem(field, "Conditions of a preference are a list.")));
  }

  private void set(Json.Obj set) {
    set.get(Layered.STRATEGY)
        .ifPresent(
            _ -> problem(Layered.STRATEGY, "A strategy is for single preferences, not for a set."));
    strategy(PERSISTENCE, set.get(PERSISTENCE));
    for (String kind : List.of("workflows", "categories")) {
      map(kind, set.get(kind), this::scope);
    }
    channels("", set);
    set.get(PreferenceSets.COMMERCIAL).ifPresent(it -> leaf(PreferenceSets.COMMERCIAL, it));
  }

  private void channels(String prefix, Json.Obj scope) {
    for (String kind : List.of("channel_types", "channels")) {
      map(prefix + kind, scope.get(kind), this::leaf);
    }
  }

  private interface Check {
    void at(String place, Json value);
  }

  private void map(String place, Optional<Json> value, Check check) {
    switch (value.orElse(Json.NULL)) {
      case Json.Null() -> {}
      case Json.Obj object -> {
        strategy(place + "." + Layered.STRATEGY, object.get(Layered.STRATEGY));
        object
            .without(Layered.STRATEGY)
            .fields()
            .forEach((name, it) -> check.at(place + "." + name, it));
      }
      case Json.Arr _, Json.Str _, Json.Num _, Json.Bool _ ->
          problem(place, "Preferences are an object.");
    }
  }

  /** A workflow or a category. */
  private void scope(String place, Json value) {
    leaf(place, value);
    if (value instanceof Json.Obj object) {
      channels(place + ".", object);
    }
  }

  private void leaf(String place, Json value) {
    switch (value) {
      case Json.Null(), Json.Bool _ -> {}
      case Json.Obj object -> {
        strategy(place + "." + Layered.STRATEGY, object.get(Layered.STRATEGY));
        object
            .get(Preference.CONDITIONS)
            .filter(it -> !(it instanceof Json.Null))
            .ifPresent(
                it ->
                    problems.addAll(
                        conditions(place + "." + Preference.CONDITIONS, it).problems()));
      }
      case Json.Arr _, Json.Str _, Json.Num _ ->
          problem(place, "A preference is true, false, or an object.");
    }
  }

  private void strategy(String place, Optional<Json> value) {
    boolean known =
        value.isEmpty() || value.get() instanceof Json.Str(var name) && STRATEGIES.contains(name);
    if (!known) {
      problem(place, "A strategy is merge or replace.");
    }
  }

  private void problem(String field, String reason) {
    problems.add(new ConditionProblem(field, reason));
  }
}
