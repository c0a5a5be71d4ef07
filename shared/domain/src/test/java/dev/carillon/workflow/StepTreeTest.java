package dev.carillon.workflow;

import static dev.carillon.workflow.Reading.okSteps;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The ways through a workflow: a, then a branch of b c | d (which terminates) | nothing
 * (terminates) | nothing, then a cohort step of e, in which there is a branch of f, and of nothing;
 * then z.
 */
class StepTreeTest {
  private static final String IF =
      "\"conditions\": [{\"variable\": \"data.a\", \"operator\": \"exists\"}], ";
  private final Workflow workflow =
      okSteps(
          delay("a"),
          branch(
              "branch",
              "{" + IF + "\"steps\": [" + delay("b") + "," + delay("c") + "]}",
              "{" + IF + "\"steps\": [" + delay("d") + "], \"terminates\": true}",
              "{" + IF + "\"terminates\": true}",
              "{}"),
          """
          {"ref": "cohorts", "type": "random_cohort", "cohort_branches": [
            {"percentage": 50, "steps": [%s, %s]},
            {"percentage": 50, "steps": []}]}
          """
              .formatted(delay("e"), branch("inner", "{\"steps\": [" + delay("f") + "]}")),
          delay("z"));

  @ParameterizedTest
  @CsvSource({
    "a, branch",
    "branch, cohorts",
    "b, c",
    "c, cohorts",
    "d,",
    "cohorts, z",
    "e, inner",
    "inner, z",
    "f, z",
    "z,",
    "gone,"
  })
  void what_follows_a_step(String step, String after) {
    assertThat(workflow.after(new StepRef(step)).map(it -> it.ref().value()))
        .isEqualTo(Optional.ofNullable(after));
  }

  @ParameterizedTest
  @CsvSource({
    "branch, 0, b",
    "branch, 1, d",
    "branch, 2,",
    "branch, 3, cohorts",
    "cohorts, 0, e",
    "cohorts, 1, z",
    "inner, 0, f"
  })
  void where_a_way_begins(String step, int way, String first) {
    assertThat(workflow.into(new StepRef(step), way).map(it -> it.ref().value()))
        .isEqualTo(Optional.ofNullable(first));
  }

  @Test
  void a_way_of_no_step_begins_nowhere() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> workflow.into(new StepRef("gone"), 0))
        .withMessageContaining("gone");
  }

  @Test
  void the_way_behind_the_last_step_leads_out_of_all_branches_but_ends_where_one_terminates() {
    var nested =
        okSteps(
            branch(
                "one",
                "{\"terminates\": true, \"steps\": ["
                    + branch("two", "{\"steps\": [" + delay("a") + "]}")
                    + "]}"),
            delay("z"));
    assertThat(nested.after(new StepRef("a"))).isEmpty();
    assertThat(nested.after(new StepRef("two"))).isEmpty();
    assertThat(nested.after(new StepRef("one"))).contains(nested.steps().getLast());
  }

  @Test
  void every_step_is_found_wherever_it_is() {
    assertThat(workflow.allSteps())
        .extracting(step -> step.ref().value())
        .containsExactly("a", "branch", "b", "c", "d", "cohorts", "e", "inner", "f", "z");
    assertThat(workflow.allSteps())
        .allSatisfy(step -> assertThat(workflow.step(step.ref())).containsSame(step));
    assertThat(workflow.step(new StepRef("gone"))).isEmpty();
  }

  @Test
  void what_a_throttle_turns_away_goes_on_at_the_next_batch_of_its_row() {
    var digests =
        okSteps(
            batch("before"),
            throttle("first", "batch"),
            throttle("second", "batch"),
            throttle("dropping", "drop"),
            branch("branch", "{\"steps\": [" + batch("inside") + "]}"),
            batch("next"),
            batch("last"));
    assertThat(overflow(digests, "first")).contains("next");
    assertThat(overflow(digests, "second")).contains("next");
    assertThat(overflow(digests, "dropping")).isEmpty();
    assertThat(overflow(digests, "next")).isEmpty();
    assertThat(overflow(digests, "gone")).isEmpty();
  }

  private static Optional<String> overflow(Workflow workflow, String throttle) {
    return workflow.overflowBatch(new StepRef(throttle)).map(step -> step.ref().value());
  }

  @Test
  void two_steps_of_one_name_make_no_tree() {
    List<Step> twice = List.of(workflow.steps().getFirst(), workflow.steps().getFirst());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new StepTree(twice))
        .withMessageContaining("called a");
  }

  @Test
  void trees_of_equal_steps_are_equal() {
    assertThat(new StepTree(workflow.steps()))
        .isEqualTo(workflow.tree())
        .hasSameHashCodeAs(workflow.tree())
        .isNotEqualTo(new StepTree(List.of()));
  }

  private static String delay(String ref) {
    return """
    {"ref": "%s", "type": "delay", "settings": {"delay_for": {"unit": "days", "value": 1}}}
    """
        .formatted(ref);
  }

  private static String batch(String ref) {
    return """
    {"ref": "%s", "type": "batch", "settings": {"batch_window": {"unit": "days", "value": 1}}}
    """
        .formatted(ref);
  }

  private static String throttle(String ref, String onExceeded) {
    return """
    {"ref": "%s", "type": "throttle", "settings": {"on_exceeded": "%s",
      "throttle_window": {"unit": "days", "value": 1}}}
    """
        .formatted(ref, onExceeded);
  }

  private static String branch(String ref, String... branches) {
    return "{\"ref\": \""
        + ref
        + "\", \"type\": \"branch\", \"branches\": ["
        + String.join(",", branches)
        + "]}";
  }
}
