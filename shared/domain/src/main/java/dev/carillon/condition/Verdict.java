package dev.carillon.condition;

import dev.carillon.condition.Conditions.All;
import dev.carillon.condition.Conditions.Any;
import dev.carillon.condition.Conditions.Condition;
import dev.carillon.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whether conditions hold, and what each was found to compare. Evaluation stops as soon as the
 * answer is known; what follows is listed as not evaluated.
 */
public record Verdict(boolean holds, List<Finding> findings) {

  /** What stands in a log in the place of a secret. */
  public static final Json MASK = Json.of("[secret]");

  public Verdict {
    findings = List.copyOf(findings);
  }

  /**
   * One condition as it was held against the facts.
   *
   * @param argument what the condition's argument came to
   * @param value what its variable came to; JSON null when the path led nowhere
   */
  public record Finding(Condition condition, Json argument, Json value, Result result) {
    /**
     * The finding as logs show it; {@code note} says in words what would be taken for equal and is
     * not: {@code the text 90210, not the number}. A mask spells nothing, so secrets have none.
     */
    public Json.Obj json() {
      Json.Obj shown = shown();
      return result == Result.NOT_EVALUATED
          ? shown
          : Comparison.mistakable(condition.operator(), value, argument)
              .map(note -> shown.with("note", note))
              .orElse(shown);
    }

    private Json.Obj shown() {
      return Json.object()
          .with("variable", condition.variable())
          .with("operator", condition.operator().wireName())
          .with("argument", argument)
          .with("value", value)
          .with(
              "result",
              switch (result) {
                case HOLDS -> Json.TRUE;
                case FAILS -> Json.FALSE;
                case NOT_EVALUATED -> Json.of("not_evaluated");
              });
    }
  }

  public enum Result {
    HOLDS,
    FAILS,
    NOT_EVALUATED
  }

  /** Holds the conditions against the facts. */
  public static Verdict of(Conditions conditions, Facts facts) {
    var findings = new ArrayList<Finding>();
    boolean holds = evaluate(conditions, facts, findings);
    return new Verdict(holds, findings);
  }

  /** The findings as a list for a log. */
  public Json.Arr json() {
    return Json.array(findings.stream().map(Finding::json).toList());
  }

  private static boolean evaluate(Conditions conditions, Facts facts, List<Finding> findings) {
    return switch (conditions) {
      case All(var items) -> untilDecided(items, false, facts, findings);
      case Any(var items) -> untilDecided(items, true, facts, findings);
      case Condition condition -> {
        Finding finding = find(condition, facts);
        findings.add(finding);
        yield finding.result() == Result.HOLDS;
      }
    };
  }

  /** Goes through the items until one answers {@code deciding}; the answer is then that. */
  private static boolean untilDecided(
      List<Conditions> items, boolean deciding, Facts facts, List<Finding> findings) {
    boolean decided = false;
    for (Conditions item : items) {
      if (decided) {
        skip(item, findings);
      } else {
        decided = evaluate(item, facts, findings) == deciding;
      }
    }
    return decided == deciding;
  }

  private static void skip(Conditions conditions, List<Finding> findings) {
    switch (conditions) {
      case All(var items) -> items.forEach(item -> skip(item, findings));
      case Any(var items) -> items.forEach(item -> skip(item, findings));
      case Condition condition ->
          findings.add(
              new Finding(
                  condition, condition.argument().unasked(), Json.NULL, Result.NOT_EVALUATED));
    }
  }

  private static Finding find(Condition condition, Facts facts) {
    return switch (condition.subject()) {
      case Subject.Status status -> StatusComparison.find(condition, status, facts);
      case Subject.Fixed(_, var value) -> compared(condition, Optional.of(value), false, facts);
      case Subject.Value(_, var path) ->
          condition.argument() instanceof Argument.Audience(_, var key)
              ? compared(condition, Optional.of(member(key, facts)), false, facts)
              : compared(condition, facts.at(path), facts.isSecret(path), facts);
    };
  }

  private static Json member(String audience, Facts facts) {
    return Json.of(facts.audiences().getOrDefault(audience, false));
  }

  private static Finding compared(
      Condition condition, Optional<Json> value, boolean secret, Facts facts) {
    Json argument = condition.argument().in(facts);
    String spelling = condition.argument().spelling(argument);
    boolean holds = Comparison.holds(condition.operator(), value, argument, spelling, facts.now());
    return new Finding(
        condition,
        condition.argument().isSecret(facts) ? MASK : argument,
        secret ? MASK : value.orElse(Json.NULL),
        holds ? Result.HOLDS : Result.FAILS);
  }
}
