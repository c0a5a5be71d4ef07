package dev.carillon.functions.operator.push;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.json.text.MalformedJson;
import dev.carillon.project.Finding;
import dev.carillon.setting.VariableRules;
import dev.carillon.variable.Variables;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What {@code variables.json} says for one environment: {@code {"app_name": {"type": "public" |
 * "secret", "value": …, "environment_values": {"production": …}}}}.
 *
 * <p>A text is tried as JSON first: {@code "true"} is a truth value and {@code "12.5"} a number,
 * {@code "007"} and {@code "TRUE"} stay texts.
 *
 * @param names all that are declared, those without a value here included
 */
record VariablesFile(Set<String> names, Variables.Values values, List<Finding> findings) {
  static final VariablesFile NONE = new VariablesFile(Set.of(), Variables.Values.EMPTY, List.of());

  private static final Set<String> FIELDS =
      Set.of("type", "value", "environment_values", "description");

  VariablesFile {
    names = Set.copyOf(names);
    findings = List.copyOf(findings);
  }

  /**
   * @param given values that stand in no file, by name; they win
   */
  static VariablesFile read(
      String file, String text, EnvironmentId environment, Map<String, Json> given) {
    try {
      return JsonText.parse(text) instanceof Json.Obj variables
          ? new Reading(file, environment, given).read(variables)
          : refused(file, "The file does not hold a JSON object.");
    } catch (MalformedJson e) {
      return refused(file, e.located());
    }
  }

  private static VariablesFile refused(String file, String reason) {
    return new VariablesFile(
        Set.of(), Variables.Values.EMPTY, List.of(Finding.inFile(file, reason)));
  }

  /** What was there with these laid over it; a variable that became secret is open no more. */
  Variables.Values over(Variables.Values before) {
    return new Variables.Values(
        without(before.open()).merged(values.open()),
        without(before.secret()).merged(values.secret()));
  }

  private Json.Obj without(Json.Obj before) {
    var rest = new LinkedHashMap<>(before.fields());
    rest.keySet().removeAll(names);
    return new Json.Obj(rest);
  }

  private static final class Reading {
    private final String file;
    private final EnvironmentId environment;
    private final Map<String, Json> given;
    private final Set<String> names = new TreeSet<>();
    private final Map<String, Json> open = new LinkedHashMap<>();
    private final Map<String, Json> secret = new LinkedHashMap<>();
    private final List<Finding> findings = new ArrayList<>();

    Reading(String file, EnvironmentId environment, Map<String, Json> given) {
      this.file = file;
      this.environment = environment;
      this.given = given;
    }

    VariablesFile read(Json.Obj variables) {
      variables.fields().forEach(this::variable);
      return new VariablesFile(
          names, new Variables.Values(new Json.Obj(open), new Json.Obj(secret)), findings);
    }

    private void variable(String name, Json json) {
      if (!VariableRules.isName(name)) {
        refuse(name, VariableRules.NAME + ".");
        return;
      }
      if (!(json instanceof Json.Obj variable)) {
        refuse(name, "a variable is an object with a \"type\" and a \"value\".");
        return;
      }
      var unknown = new TreeSet<>(variable.fields().keySet());
      unknown.removeAll(FIELDS);
      if (!unknown.isEmpty()) {
        refuse(name, "\"" + unknown.first() + "\" is not a field of a variable.");
        return;
      }
      var type = variable.text("type").orElse("");
      if (!Set.of("public", "secret").contains(type)) {
        refuse(name, "\"type\" must be \"public\" or \"secret\".");
        return;
      }
      if (type.equals("secret")
          && value(name, variable).filter(VariableRules::isTooShort).isPresent()) {
        refuse(name, VariableRules.TOO_SHORT + ".");
        return;
      }
      names.add(name);
      var values = type.equals("secret") ? secret : open;
      value(name, variable).ifPresent(value -> values.put(name, value));
    }

    private Optional<Json> value(String name, Json.Obj variable) {
      return Optional.ofNullable(given.get(name))
          .or(() -> variable.object("environment_values").get(environment.value()))
          .or(() -> variable.get("value"))
          .filter(value -> !(value instanceof Json.Null))
          .map(VariableRules::value);
    }

    private void refuse(String name, String reason) {
      findings.add(Finding.inFile(file, name + ": " + reason));
    }
  }
}
