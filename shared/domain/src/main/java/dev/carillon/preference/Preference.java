package dev.carillon.preference;

import dev.carillon.condition.ConditionProblem;
import dev.carillon.condition.ConditionsReader;
import dev.carillon.condition.Facts;
import dev.carillon.condition.Verdict;
import dev.carillon.json.Json;
import dev.carillon.preference.Choice.Reason;
import java.util.List;
import java.util.Optional;

/**
 * One preference that bears on a message: true, false, or an object whose conditions say which.
 *
 * @param place in the set
 */
record Preference(String place, Layered at) {
  static final String CONDITIONS = "conditions";

  sealed interface Ruling {
    /** Nobody said anything. */
    record Silent() implements Ruling {}

    /**
     * @param findings empty when no conditions were asked
     */
    record Given(boolean wanted, Reason reason, Optional<Json.Arr> findings) implements Ruling {}
  }

  Ruling ruling(Facts facts) {
    return at.top().<Ruling>map(top -> ruling(top, facts)).orElse(new Ruling.Silent());
  }

  private Ruling ruling(Layered.Part top, Facts facts) {
    return switch (top.value()) {
      case Json.Bool(var wanted) -> given(wanted, top.layer(), Optional.empty());
      case Json.Obj _ ->
          at.at(CONDITIONS)
              .top()
              .<Ruling>map(conditions -> conditional(conditions, facts))
              .orElse(new Ruling.Silent());
      // Nothing that was accepted looks so. Who cannot be understood is not written to.
      case Json.Str _, Json.Num _, Json.Arr _, Json.Null _ ->
          given(false, top.layer(), Optional.empty());
    };
  }

  /** Conditions that make no sense do not hold. */
  private Ruling conditional(Layered.Part conditions, Facts facts) {
    var read = PreferenceSet.conditions(CONDITIONS, conditions.value());
    if (!read.problems().isEmpty()) {
      return given(false, conditions.layer(), Optional.of(shown(read.problems())));
    }
    var verdict = Verdict.of(read.conditions(), facts);
    return given(verdict.holds(), conditions.layer(), Optional.of(verdict.json()));
  }

  private static Json.Arr shown(List<ConditionProblem> problems) {
    return Json.array(
        problems.stream()
            .map(
                it ->
                    Json.object()
                        .with("field", it.field())
                        .with("problem", it.reason())
                        .with("result", Json.FALSE))
            .toList());
  }

  private Ruling given(boolean wanted, Layer layer, Optional<Json.Arr> findings) {
    return new Ruling.Given(wanted, new Reason(layer, place), findings);
  }

  /** The conditions in it as they were read; empty when it holds none. */
  Optional<ConditionsReader.Read> conditions() {
    return at.at(CONDITIONS).top().map(it -> PreferenceSet.conditions(CONDITIONS, it.value()));
  }
}
