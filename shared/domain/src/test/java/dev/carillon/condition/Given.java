package dev.carillon.condition;

import dev.carillon.condition.Conditions.Condition;
import dev.carillon.json.Json;
import dev.carillon.json.JsonLiteral;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

/** What the tests of conditions write down. */
final class Given {
  static final Instant NOW = Instant.parse("2026-03-10T12:00:00Z");

  private Given() {}

  static Json json(String text) {
    return JsonLiteral.parse(text).orElseThrow(() -> new AssertionError("Not JSON: " + text));
  }

  static Json.Obj object(String text) {
    return (Json.Obj) json(text);
  }

  static Condition when(String variable, Operator operator, String argument) {
    return new Condition(variable, operator, json(argument));
  }

  static Facts facts(String scope) {
    return new Facts(object(scope), Map.of(), Set.of(), NOW);
  }

  static Facts facts(String ref, StepStatus status) {
    return new Facts(Json.Obj.EMPTY, Map.of(ref, status), Set.of(), NOW);
  }
}
