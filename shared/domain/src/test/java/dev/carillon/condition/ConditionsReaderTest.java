package dev.carillon.condition;

import static dev.carillon.condition.Given.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.condition.Conditions.All;
import dev.carillon.condition.Conditions.Any;
import dev.carillon.condition.Conditions.Condition;
import dev.carillon.condition.ConditionsReader.Place;
import dev.carillon.condition.ConditionsReader.Read;
import dev.carillon.json.Json;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConditionsReaderTest {
  private static final String ONE = "{\"variable\": \"data.a\", \"operator\": \"exists\"}";
  private static final Condition READ = new Condition("data.a", Operator.EXISTS, Json.NULL);

  @Test
  void conditions_are_read_in_all_their_forms() {
    assertThat(ok(Place.STEP, ONE)).isEqualTo(READ);
    assertThat(ok(Place.STEP, "[ONE]")).isEqualTo(new All(List.of(READ)));
    assertThat(ok(Place.STEP, "{\"all\": [ONE], \"any\": null}")).isEqualTo(new All(List.of(READ)));
    assertThat(ok(Place.STEP, "{\"any\": [ONE, {\"all\": [ONE, {\"any\": [ONE]}]}]}"))
        .isEqualTo(new Any(List.of(READ, new All(List.of(READ, new Any(List.of(READ)))))));
    assertThat(
            ok(
                Place.EVENT,
                "[{\"operator\": \"or\", \"conditions\": [ONE, ONE]}, {\"conditions\": [ONE]}]"))
        .isEqualTo(new All(List.of(new Any(List.of(READ, READ)), new All(List.of(READ)))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "[]",
        "{}",
        "{\"all\": []}",
        "{\"any\": []}",
        "{\"all\": null}",
        "{\"operator\": null, \"conditions\": null}",
        "{\"operator\": \"and\"}",
        "{\"operator\": \"or\", \"conditions\": []}"
      })
  void empty_conditions_always_hold(String source) {
    assertThat(ok(Place.STEP, source)).isEqualTo(Conditions.ALWAYS);
  }

  @Test
  void absent_conditions_always_hold() {
    assertThat(ConditionsReader.read(Place.STEP, "conditions", Optional.empty()))
        .isEqualTo(new Read(Conditions.ALWAYS, List.of()));
  }

  /** Each row: conditions, where the problem is said to be, and why. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "x"                                      | c                  | all
          {"some": []}                             | c                  | any
          {"all": [], "any": []}                   | c                  | not both
          {"all": [], "conditions": []}            | c                  | not both
          {"all": "x"}                             | c.all              | list
          {"conditions": {}}                       | c.conditions       | list
          {"operator": "xor", "conditions": [ONE]} | c.operator         | and, or by or
          [ONE, {"any": [5]}]                      | c[1].any[0]        | all
          {"variable": "data.a"}                   | c.operator         | needs an operator
          {"variable": "data.a", "operator": "Equal_To"} | c.operator   | "Equal_To"
          {"variable": "", "operator": "exists"}   | c.variable         | needs a variable
          {"variable": 5, "operator": "exists"}    | c.variable         | as a text
          {"operator": "exists"}                   | c.variable         | needs a variable
          {"operator": "equals"}                   | c.operator         | "equals"
          {"argument": "a"}                        | c.variable         | needs a variable
          {"variable": "data.", "operator": "exists"} | c               | no path
          """)
  void what_is_no_condition_is_named(String source, String at, String reason) {
    refused(Place.STEP, source, at, reason);
  }

  /** Each row: variable, operator, argument, and why that can never be answered. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          data.a       | greater_than                  | null                       | greater_than needs an argument
          data.a       | greater_than                  | "null"                     | order
          data.a       | contains                      | null                       | contains needs an argument
          data.a       | not_contains_all              | null                       | needs an argument
          data.a       | is_between                    | null                       | needs an argument
          data.a       | less_than                     | "true"                     | order
          data.a       | less_than_or_equal_to         | [1, 2]                     | order
          data.a       | greater_than_or_equal_to      | "{}"                       | order
          data.a       | is_timestamp_before           | null                       | needs an argument
          data.a       | is_timestamp_before           | "whenever"                 | timestamp
          data.a       | is_timestamp_before           | "1773144000"               | timestamp
          data.a       | is_timestamp_on_or_after      | "30_years_ago"             | timestamp
          data.a       | is_timestamp_on_or_after      | "{{ data.at, date }}"      | timestamp
          data.a       | is_timestamp_before_date      | "2026-13-01"               | timestamp
          data.a       | is_timestamp_on_or_after_date | true                       | timestamp
          data.a       | is_timestamp_between          | "2026-01-01"               | two bounds
          data.a       | is_timestamp_between          | ["2026-01-01"]             | two bounds
          data.a       | is_timestamp_between          | ["2026-01-01", "later"]    | timestamp
          data.a       | is_between                    | "5"                        | two bounds
          data.a       | is_between                    | [1, 2, 3]                  | two bounds
          data.a       | is_between                    | [1, true]                  | order
          recipient    | is_audience_member            | null                       | needs an argument
          recipient    | is_audience_member            | ""                         | by its key
          recipient    | is_not_audience_member        | ["a"]                      | by its key
          recipient    | is_not_audience_member        | {"key": "a"}               | by its key
          actor        | is_audience_member            | "a"                        | recipient's
          data.a       | equal_to                      | "refs.s_1.delivery_status" | not an argument
          refs.s_1     | exists                        | null                       | of a step
          refs.s_1.matched.x | exists                  | null                       | of a step
          refs..matched | exists                       | null                       | of a step
          refs.s_1.status | equal_to                   | "$message.open"            | "open"
          """)
  void what_can_never_be_answered_is_refused(
      String variable, String operator, String argument, String reason) {
    refused(Place.STEP, condition(variable, operator, argument), "c", reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          data.a             | equal_to                 | null
          data.a             | equal_to                 | 5
          data.a             | not_equal_to             | null
          data.a             | contains                 | ["a", "b"]
          data.a             | contains                 | "null"
          data.a             | contains                 | "{{ first }} {{ last }}"
          data.a             | empty                    | "whatever"
          data.a             | greater_than             | "text"
          data.a             | greater_than             | "recipient.limit"
          recipient.created_at | greater_than           | "30_days_ago"
          data.a             | is_timestamp_before      | "1_minute_from_now"
          data.a             | is_timestamp_before      | "2026-01-01"
          data.a             | is_timestamp_before      | "data.at"
          data.a             | is_timestamp_on_or_after | "{{ data.at }}"
          data.a             | is_timestamp_before_now  | null
          data.a             | is_timestamp_between     | "[\\"data.from\\", \\"{{data.to}}\\"]"
          data.a             | is_timestamp_between     | "data.range"
          data.a             | is_between               | "[\\"a\\", \\"z\\"]"
          page_name          | equal_to                 | "Plans"
          true               | equal_to                 | "vars.enabled"
          recipient          | is_audience_member       | "paid-users"
          recipient.id       | is_not_audience_member   | {"audience_key": "paid-users"}
          refs.w_1.matched   | equal_to                 | "true"
          refs.w_1.signal_variables | not_empty         | null
          refs.w_1.signal_variables.a.b | equal_to      | "refs.w_1.signal_variables.c"
          refs.s_1.status    | less_than                | "$message.seen"
          """)
  void what_can_be_answered_is_accepted(String variable, String operator, String argument) {
    ok(Place.STEP, condition(variable, operator, argument));
  }

  @Test
  void messages_and_events_of_earlier_steps_can_be_asked_about_where_there_are_some() {
    String status = condition("refs.s_1.status", "equal_to", "\"$message.seen\"");
    String output = condition("refs.w_1.matched", "equal_to", "\"true\"");
    String argument = condition("data.a", "equal_to", "\"refs.w_1.signal_variables.a\"");
    for (Place place : Place.values()) {
      boolean statuses = place == Place.STEP;
      boolean outputs = statuses || place == Place.EVENT;
      assertThat(problems(place, "[" + status + "]").isEmpty()).as("%s", place).isEqualTo(statuses);
      assertThat(problems(place, "[" + output + "]").isEmpty()).as("%s", place).isEqualTo(outputs);
      assertThat(problems(place, "[" + argument + "]").isEmpty())
          .as("%s", place)
          .isEqualTo(outputs);
    }
  }

  @Test
  void random_cohorts_are_for_the_rules_of_channel_groups() {
    String cohort = condition("recipient.id", "is_in_random_cohort", "\"12.5\"");
    ok(Place.GROUP_RULE, cohort);
    Arrays.stream(Place.values())
        .filter(place -> place != Place.GROUP_RULE)
        .forEach(place -> refused(place, cohort, "c", "channel group"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          recipient.id | "0"     |
          recipient.id | 100     |
          recipient.id | "33.3"  |
          recipient.id | "33.30" |
          recipient.id | "33.33" | percentage
          recipient.id | "-1"    | percentage
          recipient.id | "100.1" | percentage
          recipient.id | "data.x"| percentage
          recipient.id | null    | needs an argument
          data.id      | "50"    | recipient.id
          """)
  void a_cohort_is_a_percentage_of_recipients(String variable, String argument, String reason) {
    String cohort = condition(variable, "is_in_random_cohort", argument);
    if (reason == null) {
      ok(Place.GROUP_RULE, cohort);
    } else {
      refused(Place.GROUP_RULE, cohort, "c", reason);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"all\": [ONE]}", "{\"any\": [ONE]}", "[{\"all\": [ONE]}]", "5"})
  void conditions_of_a_preference_are_a_list_without_groups(String source) {
    assertThat(ok(Place.PREFERENCE, "[ONE, ONE]")).isEqualTo(new All(List.of(READ, READ)));
    assertThat(problems(Place.PREFERENCE, source))
        .extracting(ConditionProblem::reason)
        .allSatisfy(reason -> assertThat(reason).contains("list"));
  }

  @Test
  void every_problem_is_reported_at_once() {
    assertThat(problems(Place.STEP, "{\"any\": [5, ONE, {\"variable\": \"\"}, {\"all\": 1}]}"))
        .extracting(ConditionProblem::field)
        .containsExactly("c.any[0]", "c.any[2].variable", "c.any[2].operator", "c.any[3].all");
  }

  @Test
  void what_conditions_ask_about_is_known_before_they_are_held_against_anything() {
    Conditions conditions =
        ok(
            Place.STEP,
            """
            {"any": [
              {"variable": "refs.s_1.status", "operator": "equal_to", "argument": "seen"},
              {"all": [
                {"variable": "recipient", "operator": "is_audience_member", "argument": "b"},
                {"variable": "recipient", "operator": "is_not_audience_member", "argument": "a"},
                {"variable": "data.t", "operator": "is_between",
                 "argument": ["refs.w_1.signal_variables.x", 5]}]},
              {"variable": "refs.w_2.matched", "operator": "equal_to", "argument": "true"}]}
            """);
    assertThat(conditions.refs()).containsExactly("s_1");
    assertThat(conditions.audiences()).containsExactly("a", "b");
    assertThat(conditions.outputs())
        .extracting(path -> path.names().get(1))
        .containsExactly("w_1", "w_2");
  }

  private static String condition(String variable, String operator, String argument) {
    return "{\"variable\": \"%s\", \"operator\": \"%s\", \"argument\": %s}"
        .formatted(variable, operator, argument);
  }

  private static Conditions ok(Place place, String source) {
    Read read = read(place, source);
    assertThat(read.problems()).as(source).isEmpty();
    return read.conditions();
  }

  private static void refused(Place place, String source, String at, String reason) {
    assertThat(problems(place, source))
        .anySatisfy(
            problem -> {
              assertThat(problem.field()).isEqualTo(at);
              assertThat(problem.reason()).contains(reason).endsWith(".");
            });
  }

  private static List<ConditionProblem> problems(Place place, String source) {
    return read(place, source).problems();
  }

  private static Read read(Place place, String source) {
    return ConditionsReader.read(place, "c", Optional.of(json(source.replace("ONE", ONE))));
  }
}
