package dev.carillon.condition;

import dev.carillon.json.Json;
import dev.carillon.json.JsonLiteral;
import java.util.Set;

/** What a condition's argument means. */
final class Argument {
  private static final Set<String> ROOTS =
      Set.of("data", "recipient", "actor", "vars", "workflow", "run", "tenant", "refs");

  private Argument() {}

  /**
   * A text that begins with a known prefix ({@code data.}, {@code recipient.}, …) is a path; any
   * other text that is JSON is what it says ({@code "5"} is a number, {@code "[\"a\"]"} a list);
   * the rest are themselves. A path that leads nowhere is the empty text.
   */
  static Json resolve(Json argument, Facts facts) {
    if (!(argument instanceof Json.Str(var text))) {
      return argument;
    }
    int dot = text.indexOf('.');
    if (dot > 0 && ROOTS.contains(text.substring(0, dot))) {
      return facts.at(text).orElse(Json.of(""));
    }
    return JsonLiteral.parse(text).orElse(argument);
  }
}
