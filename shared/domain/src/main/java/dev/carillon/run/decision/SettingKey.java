package dev.carillon.run.decision;

import dev.carillon.json.Json;
import dev.carillon.json.JsonLiteral;
import dev.carillon.workflow.Step;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The key by which a batch or a budget is set apart from the recipient's others. */
sealed interface SettingKey {

  /** The step has no key. */
  record None() implements SettingKey {}

  record Is(Json value) implements SettingKey {}

  /** The path leads nowhere, or the template came to nothing. */
  record Missing() implements SettingKey {}

  record Failed(String problem) implements SettingKey {}

  static SettingKey of(Step step, String field, Optional<Step.Text> key, StepInput input) {
    if (key.isEmpty()) {
      return new None();
    }
    return switch (input.texts().say(step, field, key.get())) {
      case Texts.Resolved.Value(var value) -> new Is(value);
      case Texts.Resolved.Nothing() -> new Missing();
      case Texts.Resolved.Failed(var problem) -> new Failed(problem);
    };
  }

  /** The value as one text: different values never have the same. */
  static String text(Json value) {
    return JsonLiteral.write(value);
  }

  /** How long the value is in Knock's measure: as JSON, encoded for a URL. */
  static int encodedLength(Json value) {
    return URLEncoder.encode(JsonLiteral.write(value), StandardCharsets.UTF_8).length();
  }
}
