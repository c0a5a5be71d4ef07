package dev.carillon.workflow;

import static dev.carillon.workflow.Reading.FEED;
import static dev.carillon.workflow.Reading.ok;
import static dev.carillon.workflow.Reading.okSteps;
import static dev.carillon.workflow.Reading.problems;
import static dev.carillon.workflow.Reading.refusedStep;
import static dev.carillon.workflow.Reading.refusedSteps;
import static dev.carillon.workflow.Reading.step;
import static dev.carillon.workflow.Reading.workflow;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.carillon.condition.Conditions;
import dev.carillon.json.Json;
import dev.carillon.workflow.Step.Branch;
import dev.carillon.workflow.Step.BranchPath;
import dev.carillon.workflow.Step.Cohort;
import dev.carillon.workflow.Step.RandomCohort;
import dev.carillon.workflow.Step.Text;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BranchReaderTest {
  private static final String IF =
      """
      {"conditions": {"all": [{"variable": "data.a", "operator": "exists"}]}}
      """;

  @Test
  void a_branch_is_read_with_its_steps() {
    var branch =
        step(
            Branch.class,
            """
            {"ref": "it", "type": "branch", "conditions": null, "branches": [
              {"name": "Pro plan", "terminates": true,
               "conditions": {"all": [{"variable": "recipient.plan_type", "operator": "equal_to",
                                       "argument": "pro"}]},
               "steps": [{"ref": "delay_1", "type": "delay",
                          "settings": {"delay_for": {"unit": "hours", "value": 1}}}]},
              {"name": "Default", "conditions": null, "terminates": false, "steps": []}]}
            """);
    assertThat(branch.branches())
        .extracting(BranchPath::name, arm -> arm.steps().size(), BranchPath::terminates)
        .containsExactly(tuple("Pro plan", 1, true), tuple("Default", 0, false));
    assertThat(branch.branches().getFirst().conditions()).isNotEqualTo(Conditions.ALWAYS);
    assertThat(branch.branches().getLast().conditions()).isEqualTo(Conditions.ALWAYS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"conditions\": {}}",
        "{\"conditions\": []}",
        "{\"conditions\": {\"all\": []}}",
        "{\"name\": null, \"steps\": null, \"terminates\": null, \"color\": \"red\"}"
      })
  void a_default_branch_may_leave_everything_out(String arm) {
    assertThat(step(Branch.class, branch(IF, arm)).branches().getLast())
        .isEqualTo(new BranchPath("Branch 2", Conditions.ALWAYS, List.of(), false));
  }

  @Test
  void a_default_branch_alone_will_do() {
    assertThat(step(Branch.class, branch("{}")).branches()).hasSize(1);
  }

  @Test
  void the_last_branch_must_be_the_default() {
    refusedStep(branch(IF, IF), "branches[1].conditions", "The last branch is the default");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "{}",
        "[]",
        "{\"all\": []}",
        "{\"any\": []}",
        "{\"any\": [{\"all\": []}, []]}"
      })
  void a_branch_that_is_not_the_last_needs_conditions(String none) {
    refusedStep(
        branch("{\"conditions\": " + none + "}", "{}"),
        "branches[0].conditions",
        "Each branch but the last needs conditions");
  }

  @Test
  void there_are_at_most_ten_branches_the_default_included() {
    assertThat(step(Branch.class, branches(10)).branches()).hasSize(10);
    refusedStep(branches(11), "branches", "11");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"ref\": \"it\", \"type\": \"branch\"}",
        "{\"ref\": \"it\", \"type\": \"branch\", \"branches\": []}"
      })
  void a_branch_step_needs_branches(String step) {
    refusedStep(step, "branches", "1 to 10");
  }

  @Test
  void the_branch_step_itself_has_no_conditions() {
    String asked = "\"conditions\": [{\"variable\": \"data.a\", \"operator\": \"exists\"}]";
    refusedStep(
        "{\"ref\": \"it\", \"type\": \"branch\", " + asked + ", \"branches\": [{}]}",
        "conditions",
        "its branches do");
    String none = "\"conditions\": {\"all\": []}";
    assertThat(
            step(
                    Branch.class,
                    "{\"ref\": \"it\", \"type\": \"branch\", " + none + ", \"branches\": [{}]}")
                .conditions())
        .isEqualTo(Conditions.ALWAYS);
  }

  /** Each row: one of two branches, or what is in its place. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          5                      | branches[1]            | object
          {"terminates": "yes"}  | branches[1].terminates | true or false
          {"name": 5}            | branches[1].name       | text
          {"steps": {}}          | branches[1].steps      | list
          {"steps": [5]}         | branches[1].steps[0]   | object
          {"steps": [{"type": "delay"}]} | branches[1].steps[0].ref | ref
          {"conditions": "x"}    | branches[1].conditions | all
          {"conditions": {"all": [{"variable": "data.a"}]}} | branches[1].conditions.all[0].operator | needs an operator
          """)
  void what_is_wrong_with_a_branch_is_named_by_its_place(String arm, String at, String reason) {
    assertThat(problems(workflow(branch(IF, arm))))
        .anySatisfy(
            problem -> {
              assertThat(problem.step()).contains(new StepRef("it"));
              assertThat(problem.field()).isEqualTo(at);
              assertThat(problem.reason()).contains(reason).endsWith(".");
            });
  }

  @Test
  void a_problem_of_a_step_within_a_branch_is_that_steps() {
    refusedSteps(
        List.of(branch("{\"steps\": [{\"ref\": \"inner\", \"type\": \"sorcery\"}]}")),
        "inner",
        "type",
        "\"sorcery\"");
  }

  @Test
  void branches_and_cohorts_nest_five_deep() {
    assertThat(ok(workflowOf(nested(5))).allSteps()).hasSize(5);
    assertThat(ok(workflowOf(inCohort(nested(4)))).allSteps()).hasSize(5);
    assertThat(problems(workflowOf(nested(6)))).containsExactly(tooDeep("level_6"));
    assertThat(problems(workflowOf(inCohort(nested(5))))).containsExactly(tooDeep("level_5"));
  }

  private static WorkflowProblem tooDeep(String ref) {
    return new WorkflowProblem(
        Optional.of(new StepRef(ref)), "branches", "Branches and cohorts nest at most 5 deep.");
  }

  private static Json.Obj workflowOf(Json step) {
    return Json.object().with("steps", Json.array(List.of(step)));
  }

  private static Json.Obj inCohort(Json step) {
    return Json.object()
        .with("ref", "cohorts")
        .with("type", "random_cohort")
        .with(
            "cohort_branches",
            Json.array(
                List.of(
                    Json.object().with("percentage", Json.of(0)),
                    workflowOf(step).with("percentage", Json.of(100)))));
  }

  /** A branch in a branch in a branch, the outermost called {@code level_1}. */
  private static Json nested(int deep) {
    Json.Obj arm = Json.object();
    for (int level = deep; level > 0; level--) {
      arm =
          workflowOf(
              Json.object()
                  .with("ref", "level_" + level)
                  .with("type", "branch")
                  .with("branches", Json.array(List.of(arm))));
    }
    return arm.list("steps").getFirst();
  }

  @Test
  void cohorts_are_read_with_percentages_as_numbers_or_texts() {
    var step =
        step(
            RandomCohort.class,
            """
            {"ref": "it", "type": "random_cohort", "cohort_key": "tenant.id", "cohort_branches": [
              {"name": "Control", "percentage": "33.3", "steps": [], "terminates": true},
              {"percentage": 66.70, "steps": null},
              {"percentage": 0}]}
            """);
    assertThat(step.key()).contains(new Text.Path("tenant.id"));
    assertThat(step.cohorts())
        .containsExactly(
            new Cohort("Control", 333, List.of(), true),
            new Cohort("Cohort 2", 667, List.of(), false),
            new Cohort("Cohort 3", 0, List.of(), false));
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "\"\"", "5.55", "-1", "101", "\"half\"", "true", "\"50%\""})
  void a_percentage_is_from_0_to_100_with_one_decimal_place(String percentage) {
    refusedStep(
        cohorts("{\"percentage\": 50}", "{\"percentage\": " + percentage + "}"),
        "cohort_branches[1].percentage",
        "from 0 to 100");
  }

  @Test
  void percentages_add_up_to_100() {
    refusedStep(
        cohorts("{\"percentage\": 50}", "{\"percentage\": \"49.9\"}"),
        "cohort_branches",
        "add up to 99.9, not 100");
    refusedStep(
        cohorts("{\"percentage\": 100}", "{\"percentage\": 10}"),
        "cohort_branches",
        "add up to 110, not 100");
  }

  @Test
  void there_are_two_to_ten_cohorts() {
    refusedStep(cohorts("{\"percentage\": 100}"), "cohort_branches", "2 to 10");
    String[] ten = Collections.nCopies(10, "{\"percentage\": 10}").toArray(String[]::new);
    assertThat(step(RandomCohort.class, cohorts(ten)).cohorts()).hasSize(10);
    String[] eleven = Collections.nCopies(11, "{\"percentage\": 10}").toArray(String[]::new);
    refusedStep(cohorts(eleven), "cohort_branches", "2 to 10");
  }

  @Test
  void a_cohort_key_is_a_text() {
    refusedStep(
        """
        {"ref": "it", "type": "random_cohort", "cohort_key": 5,
         "cohort_branches": [{"percentage": 50}, {"percentage": 50}]}
        """,
        "cohort_key",
        "text");
  }

  @Test
  void a_step_within_a_cohort_is_read() {
    var workflow =
        okSteps(cohorts("{\"percentage\": 50, \"steps\": [" + FEED + "]}", "{\"percentage\": 50}"));
    assertThat(workflow.allSteps()).hasSize(2);
  }

  private static String branches(int count) {
    var arms = Collections.nCopies(count, IF).toArray(String[]::new);
    arms[count - 1] = "{}";
    return branch(arms);
  }

  private static String branch(String... arms) {
    return "{\"ref\": \"it\", \"type\": \"branch\", \"branches\": ["
        + String.join(",", arms)
        + "]}";
  }

  private static String cohorts(String... cohorts) {
    return "{\"ref\": \"it\", \"type\": \"random_cohort\", \"cohort_branches\": ["
        + String.join(",", cohorts)
        + "]}";
  }
}
