package dev.carillon.workflow;

import static dev.carillon.workflow.Reading.FEED;
import static dev.carillon.workflow.Reading.okSteps;
import static dev.carillon.workflow.Reading.problems;
import static dev.carillon.workflow.Reading.refusedSteps;
import static dev.carillon.workflow.Reading.workflow;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Steps can ask only about what can have run, and go only where there is something. */
class OrderCheckTest {
  private static final String SEEN =
      """
      "conditions": {"any": [{"variable": "refs.feed_1.engagement_status", "operator": "contains",
                              "argument": "$message.seen"}]}
      """;
  private static final String MATCHED =
      """
      "conditions": {"all": [{"variable": "refs.wait_1.matched", "operator": "equal_to",
                              "argument": "true"}]}
      """;
  private static final String WAIT =
      """
      {"ref": "wait_1", "type": "wait_for_event", "settings": {
         "event": {"event_type": "recipient"}}}
      """;

  @Test
  void a_step_may_ask_about_one_before_it_in_its_row() {
    okSteps(FEED, step("it", SEEN));
  }

  @Test
  void a_step_may_not_ask_about_itself_or_one_behind_it() {
    refusedSteps(
        List.of(step("it", SEEN), FEED), "it", "conditions", "No earlier step has the ref feed_1");
    refusedSteps(
        List.of(step("feed_1", SEEN)), "feed_1", "conditions", "No earlier step has the ref");
    refusedSteps(List.of(step("it", SEEN)), "it", "conditions", "No earlier step has the ref");
  }

  @Test
  void only_of_a_channel_step_can_it_be_asked_where_its_messages_stand() {
    refusedSteps(
        List.of(WAIT.replace("wait_1", "feed_1"), step("it", SEEN)),
        "it",
        "conditions",
        "The step feed_1 makes no messages");
  }

  @Test
  void a_step_within_a_branch_may_ask_about_one_before_the_branch() {
    okSteps(FEED, branch("", step("it", SEEN)));
    okSteps(FEED, branch("", inner(branch("", step("it", SEEN)))));
    refusedSteps(
        List.of(branch("", step("it", SEEN)), FEED), "it", "conditions", "No earlier step");
  }

  @Test
  void a_step_behind_a_branch_may_ask_about_one_within_it() {
    okSteps(branch("", FEED), step("it", SEEN));
    okSteps(branch("", inner(branch("", FEED))), step("it", SEEN));
  }

  @Test
  void a_step_within_a_branch_may_not_ask_about_one_in_another_way_of_the_same() {
    String step =
        """
        {"ref": "branch_1", "type": "branch", "branches": [
          {"conditions": [{"variable": "data.a", "operator": "exists"}], "steps": [%s]},
          {"steps": [%s]}]}
        """;
    refusedSteps(
        List.of(step.formatted(FEED, step("it", SEEN))), "it", "conditions", "No earlier step");
    String cohorts =
        """
        {"ref": "cohort_1", "type": "random_cohort", "cohort_branches": [
          {"percentage": 50, "steps": [%s]}, {"percentage": 50, "steps": [%s]}]}
        """;
    refusedSteps(
        List.of(cohorts.formatted(FEED, step("it", SEEN))), "it", "conditions", "No earlier step");
  }

  @Test
  void a_branch_may_ask_about_steps_before_the_branch_step_only() {
    okSteps(FEED, branch("{" + SEEN + "},"));
    refusedSteps(
        List.of(branch("{" + SEEN + "},"), FEED),
        "branch_1",
        "branches[0].conditions",
        "No earlier step");
    refusedSteps(
        List.of(branch("{" + SEEN + ", \"steps\": [" + FEED + "]},")),
        "branch_1",
        "branches[0].conditions",
        "No earlier step");
  }

  @Test
  void what_a_wait_found_can_be_asked_of_a_step_that_waited_for_an_event() {
    okSteps(WAIT, step("it", MATCHED));
    okSteps(branch("", WAIT), step("it", MATCHED));
    refusedSteps(
        List.of(step("it", MATCHED), WAIT), "it", "conditions", "no earlier step that waits");
    refusedSteps(
        List.of(FEED, step("it", MATCHED.replace("wait_1", "feed_1"))),
        "it",
        "conditions",
        "\"refs.feed_1.matched\": no earlier step that waits");
  }

  @Test
  void an_event_can_be_compared_with_what_an_earlier_wait_found() {
    String second =
        """
        {"ref": "wait_2", "type": "wait_for_event", "settings": {
          "event": {"event_type": "recipient"},
          "match_conditions": [{"conditions": [{"variable": "event.id", "operator": "equal_to",
            "argument": "refs.wait_1.signal_variables.id"}]}]}}
        """;
    okSteps(WAIT, second);
    refusedSteps(
        List.of(second, WAIT), "wait_2", "settings.match_conditions", "no earlier step that waits");
  }

  @Test
  void what_a_throttle_turns_away_needs_a_batch_behind_it_in_its_row() {
    String throttle =
        """
        {"ref": "it", "type": "throttle", "settings": {"on_exceeded": "batch",
          "throttle_window": {"unit": "days", "value": 1}}}
        """;
    String batch =
        """
        {"ref": "digest", "type": "batch", "settings": {
          "batch_window": {"unit": "days", "value": 1}}}
        """;
    okSteps(throttle, FEED, batch);
    okSteps(branch("", throttle, batch));
    String reason = "a batch step behind this one, in the same row";
    refusedSteps(List.of(throttle), "it", "settings.on_exceeded", reason);
    refusedSteps(List.of(batch, throttle, FEED), "it", "settings.on_exceeded", reason);
    refusedSteps(List.of(branch("", throttle), batch), "it", "settings.on_exceeded", reason);
    refusedSteps(List.of(throttle, branch("", batch)), "it", "settings.on_exceeded", reason);
  }

  @Test
  void the_order_is_looked_at_only_when_each_step_could_be_read() {
    assertThat(problems(workflow(FEED.replace("in_app_feed", "owl"), step("it", SEEN))))
        .singleElement()
        .satisfies(problem -> assertThat(problem.field()).isEqualTo("channel_type"));
  }

  private static String step(String ref, String conditions) {
    return """
    {"ref": "%s", "type": "delay", "settings": {"delay_for": {"unit": "days", "value": 1}}, %s}
    """
        .formatted(ref, conditions);
  }

  /** A branch step of these branches and a default one of these steps. */
  private static String branch(String branches, String... steps) {
    return """
    {"ref": "branch_1", "type": "branch", "branches": [%s {"steps": [%s]}]}
    """
        .formatted(branches, String.join(",", steps));
  }

  private static String inner(String branch) {
    return branch.replace("branch_1", "branch_2");
  }
}
