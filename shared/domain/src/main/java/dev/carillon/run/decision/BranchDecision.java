package dev.carillon.run.decision;

import dev.carillon.condition.Verdict;
import dev.carillon.id.Digest;
import dev.carillon.json.Json;
import dev.carillon.run.SkipReason;
import dev.carillon.workflow.Step;
import dev.carillon.workflow.Step.BranchPath;
import dev.carillon.workflow.Step.Cohort;
import java.util.ArrayList;
import java.util.List;

/** Which way a run goes where there are several. */
final class BranchDecision {
  private static final int ALL = 1_000;

  private BranchDecision() {}

  /** The first branch whose conditions hold; the last has none. */
  static Move of(Step.Branch step, StepInput input) {
    var looked = new ArrayList<Json>();
    for (int i = 0; i < step.branches().size(); i++) {
      BranchPath arm = step.branches().get(i);
      Verdict verdict = Verdict.of(arm.conditions(), input.facts());
      Json.Obj entry = Json.object().with("name", arm.name());
      looked.add(verdict.findings().isEmpty() ? entry : entry.with("conditions", verdict.json()));
      if (verdict.holds()) {
        return new Move.Enter(i, arm.name(), Json.object().with("branches", Json.array(looked)));
      }
    }
    return new Move.Skip(
        SkipReason.NO_BRANCH, false, Json.object().with("branches", Json.array(looked)));
  }

  /** The cohort that a hash of step and key falls into: the same key is always in the same. */
  static Move of(Step.RandomCohort step, StepInput input) {
    Texts.Resolved said =
        step.key()
            .map(text -> input.texts().say(step, "cohort_key", text))
            .orElseGet(() -> new Texts.Resolved.Value(Json.of(input.recipientId().id())));
    return switch (said) {
      case Texts.Resolved.Failed(var problem) -> new Move.Fail(problem);
      // Knock does not say; a cohort for everybody without a key would not be a random one.
      case Texts.Resolved.Nothing() -> enter(step, input, Json.of(input.recipientId().id()));
      case Texts.Resolved.Value(var key) -> enter(step, input, key);
    };
  }

  private static Move enter(Step.RandomCohort step, StepInput input, Json key) {
    double place =
        ALL
            * Digest.of(
                    "cohort",
                    input.workflow().key().value(),
                    step.ref().value(),
                    SettingKey.text(key))
                .fraction();
    int arm = cohortAt(place, step.cohorts());
    Cohort cohort = step.cohorts().get(arm);
    return new Move.Enter(
        arm, cohort.name(), Json.object().with("cohort_key", key).with("cohort", cohort.name()));
  }

  private static int cohortAt(double place, List<Cohort> cohorts) {
    int end = 0;
    for (int i = 0; i < cohorts.size(); i++) {
      end += cohorts.get(i).permille();
      if (place < end) {
        return i;
      }
    }
    return cohorts.size() - 1;
  }
}
