package dev.carillon.workflow;

import static dev.carillon.workflow.Reading.okSteps;
import static dev.carillon.workflow.Reading.refusedStep;
import static dev.carillon.workflow.Reading.step;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.condition.Conditions;
import dev.carillon.window.Period;
import dev.carillon.window.TimeUnit;
import dev.carillon.window.Window;
import dev.carillon.workflow.Step.Batch;
import dev.carillon.workflow.Step.BatchIdentity;
import dev.carillon.workflow.Step.BatchMode;
import dev.carillon.workflow.Step.Delay;
import dev.carillon.workflow.Step.OnExceeded;
import dev.carillon.workflow.Step.Order;
import dev.carillon.workflow.Step.Sliding;
import dev.carillon.workflow.Step.Text;
import dev.carillon.workflow.Step.Throttle;
import dev.carillon.workflow.Step.ThrottleScope;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WaitReaderTest {
  private static final Period TEN_MINUTES = new Period(10, TimeUnit.MINUTES);
  private static final String WINDOW = "{\"unit\": \"minutes\", \"value\": 10}";

  /** Each row: the settings of a delay. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {}                                                | settings           | delay_for or delay_until_field_path
          {"delay_until_field_path": " "}                   | settings           | delay_for or delay_until_field_path
          {"delay_until_field_path": 5}                     | settings.delay_until_field_path | text
          {"delay_until_field_path": "data..at"}            | settings.delay_until_field_path | no path
          {"delay_for": {"days": ["mon"], "hours": 9}}      | settings.delay_for.frequency | hourly
          {"delay_for": 5}                                  | settings.delay_for | unit
          {"delay_for": {"unit": "years", "value": 1}}      | settings.delay_for | unit
          {"delay_for": {"unit": "days", "value": 1.5}}     | settings.delay_for | whole
          {"delay_for": {"unit": "days", "value": "1"}}     | settings.delay_for | whole
          {"delay_for": {"unit": "days", "value": 366}}     | settings.delay_for | 365
          {"delay_for": {"unit": "months", "value": 13}}    | settings.delay_for | 365
          {"delay_for": {"unit": "days", "value": -1}}      | settings.delay_for | 365
          {"delay_for": {"unit": "weeks", "value": 1e9}}    | settings.delay_for | 365
          {"delay_for": {"unit": "days", "value": 1e30}}    | settings.delay_for | whole
          {"delay_for": {"frequency": "yearly"}}            | settings.delay_for.frequency | hourly
          {"delay_for": {"frequency": "daily", "hours": 24}} | settings.delay_for.hours | 23
          """)
  void what_is_wrong_with_a_delay_is_named(String settings, String at, String reason) {
    refusedStep(
        "{\"ref\": \"it\", \"type\": \"delay\", \"settings\": " + settings + "}", at, reason);
  }

  @ParameterizedTest
  @ValueSource(strings = {"delay", "batch", "throttle"})
  void a_step_that_waits_needs_to_be_told_how_long(String type) {
    refusedStep("{\"ref\": \"it\", \"type\": \"" + type + "\"}", "settings", "This step needs");
    refusedStep(
        "{\"ref\": \"it\", \"type\": \"" + type + "\", \"settings\": null}",
        "settings",
        "This step needs");
  }

  @Test
  void delays_are_read_in_all_their_forms() {
    assertThat(delay("{\"delay_for\": {\"unit\": \"day\", \"value\": 40}}"))
        .isEqualTo(new Window.Fixed(new Period(40, TimeUnit.DAYS)));
    assertThat(delay("{\"delay_for\": {\"unit\": \"months\", \"value\": 12}}"))
        .isEqualTo(new Window.Fixed(new Period(12, TimeUnit.MONTHS)));
    assertThat(delay("{\"delay_for\": null, \"delay_until_field_path\": \"data.at\"}"))
        .isEqualTo(new Window.Field("data.at"));
    assertThat(
            delay(
                """
                {"delay_for": {"unit": "hours", "value": -2}, "delay_until_field_path": "data.at"}
                """))
        .isEqualTo(new Window.Relative(new Period(-2, TimeUnit.HOURS), "data.at"));
    assertThat(delay("{\"delay_for\": {\"frequency\": \"weekly\", \"days\": [\"mon\"]}}"))
        .isInstanceOf(Window.Rule.class);
  }

  private static Window delay(String settings) {
    return step(
            Delay.class, "{\"ref\": \"it\", \"type\": \"delay\", \"settings\": " + settings + "}")
        .window();
  }

  /** Each row: a setting of a batch that has a window. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "batch_key": 5                                  | batch_key                | text
          "batch_window_type": "tumbling"                 | batch_window_type        | fixed or sliding
          "batch_window_extension_limit": 5               | batch_window_extension_limit | unit
          "batch_window_extension_limit": {"unit": "days", "value": -1} | batch_window_extension_limit | from 0
          "batch_order": "newest"                         | batch_order              | asc or desc
          "batch_items_max_limit": 1                      | batch_items_max_limit    | from 2 to 1000
          "batch_items_max_limit": 1001                   | batch_items_max_limit    | from 2 to 1000
          "batch_items_max_limit": 2.5                    | batch_items_max_limit    | whole
          "batch_items_max_limit": "10"                   | batch_items_max_limit    | whole
          "batch_items_render_limit": 0                   | batch_items_render_limit | from 1 to 100
          "batch_items_render_limit": 101                 | batch_items_render_limit | from 1 to 100
          "batch_execution_mode": "flush"                 | batch_execution_mode     | accumulate or flush_leading
          "workflow_version_mode": "newest"               | workflow_version_mode    | pinned or latest
          """)
  void what_is_wrong_with_a_batch_is_named(String setting, String at, String reason) {
    refusedStep(batch("\"batch_window\": " + WINDOW + ", " + setting), "settings." + at, reason);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"unit\": \"days\", \"value\": 366}",
        "{\"unit\": \"days\", \"value\": 0}",
        "{\"unit\": \"days\", \"value\": -1}",
        "{\"unit\": \"days\"}"
      })
  void a_batchs_window_is_a_period_within_its_limit(String window) {
    refusedStep(batch("\"batch_window\": " + window), "settings.batch_window", "");
  }

  @Test
  void a_batch_is_read_with_all_its_settings() {
    assertThat(
            step(
                Batch.class,
                """
                {"ref": "it", "type": "batch", "conditions": {}, "settings": {
                  "batch_key": "data.project_id", "batch_window": {"unit": "minutes", "value": 10},
                  "batch_window_type": "sliding",
                  "batch_window_extension_limit": {"unit": "hours", "value": 24},
                  "batch_order": "desc", "batch_items_max_limit": 1000,
                  "batch_items_render_limit": 1, "batch_execution_mode": "flush_leading",
                  "workflow_version_mode": "latest"}}
                """))
        .isEqualTo(
            new Batch(
                new StepRef("it"),
                Conditions.ALWAYS,
                Optional.of(new Text.Path("data.project_id")),
                new Window.Fixed(TEN_MINUTES),
                Optional.of(new Sliding(Optional.of(new Period(24, TimeUnit.HOURS)))),
                Order.LAST,
                OptionalInt.of(1_000),
                1,
                BatchMode.FLUSH_LEADING,
                BatchIdentity.LATEST));
  }

  @Test
  void a_batch_that_says_no_more_is_fixed_pinned_first_ten_and_without_key() {
    var expected =
        new Batch(
            new StepRef("it"),
            Conditions.ALWAYS,
            Optional.empty(),
            new Window.Fixed(TEN_MINUTES),
            Optional.empty(),
            Order.FIRST,
            OptionalInt.empty(),
            10,
            BatchMode.ACCUMULATE,
            BatchIdentity.PINNED);
    assertThat(step(Batch.class, batch("\"batch_window\": " + WINDOW))).isEqualTo(expected);
    assertThat(
            step(
                Batch.class,
                batch(
                    """
                    "batch_window": {"unit": "minutes", "value": 10}, "batch_key": null,
                    "batch_until_field_path": null, "batch_window_type": null,
                    "batch_window_extension_limit": null, "batch_order": null,
                    "batch_items_max_limit": null, "batch_items_render_limit": null,
                    "batch_execution_mode": null, "workflow_version_mode": null
                    """)))
        .isEqualTo(expected);
  }

  @Test
  void an_extension_limit_of_a_fixed_window_does_no_harm() {
    var batch =
        step(
            Batch.class,
            batch(
                "\"batch_window\": "
                    + WINDOW
                    + ", \"batch_window_type\": \"fixed\", \"batch_window_extension_limit\": "
                    + WINDOW));
    assertThat(batch.sliding()).isEmpty();
  }

  @Test
  void a_sliding_window_may_be_without_a_limit() {
    var batch =
        step(
            Batch.class,
            batch("\"batch_window\": " + WINDOW + ", \"batch_window_type\": \"sliding\""));
    assertThat(batch.sliding()).contains(new Sliding(Optional.empty()));
  }

  @Test
  void windows_of_batches_and_throttles_may_be_dynamic_relative_or_rules() {
    assertThat(step(Batch.class, batch("\"batch_until_field_path\": \"data.until\"")).window())
        .isEqualTo(new Window.Field("data.until"));
    assertThat(
            step(
                    Batch.class,
                    batch(
                        "\"batch_until_field_path\": \"data.until\", \"batch_window\": " + WINDOW))
                .window())
        .isEqualTo(new Window.Relative(TEN_MINUTES, "data.until"));
    assertThat(
            step(
                    Throttle.class,
                    throttle("\"throttle_window_field_path\": \"recipient.throttle_window\""))
                .window())
        .isEqualTo(new Window.Field("recipient.throttle_window"));
    assertThat(
            step(Throttle.class, throttle("\"throttle_window\": {\"frequency\": \"daily\"}"))
                .window())
        .isInstanceOf(Window.Rule.class);
  }

  @Test
  void a_key_with_something_to_render_is_a_template_and_any_other_a_path() {
    assertThat(key("page_id")).contains(new Text.Path("page_id"));
    assertThat(key(" data.page_id ")).contains(new Text.Path("data.page_id"));
    assertThat(key("{{data.eventType}}-{{actor.id}}"))
        .contains(new Text.Template("{{data.eventType}}-{{actor.id}}"));
    assertThat(key(" ")).isEmpty();
  }

  private static Optional<Text> key(String key) {
    return step(
            Batch.class, batch("\"batch_window\": " + WINDOW + ", \"batch_key\": \"" + key + "\""))
        .key();
  }

  /** Each row: the settings of a throttle. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "throttle_window": {"unit": "days", "value": 32}     | throttle_window | 31 days
          "throttle_window": {"unit": "days", "value": 0}      | throttle_window | 31 days
          "throttle_window": {"unit": "days", "value": -1}     | throttle_window | 31 days
          "throttle_window": {"unit": "months", "value": 2}    | throttle_window | 31 days
          "throttle_window": "1 day"                           | throttle_window | unit
          "throttle_window_field_path": "data.w", "throttle_limit": 0   | throttle_limit | at least 1
          "throttle_window_field_path": "data.w", "throttle_limit": 1.5 | throttle_limit | whole
          "throttle_window_field_path": "data.w", "throttle_key": []    | throttle_key   | text
          "throttle_window_field_path": "data.w", "on_exceeded": "wait" | on_exceeded    | drop or batch
          "throttle_window_field_path": "data.w", "scope": "account"    | scope          | workflow or environment
          """)
  void what_is_wrong_with_a_throttle_is_named(String settings, String at, String reason) {
    refusedStep(throttle(settings), "settings." + at, reason);
  }

  @Test
  void a_throttle_is_read_with_all_its_settings() {
    var workflow =
        okSteps(
            throttle(
                """
                "throttle_key": "data.project_id", "throttle_limit": 5,
                "throttle_window": {"unit": "days", "value": 31},
                "on_exceeded": "batch", "scope": "environment"
                """),
            batch("\"batch_window\": " + WINDOW).replace("\"it\"", "\"digest\""));
    assertThat(workflow.steps().getFirst())
        .isEqualTo(
            new Throttle(
                new StepRef("it"),
                Conditions.ALWAYS,
                Optional.of(new Text.Path("data.project_id")),
                5,
                new Window.Fixed(new Period(31, TimeUnit.DAYS)),
                OnExceeded.BATCH,
                ThrottleScope.ENVIRONMENT));
  }

  @Test
  void a_throttle_that_says_no_more_lets_one_pass_and_drops_the_others_of_its_workflow() {
    assertThat(step(Throttle.class, throttle("\"throttle_window\": " + WINDOW)))
        .isEqualTo(
            new Throttle(
                new StepRef("it"),
                Conditions.ALWAYS,
                Optional.empty(),
                1,
                new Window.Fixed(TEN_MINUTES),
                OnExceeded.DROP,
                ThrottleScope.WORKFLOW));
  }

  private static String batch(String settings) {
    return "{\"ref\": \"it\", \"type\": \"batch\", \"settings\": {" + settings + "}}";
  }

  private static String throttle(String settings) {
    return "{\"ref\": \"it\", \"type\": \"throttle\", \"settings\": {" + settings + "}}";
  }
}
