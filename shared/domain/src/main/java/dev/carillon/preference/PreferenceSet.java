package dev.carillon.preference;

import dev.carillon.channel.ChannelType;
import dev.carillon.condition.ConditionProblem;
import dev.carillon.condition.Conditions;
import dev.carillon.condition.ConditionsReader;
import dev.carillon.condition.ConditionsReader.Place;
import dev.carillon.condition.ConditionsReader.Read;
import dev.carillon.json.Json;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a preference set looks like. A name that nobody reads is more likely misspelled than meant
 * for nobody, and is refused: an {@code Email} that is off would go on.
 */
public final class PreferenceSet {
  private static final String PERSISTENCE = "__persistence_strategy__";
  private static final Set<String> FIELDS =
      Set.of(
          "id",
          "workflows",
          "categories",
          "channel_types",
          "channels",
          PreferenceSets.COMMERCIAL,
          Layered.STRATEGY,
          PERSISTENCE);
  private static final Set<String> SCOPE_FIELDS =
      Set.of("channel_types", "channels", Preference.CONDITIONS, Layered.STRATEGY);

  /** Guides are read by Knock's clients, and nothing is sent of them. */
  private static final List<String> TYPES =
      Stream.concat(
              Arrays.stream(ChannelType.values()).map(ChannelType::wireName),
              Stream.of("in_app_guide"))
          .toList();

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
    known("", set, FIELDS);
    for (String kind : List.of("workflows", "categories")) {
      map(kind, set.get(kind), this::scope);
    }
    channels("", set);
    set.get(PreferenceSets.COMMERCIAL).ifPresent(it -> leaf(PreferenceSets.COMMERCIAL, it));
  }

  private void channels(String prefix, Json.Obj scope) {
    map(prefix + "channel_types", scope.get("channel_types"), this::channelType);
    map(prefix + "channels", scope.get("channels"), this::leaf);
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
      known(place + ".", object, SCOPE_FIELDS);
      channels(place + ".", object);
    }
  }

  /** What is null says nothing, whatever it is called. */
  private void known(String prefix, Json.Obj object, Set<String> names) {
    object
        .fields()
        .forEach(
            (name, value) -> {
              if (!names.contains(name) && !(value instanceof Json.Null)) {
                problem(prefix + name, "There is no such preference.");
              }
            });
  }

  private void channelType(String place, Json value) {
    String name = place.substring(place.lastIndexOf('.') + 1);
    if (TYPES.contains(name)) {
      leaf(place, value);
    } else if (!(value instanceof Json.Null)) {
      problem(place, "A type of channel is one of " + String.join(", ", TYPES) + ".");
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
