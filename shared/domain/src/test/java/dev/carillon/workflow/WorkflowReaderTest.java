package dev.carillon.workflow;

import static dev.carillon.workflow.Reading.FEED;
import static dev.carillon.workflow.Reading.KEY;
import static dev.carillon.workflow.Reading.json;
import static dev.carillon.workflow.Reading.ok;
import static dev.carillon.workflow.Reading.problems;
import static dev.carillon.workflow.Reading.refused;
import static dev.carillon.workflow.Reading.refusedStep;
import static dev.carillon.workflow.Reading.refusedSteps;
import static dev.carillon.workflow.Reading.workflow;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.channel.ChannelType;
import dev.carillon.condition.Conditions;
import dev.carillon.condition.Conditions.All;
import dev.carillon.condition.Conditions.Any;
import dev.carillon.condition.Conditions.Condition;
import dev.carillon.condition.Operator;
import dev.carillon.json.Json;
import dev.carillon.window.Period;
import dev.carillon.window.SendWindowMode;
import dev.carillon.window.SendWindows;
import dev.carillon.window.TimeUnit;
import dev.carillon.window.Window;
import dev.carillon.workflow.Step.ChannelStep;
import dev.carillon.workflow.Step.Delay;
import dev.carillon.workflow.Step.Destination;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class WorkflowReaderTest {
  @Test
  void a_workflow_as_knock_writes_it_is_read() {
    Workflow workflow =
        ok(
            """
            {"$schema": "https://schemas.knock.app/cli/workflow.json",
             "__readonly": {"key": "new-comment", "active": true},
             "name": "New comment", "description": "d", "categories": ["collab", "Two words"],
             "tags": ["t"], "conditions": null, "trigger_frequency": "every_trigger",
             "trigger_data_json_schema": null, "goal_attachment": null,
             "settings": {"is_commercial": true, "override_preferences": false},
             "steps": [
               {"type": "channel", "ref": "feed_1", "name": "n", "description": "d",
                "channel_type": "in_app_feed", "channel_key": "feed", "channel_group_key": null,
                "send_windows": [], "channel_overrides": null,
                "template": {"markdown_body": "Hello"}},
               {"type": "delay", "ref": "delay_1",
                "settings": {"delay_for": {"unit": "minutes", "value": 5},
                             "delay_until_field_path": null}},
               {"type": "channel", "ref": "email_1", "channel_type": "email",
                "channel_key": "email", "template": {"subject": "s"},
                "channel_overrides": {"to_address": "{{data.to}}"},
                "conditions": {"all": [{"variable": "refs.feed_1.engagement_status",
                  "operator": "not_contains", "argument": "$message.seen"}]}}]}
            """);
    assertThat(workflow.key()).isEqualTo(KEY);
    assertThat(workflow.name()).isEqualTo("New comment");
    assertThat(workflow.categories()).containsExactly("collab", "Two words");
    assertThat(workflow.conditions()).isEqualTo(Conditions.ALWAYS);
    assertThat(workflow.steps())
        .containsExactly(
            new ChannelStep(
                new StepRef("feed_1"),
                Conditions.ALWAYS,
                ChannelType.IN_APP_FEED,
                new Destination.One("feed"),
                Json.object().with("markdown_body", "Hello"),
                Json.object(),
                SendWindows.ALWAYS,
                SendWindowMode.QUEUE_MESSAGE),
            new Delay(
                new StepRef("delay_1"),
                Conditions.ALWAYS,
                new Window.Fixed(new Period(5, TimeUnit.MINUTES))),
            new ChannelStep(
                new StepRef("email_1"),
                new All(
                    List.of(
                        new Condition(
                            "refs.feed_1.engagement_status",
                            Operator.NOT_CONTAINS,
                            Json.of("$message.seen")))),
                ChannelType.EMAIL,
                new Destination.One("email"),
                Json.object().with("subject", "s"),
                Json.object().with("to_address", "{{data.to}}"),
                SendWindows.ALWAYS,
                SendWindowMode.QUEUE_MESSAGE));
    assertThat(workflow.after(new StepRef("feed_1")).map(Step::ref))
        .contains(new StepRef("delay_1"));
    assertThat(workflow.after(new StepRef("email_1"))).isEmpty();
    assertThat(workflow.after(new StepRef("gone"))).isEmpty();
    assertThat(workflow.step(new StepRef("email_1"))).contains(workflow.steps().getLast());
  }

  @Test
  void a_workflow_without_a_name_is_called_by_its_key() {
    assertThat(ok("{\"steps\": [" + FEED + "]}").name()).isEqualTo("new-comment");
  }

  /** Each row: the field beside the steps, where the problem is said to be, and why. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "name": 5                                       | name                           | text
          "categories": "a"                               | categories                     | list
          "categories": ["a", 5]                          | categories                     | text
          "trigger_data_json_schema": []                  | trigger_data_json_schema       | object
          "trigger_frequency": "once"                     | trigger_frequency              | every_trigger, once_per_recipient or once_per_recipient_per_tenant
          "trigger_frequency": 5                          | trigger_frequency              | every_trigger
          "settings": []                                  | settings                       | object
          "settings": {"is_commercial": "true"}           | settings.is_commercial         | true or false
          "settings": {"override_preferences": 1}         | settings.override_preferences  | true or false
          "conditions": "x"                               | conditions                     | all
          "conditions": {"some": []}                      | conditions                     | any
          "conditions": {"all": [], "any": []}            | conditions                     | not both
          "conditions": {"all": "x"}                      | conditions.all                 | list
          "conditions": {"any": {"variable": "a"}}        | conditions.any                 | list
          "conditions": {"all": [{"any": [5]}]}           | conditions.all[0].any[0]       | all
          "conditions": [{"variable": "data.a", "operator": "is"}] | conditions[0].operator | "is"
          "conditions": [{"variable": "data.a"}]          | conditions[0].operator         | needs an operator
          "conditions": {"variable": "actor", "operator": "is_audience_member", "argument": "a"} | conditions | recipient's
          "conditions": {"variable": "refs.feed_1.status", "operator": "equal_to", "argument": "$message.seen"} | conditions | No step has run
          """)
  void what_is_wrong_with_a_workflow_is_named(String field, String at, String reason) {
    refused("{" + field + ", \"steps\": [" + FEED + "]}", Optional.empty(), at, reason);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"steps\": {}}", "{\"steps\": null}", "{\"steps\": \"\"}"})
  void a_workflow_needs_a_list_of_steps(String source) {
    refused(source, Optional.empty(), "steps", "list");
  }

  /** As Knock's CLI makes a new one. */
  @Test
  void the_list_of_steps_may_be_empty() {
    assertThat(ok("{\"steps\": []}").steps()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          5                                 | steps[1]     | object
          {"type": "delay"}                 | steps[1].ref | ref
          {"type": "delay", "ref": " "}     | steps[1].ref | ref
          {"type": "delay", "ref": 5}       | steps[1].ref | ref
          """)
  void a_step_without_a_name_is_named_by_its_place(String step, String at, String reason) {
    refused("{\"steps\": [" + FEED + "," + step + "]}", Optional.empty(), at, reason);
  }

  /** Each row: a second step, all but its ref. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "name": "x"                            | type | needs a type
          "type": 5                              | type | text
          "type": "ai_agent", "settings": {}     | type | "ai_agent" are not supported yet
          "type": "update_audience"              | type | "update_audience" are not supported yet
          """)
  void a_step_of_an_unknown_type_is_refused_by_its_name(String step, String at, String reason) {
    assertThat(problems(workflow(FEED, "{\"ref\": \"it\", " + step + "}")))
        .anySatisfy(
            problem -> {
              assertThat(problem.step()).contains(new StepRef("it"));
              assertThat(problem.field()).isEqualTo(at);
              assertThat(problem.reason()).contains(reason);
            });
  }

  /** Each row: the condition of a step. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "variable": "refs.later_1.status", "operator": "equal_to", "argument": "seen"         | later_1
          "variable": "refs.it.status", "operator": "equal_to", "argument": "seen"              | ref it
          "variable": "refs.feed_1.matched", "operator": "equal_to", "argument": "true"         | refs.feed_1.matched
          "variable": "refs.feed_1.status", "operator": "equal_to", "argument": "$message.open" | "open"
          "variable": "refs.feed_1.status", "operator": "contains", "argument": ["seen", "x"]   | "x"
          "variable": "refs.feed_1.status", "operator": "equal_to", "argument": 5               | needs a status
          "variable": "refs.feed_1.status", "operator": "less_than"                             | one status
          "variable": "refs.feed_1.status", "operator": "less_than", "argument": "seen_not_read"| seen_not_read
          "variable": "refs.feed_1.status", "operator": "is_timestamp"                          | is_timestamp
          """)
  void a_question_about_a_status_that_has_no_answer_is_refused(String condition, String reason) {
    refusedStep(
        "{\"ref\": \"it\", \"type\": \"delay\", \"settings\": {\"delay_for\": {\"unit\": \"days\","
            + " \"value\": 1}}, \"conditions\": {"
            + condition
            + "}}",
        "conditions",
        reason);
  }

  /** Each row: a step, all but its ref, whose field is of the wrong kind and thereby missing. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "type": 5                                        | type            | must be a text
          "type": "delay", "settings": []                  | settings        | must be an object
          "type": "branch", "branches": {}                 | branches        | must be a list
          "type": "random_cohort", "cohort_branches": 2    | cohort_branches | must be a list
          "type": "channel", "channel_key": "feed", "channel_type": "in_app_feed", "template": "x" | template | must be an object
          "type": "http_fetch", "settings": {"url": 5}     | settings.url    | must be a text
          """)
  void one_problem_is_told_once(String step, String at, String reason) {
    refusedStep("{\"ref\": \"it\", " + step + "}", at, reason);
  }

  @Test
  void a_ref_that_two_steps_have_is_refused() {
    String it = FEED.replace("feed_1", "it");
    refusedStep(it + "," + it, "ref", "this ref");
  }

  @Test
  void a_ref_that_a_step_within_a_branch_has_as_well_is_refused() {
    String branch =
        """
        {"type": "branch", "ref": "branch_1", "branches": [{"steps": [%s]}]}
        """;
    refusedSteps(List.of(FEED, branch.formatted(FEED)), "feed_1", "ref", "this ref");
    refusedSteps(List.of(branch.formatted(FEED), FEED), "feed_1", "ref", "this ref");
  }

  @ParameterizedTest
  @EnumSource(Workflow.Frequency.class)
  void a_frequency_is_read(Workflow.Frequency frequency) {
    String name = frequency.name().toLowerCase(Locale.ROOT);
    assertThat(
            ok("{\"trigger_frequency\": \"" + name + "\", \"steps\": [" + FEED + "]}").frequency())
        .isEqualTo(frequency);
  }

  @Test
  void what_a_workflow_says_of_itself_is_read() {
    Workflow workflow =
        ok(
            """
            {"settings": {"is_commercial": true, "override_preferences": true},
             "trigger_data_json_schema": {"type": "object", "required": ["url"]},
             "steps": [%s]}
            """
                .formatted(FEED));
    assertThat(workflow.commercial()).isTrue();
    assertThat(workflow.overridePreferences()).isTrue();
    assertThat(workflow.dataSchema())
        .contains(json("{\"type\": \"object\", \"required\": [\"url\"]}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"name\": null",
        "\"settings\": null, \"trigger_frequency\": null, \"trigger_data_json_schema\": null",
        "\"settings\": {\"is_commercial\": null, \"override_preferences\": null}",
        "\"goal_attachment\": {\"anything\": 1}, \"tags\": null, \"not_ours\": []"
      })
  void what_a_workflow_leaves_out_is_as_usual(String fields) {
    Workflow workflow = ok("{" + fields + ", \"steps\": [" + FEED + "]}");
    assertThat(workflow.frequency()).isEqualTo(Workflow.Frequency.EVERY_TRIGGER);
    assertThat(workflow.commercial()).isFalse();
    assertThat(workflow.overridePreferences()).isFalse();
    assertThat(workflow.dataSchema()).isEmpty();
  }

  @Test
  void every_problem_is_reported_at_once() {
    assertThat(problems("{\"name\": 1, \"steps\": [{}, {\"ref\": \"a\", \"type\": \"x\"}]}"))
        .extracting(WorkflowProblem::field)
        .containsExactly("name", "steps[0].ref", "type");
  }

  @Test
  void conditions_are_read_in_all_their_forms() {
    String one = "{\"variable\": \"data.a\", \"operator\": \"exists\"}";
    var read = new Condition("data.a", Operator.EXISTS, Json.NULL);
    assertThat(conditions(one)).isEqualTo(read);
    assertThat(conditions("[" + one + "]")).isEqualTo(new All(List.of(read)));
    assertThat(conditions("{\"all\": [" + one + "], \"any\": null}"))
        .isEqualTo(new All(List.of(read)));
    assertThat(conditions("{\"any\": [" + one + ", {\"all\": [" + one + "," + one + "]}]}"))
        .isEqualTo(new Any(List.of(read, new All(List.of(read, read)))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "[]", "{}", "{\"all\": []}", "{\"any\": []}", "{\"all\": null}"})
  void empty_conditions_always_hold(String source) {
    assertThat(conditions(source)).isEqualTo(Conditions.ALWAYS);
  }

  @Test
  void equal_content_is_one_version_whatever_the_order_of_its_keys() {
    VersionId version = version("{\"a\": 1, \"b\": {\"c\": [1, \"2\"], \"d\": null}}");
    assertThat(version("{\"b\": {\"d\": null, \"c\": [1.0, \"2\"]}, \"a\": 1e0}"))
        .isEqualTo(version);
    assertThat(version("{\"$schema\": \"x\", \"b\": {\"c\": [1, \"2\"], \"d\": null}, \"a\": 1}"))
        .isEqualTo(version);
    assertThat(
            version(
                """
                {"a": 1, "b": {"c": [1, "2"], "d": null}, "__readonly": {"sha": "x"}}
                """))
        .isEqualTo(version);
    assertThat(version.value().version()).isEqualTo(8);
    assertThat(VersionId.parse(version.toString())).isEqualTo(version);
  }

  @Test
  void other_content_is_another_version() {
    var sources =
        List.of(
            "{}",
            "{\"a\": 1}",
            "{\"a\": \"1\"}",
            "{\"a\": true}",
            "{\"a\": \"true\"}",
            "{\"a\": null}",
            "{\"a\": []}",
            "{\"a\": {}}",
            "{\"a\": [[]]}",
            "{\"a\": [], \"b\": []}",
            "{\"a\": {\"b\": []}}",
            "{\"a\": [1, 2]}",
            "{\"a\": [2, 1]}",
            "{\"a\": [12]}",
            "{\"a\": {\"$schema\": 1}}",
            "{\"a\": {\"$schema\": 2}}",
            "{\"a\": {\"}\": {}}}",
            "{\"a\": {}, \"}\": {}}");
    assertThat(sources.stream().map(WorkflowReaderTest::version)).doesNotHaveDuplicates();
  }

  private static VersionId version(String source) {
    return WorkflowReader.version(json(source));
  }

  private static Conditions conditions(String source) {
    return ok("{\"conditions\": " + source + ", \"steps\": [" + FEED + "]}").conditions();
  }
}
