package dev.carillon.workflow;

import dev.carillon.condition.Conditions;
import dev.carillon.condition.ConditionsReader.Place;
import dev.carillon.json.Json;
import dev.carillon.json.JsonLiteral;
import dev.carillon.workflow.Step.Branch;
import dev.carillon.workflow.Step.BranchPath;
import dev.carillon.workflow.Step.Cohort;
import dev.carillon.workflow.Step.RandomCohort;
import dev.carillon.workflow.Step.Text;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the steps that go one of several ways on: branches and random cohorts. */
final class BranchReader {
  private static final int MOST_WAYS = 10;
  private static final int FEWEST_COHORTS = 2;
  private static final int DEEPEST = 5;
  private static final int WHOLE = 1_000;

  private final StepsReader steps;
  private final int depth;

  /**
   * @param depth within how many branches the step is
   */
  BranchReader(StepsReader steps, int depth) {
    this.steps = steps;
    this.depth = depth;
  }

  Optional<Branch> branch(StepRef ref, WorkflowFields fields) {
    if (!fields.conditions(Place.STEP, "conditions").isEmpty()) {
      fields.refuse("conditions", "A branch step has none; its branches do.");
    }
    List<WorkflowFields> ways = ways(fields, "branches", 1);
    var arms = new ArrayList<BranchPath>();
    for (int i = 0; i < ways.size(); i++) {
      arms.add(arm(ways.get(i), "Branch " + (i + 1), i == ways.size() - 1));
    }
    return Optional.of(new Branch(ref, arms));
  }

  private BranchPath arm(WorkflowFields way, String name, boolean last) {
    int before = way.problems().count();
    Conditions conditions = way.conditions(Place.STEP, "conditions");
    if (way.problems().count() == before && conditions.isEmpty() != last) {
      way.refuse(
          "conditions",
          last
              ? "The last branch is the default and has no conditions."
              : "Each branch but the last needs conditions.");
    }
    return new BranchPath(
        way.text("name").orElse(name),
        conditions,
        steps.row(way, depth + 1),
        way.flag("terminates"));
  }

  Optional<RandomCohort> cohorts(StepRef ref, Conditions conditions, WorkflowFields fields) {
    Optional<Text> key = fields.text("cohort_key").map(Text::ofKey);
    List<WorkflowFields> ways = ways(fields, "cohort_branches", FEWEST_COHORTS);
    var cohorts = new ArrayList<Cohort>();
    int before = fields.problems().count();
    for (WorkflowFields way : ways) {
      cohorts.add(
          new Cohort(
              way.text("name").orElse("Cohort " + (cohorts.size() + 1)),
              permille(way),
              steps.row(way, depth + 1),
              way.flag("terminates")));
    }
    int sum = cohorts.stream().mapToInt(Cohort::permille).sum();
    if (sum != WHOLE && !ways.isEmpty() && fields.problems().count() == before) {
      fields.refuse("cohort_branches", "The percentages add up to " + percent(sum) + ", not 100.");
    }
    return Optional.of(new RandomCohort(ref, conditions, key, cohorts));
  }

  private static String percent(int permille) {
    return BigDecimal.valueOf(permille, 1).stripTrailingZeros().toPlainString();
  }

  private static int permille(WorkflowFields way) {
    Optional<Json> given = way.value("percentage");
    Optional<BigDecimal> percentage =
        given
            .flatMap(json -> json instanceof Json.Str(var text) ? JsonLiteral.parse(text) : given)
            .filter(Json.Num.class::isInstance)
            .map(json -> ((Json.Num) json).value().stripTrailingZeros())
            .filter(value -> value.signum() >= 0 && value.compareTo(BigDecimal.valueOf(100)) <= 0)
            .filter(value -> value.scale() <= 1);
    if (percentage.isEmpty()) {
      way.refuse("percentage", "A percentage is from 0 to 100 and has at most one decimal place.");
    }
    return percentage.map(value -> value.movePointRight(1).intValueExact()).orElse(0);
  }

  /** The objects of a list, each below its place; none when they are too many or too deep. */
  private List<WorkflowFields> ways(WorkflowFields fields, String name, int fewest) {
    List<Json> items = fields.list(name);
    if (items.size() < fewest || items.size() > MOST_WAYS) {
      fields.refuse(
          name,
          "There are " + items.size() + " of these; a step has " + fewest + " to 10 of them.");
      return List.of();
    }
    if (depth == DEEPEST) {
      fields.refuse(name, "Branches and cohorts nest at most " + DEEPEST + " deep.");
      return List.of();
    }
    var ways = new ArrayList<WorkflowFields>();
    for (int i = 0; i < items.size(); i++) {
      WorkflowProblems at = fields.problems().below(name + "[" + i + "]");
      if (items.get(i) instanceof Json.Obj item) {
        ways.add(new WorkflowFields(item, at));
      } else {
        at.add("", "This must be an object.");
      }
    }
    return ways;
  }
}
