package dev.carillon.time;

import dev.carillon.json.Json;
import dev.carillon.json.JsonLiteral;

/** Rules in the form that files have them. */
final class Rules {
  private Rules() {}

  static RepeatRule rule(String json) {
    return switch (RepeatRule.of(json(json))) {
      case RepeatRule.Read.Ok(var rule) -> rule;
      case RepeatRule.Read.Refused(var problems) -> throw new AssertionError(problems.toString());
    };
  }

  static Json json(String text) {
    return JsonLiteral.parse(text).orElseThrow(() -> new AssertionError("No JSON: " + text));
  }
}
