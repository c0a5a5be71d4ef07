package dev.carillon.functions.api.explain;

import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import java.util.List;
import java.util.Optional;

/** What conditions compared, in words: the findings that a run's log keeps. */
final class ConditionWords {
  /** Sentences are for reading; the findings stand beside them in full. */
  private static final int MOST = 3;

  private static final int LONGEST_VALUE = 80;

  private ConditionWords() {}

  /** Those that failed: {@code data.plan equal to "pro" (it was "free")}; empty when none did. */
  static Optional<String> failed(List<Json> findings) {
    List<String> failed =
        findings.stream()
            .filter(Json.Obj.class::isInstance)
            .map(Json.Obj.class::cast)
            .filter(finding -> finding.get("result").filter(Json.FALSE::equals).isPresent())
            .map(ConditionWords::finding)
            .toList();
    if (failed.isEmpty()) {
      return Optional.empty();
    }
    String shown = String.join("; ", failed.subList(0, Math.min(MOST, failed.size())));
    return Optional.of(
        failed.size() > MOST ? shown + "; and " + (failed.size() - MOST) + " more" : shown);
  }

  private static String finding(Json.Obj finding) {
    String operator = finding.text("operator").orElse("").replace('_', ' ');
    Json argument = finding.get("argument").orElse(Json.NULL);
    String compared = argument.equals(Json.NULL) ? "" : " " + value(argument);
    return finding.text("variable").orElse("")
        + " "
        + operator
        + compared
        + " (it was "
        + value(finding.get("value").orElse(Json.NULL))
        + finding.text("note").map(note -> ": " + note).orElse("")
        + ")";
  }

  private static String value(Json value) {
    if (value.equals(Json.NULL)) {
      return "nothing";
    }
    String text = JsonText.write(value);
    return text.length() <= LONGEST_VALUE ? text : text.substring(0, LONGEST_VALUE) + "…";
  }
}
