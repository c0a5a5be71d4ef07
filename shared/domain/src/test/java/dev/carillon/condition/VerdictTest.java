package dev.carillon.condition;

import static dev.carillon.condition.Given.NOW;
import static dev.carillon.condition.Given.facts;
import static dev.carillon.condition.Given.json;
import static dev.carillon.condition.Given.object;
import static dev.carillon.condition.Given.when;
import static dev.carillon.condition.Operator.EQUAL_TO;
import static dev.carillon.condition.Operator.IS_TIMESTAMP_BETWEEN;
import static dev.carillon.condition.Operator.NOT_EMPTY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.condition.Conditions.All;
import dev.carillon.condition.Conditions.Any;
import dev.carillon.condition.Conditions.Condition;
import dev.carillon.condition.Verdict.Finding;
import dev.carillon.condition.Verdict.Result;
import dev.carillon.json.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerdictTest {
  private static final Condition TRUE = when("data.one", EQUAL_TO, "1");
  private static final Condition FALSE = when("data.one", EQUAL_TO, "2");
  private static final Facts FACTS =
      facts(
          """
          {"data": {"one": 1, "plan": "pro", "list": ["a", {"b": 2}], "text": "vars.token",
                    "range": ["vars.token", "data.one"]},
           "recipient": {"plan": "pro"}, "vars": {"plan": "pro", "token": "s3cret"},
           "tenant": {"plan": "pro"}, "actor": {"plan": "pro"}, "run": {"total_actors": 1},
           "workflow": {"name": "Hello", "categories": ["x"]}, "page_name": "Plans"}
          """);

  @Test
  void no_conditions_always_hold() {
    assertThat(Verdict.of(Conditions.ALWAYS, FACTS)).isEqualTo(new Verdict(true, List.of()));
  }

  @Test
  void all_stops_at_the_first_that_fails_and_lists_the_rest_as_not_evaluated() {
    Verdict verdict = Verdict.of(new All(List.of(TRUE, FALSE, TRUE)), FACTS);
    assertThat(verdict.holds()).isFalse();
    assertThat(results(verdict)).containsExactly(Result.HOLDS, Result.FAILS, Result.NOT_EVALUATED);
  }

  @Test
  void any_stops_at_the_first_that_holds_and_lists_the_rest_as_not_evaluated() {
    Verdict verdict =
        Verdict.of(new Any(List.of(FALSE, TRUE, new All(List.of(FALSE, TRUE)))), FACTS);
    assertThat(verdict.holds()).isTrue();
    assertThat(results(verdict))
        .containsExactly(Result.FAILS, Result.HOLDS, Result.NOT_EVALUATED, Result.NOT_EVALUATED);
  }

  @Test
  void groups_nest() {
    Conditions either = new Any(List.of(new All(List.of(TRUE, FALSE)), new All(List.of(TRUE))));
    assertThat(Verdict.of(either, FACTS).holds()).isTrue();
    assertThat(Verdict.of(new All(List.of(either, FALSE)), FACTS).holds()).isFalse();
    assertThat(Verdict.of(new Any(List.of(FALSE, FALSE)), FACTS).holds()).isFalse();
  }

  @Test
  void a_finding_says_what_was_compared() {
    Finding finding = only(when("data.plan", EQUAL_TO, "\"recipient.plan\""), FACTS);
    assertThat(finding.json())
        .isEqualTo(
            object(
                """
                {"variable": "data.plan", "operator": "equal_to", "argument": "pro",
                 "value": "pro", "result": true}
                """));
  }

  @Test
  void what_was_not_evaluated_shows_no_value() {
    Verdict verdict = Verdict.of(new All(List.of(FALSE, TRUE)), FACTS);
    assertThat(((Json.Obj) verdict.json().items().getLast()).text("result"))
        .contains("not_evaluated");
    assertThat(verdict.findings().getLast().value()).isEqualTo(Json.NULL);
  }

  @Test
  void what_was_not_evaluated_shows_what_it_would_have_been_compared_with_and_follows_no_path() {
    Verdict verdict =
        Verdict.of(
            new All(
                List.of(
                    FALSE,
                    new Condition("data.one", EQUAL_TO, Json.of("1")),
                    new Condition("data.one", EQUAL_TO, Json.of("run.total_actors")))),
            FACTS);
    assertThat(verdict.findings())
        .extracting(Finding::argument)
        .containsExactly(Json.of(2), Json.of(1), Json.of("run.total_actors"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          data.plan      | recipient.plan
          data.plan      | vars.plan
          data.plan      | tenant.plan
          data.plan      | actor.plan
          data.one       | run.total_actors
          workflow.name  | workflow.name
          data.list.1.b  | data.list.1.b
          """)
  void an_argument_can_be_a_path(String variable, String argument) {
    assertThat(Verdict.of(new Condition(variable, EQUAL_TO, Json.of(argument)), FACTS).holds())
        .isTrue();
  }

  @Test
  void an_argument_that_leads_nowhere_is_the_empty_text() {
    Finding finding = only(when("data.missing", EQUAL_TO, "\"data.nothing.there\""), FACTS);
    assertThat(finding.result()).isEqualTo(Result.HOLDS);
    assertThat(finding.argument()).isEqualTo(Json.of(""));
    assertThat(finding.value()).isEqualTo(Json.NULL);
  }

  @Test
  void the_data_at_the_top_of_the_scope_is_a_variable_but_no_argument() {
    assertThat(only(when("page_name", EQUAL_TO, "\"Plans\""), FACTS).result())
        .isEqualTo(Result.HOLDS);
    assertThat(only(when("data.plan", EQUAL_TO, "\"page_name\""), FACTS).argument())
        .isEqualTo(Json.of("page_name"));
  }

  @Test
  void the_bounds_of_a_range_can_be_paths() {
    Facts facts =
        facts(
            """
            {"data": {"at": "2026-03-05T00:00:00Z", "from": "2026-03-01", "to": "2026-03-09"}}
            """);
    assertThat(only(when("data.at", IS_TIMESTAMP_BETWEEN, "[\"data.from\",\"data.to\"]"), facts))
        .extracting(Finding::result, Finding::argument)
        .containsExactly(Result.HOLDS, json("[\"2026-03-01\",\"2026-03-09\"]"));
  }

  @Test
  void a_list_that_comes_from_data_is_never_read_as_paths() {
    Finding finding = only(when("data.one", Operator.IS_BETWEEN, "\"data.range\""), secretly());
    assertThat(finding.argument()).isEqualTo(json("[\"vars.token\",\"data.one\"]"));
    assertThat(only(when("data.text", EQUAL_TO, "\"data.text\""), secretly()).argument())
        .isEqualTo(Json.of("vars.token"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          vars.token      | EQUAL_TO             | "s3cret"
          vars.token.deep | EQUAL_TO             | "x"
          vars            | NOT_EMPTY            | null
          data.plan       | EQUAL_TO             | "vars.token"
          data.plan       | IS_BETWEEN           | ["vars.token", "z"]
          data.plan       | IS_BETWEEN           | "[\\"a\\", \\"vars.token\\"]"
          """)
  void secrets_are_compared_but_never_shown(String variable, Operator operator, String argument) {
    Json.Obj shown = only(when(variable, operator, argument), secretly()).json();
    assertThat(shown.toString()).contains("[secret]");
    assertThat(shown.without("argument").toString()).doesNotContain("s3cret");
    if (!argument.contains("s3cret")) {
      assertThat(shown.toString()).doesNotContain("s3cret");
    }
  }

  @Test
  void a_masked_comparison_still_compares() {
    assertThat(only(when("vars.token", EQUAL_TO, "\"s3cret\""), secretly()).result())
        .isEqualTo(Result.HOLDS);
    assertThat(only(when("vars.token", EQUAL_TO, "\"other\""), secretly()).result())
        .isEqualTo(Result.FAILS);
    assertThat(only(when("vars.plan", EQUAL_TO, "\"pro\""), secretly()).value())
        .isEqualTo(Json.of("pro"));
    assertThat(only(when("vars", NOT_EMPTY, "null"), FACTS).value())
        .isEqualTo(FACTS.scope().object("vars"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          data.list.0          | "a"
          data.list.1.b        | 2
          data.list.2          |
          data.list.-1         |
          data.list.٠          |
          data.list.9999999999 |
          data.list.           |
          data.one.two         |
          data..one            |
          .data                |
          ``                   |
          """)
  void a_path_goes_through_objects_by_name_and_lists_by_number(String path, String found) {
    assertThat(FACTS.at(path).map(Json::toString).orElse(null))
        .isEqualTo(found == null ? null : json(found).toString());
  }

  /** A path between braces is Liquid's way to name one. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {{ data.plan }}     | {{recipient.plan}} | true
          data.plan           | {{ vars.plan }}    | true
          {{ page_name }}     | Plans              | true
          data.plan           | {{ data.missing }} | false
          data.brace          | {{ a b }}          | true
          data.brace          | {{ a.b, x }}       | false
          """)
  void a_path_can_stand_between_braces(String variable, String argument, boolean holds) {
    Facts facts =
        new Facts(
            FACTS.scope().with("data", json("{\"plan\": \"pro\", \"brace\": \"{{ a b }}\"}")),
            Map.of(),
            Set.of(),
            NOW);
    assertThat(Verdict.of(new Condition(variable, EQUAL_TO, Json.of(argument)), facts).holds())
        .isEqualTo(holds);
  }

  /** Knock decodes variables that are no paths. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          true           | "true"
          5              | data.five
          "a.b"          | a.b
          ["x"]          | workflow.categories
          """)
  void a_variable_that_is_json_is_what_it_says(String variable, String argument) {
    Facts facts =
        new Facts(FACTS.scope().with("data", json("{\"five\": 5}")), Map.of(), Set.of(), NOW);
    String bare = argument.replace("\"", "");
    assertThat(Verdict.of(new Condition(variable, EQUAL_TO, Json.of(bare)), facts).holds())
        .isTrue();
  }

  @Test
  void what_a_waiting_step_found_is_an_ordinary_value() {
    Facts facts =
        FACTS.withOutputs(
            Map.of(
                "wait_1",
                object(
                    """
                    {"matched": true, "signal_variables": {"order": {"total": 12}, "status": "paid"}}
                    """),
                "wait_2",
                object("{\"matched\": false, \"signal_variables\": {}}")));
    assertThat(only(when("refs.wait_1.matched", EQUAL_TO, "\"true\""), facts).result())
        .isEqualTo(Result.HOLDS);
    assertThat(only(when("refs.wait_2.matched", EQUAL_TO, "\"true\""), facts).result())
        .isEqualTo(Result.FAILS);
    assertThat(
            only(when("refs.wait_1.signal_variables.order.total", EQUAL_TO, "\"12\""), facts)
                .value())
        .isEqualTo(Json.of(12));
    assertThat(
            only(when("data.one", EQUAL_TO, "\"refs.wait_1.signal_variables.order.total\""), facts)
                .argument())
        .isEqualTo(Json.of(12));
    Condition status = when("refs.wait_1.signal_variables.status", EQUAL_TO, "\"paid\"");
    assertThat(only(status, facts).result()).isEqualTo(Result.HOLDS);
    assertThat(status.refs()).isEmpty();
    assertThat(status.outputs())
        .extracting(Path::text)
        .containsExactly("refs.wait_1.signal_variables.status");
  }

  @Test
  void the_event_that_a_step_waits_for_is_compared_with_the_run() {
    Conditions read =
        ConditionsReader.read(
                ConditionsReader.Place.EVENT,
                "match_conditions",
                Optional.of(
                    json(
                        """
                        [{"operator": "and", "conditions": [
                          {"variable": "event.order.id", "operator": "equal_to",
                           "argument": "data.order"},
                          {"variable": "data.order", "operator": "equal_to",
                           "argument": "event.order.id"}]}]
                        """)))
            .conditions();
    Facts facts = facts("{\"data\": {\"order\": \"o1\"}}");
    assertThat(Verdict.of(read, facts.withEvent(json("{\"order\": {\"id\": \"o1\"}}"))).holds())
        .isTrue();
    assertThat(Verdict.of(read, facts.withEvent(json("{\"order\": {\"id\": \"o2\"}}"))).holds())
        .isFalse();
    // Elsewhere a text that begins so is a text.
    assertThat(only(when("data.order", EQUAL_TO, "\"event.created\""), facts).argument())
        .isEqualTo(Json.of("event.created"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "order-55"   | CONTAINS         | "55"             | HOLDS
          "order-55"   | CONTAINS         | 55               | HOLDS
          "order-55"   | CONTAINS         | "\\"55\\""   | HOLDS
          "order-55"   | CONTAINS         | "56"             | FAILS
          "order-55"   | NOT_CONTAINS     | "55"             | FAILS
          "id 007"     | CONTAINS         | "007"            | HOLDS
          "v1.0"       | CONTAINS         | "1.0"            | HOLDS
          "v1"         | CONTAINS         | "1.0"            | FAILS
          "is true"    | CONTAINS         | "true"           | HOLDS
          "nullable"   | CONTAINS         | "null"           | HOLDS
          "order-55"   | CONTAINS         | "data.number"    | HOLDS
          "order-55"   | CONTAINS_ALL     | "[55, \\"order\\"]" | HOLDS
          "order-55"   | NOT_CONTAINS_ALL | "[55, 56]"       | HOLDS
          ["55"]       | CONTAINS         | "55"             | FAILS
          [55]         | CONTAINS         | "55"             | HOLDS
          1055         | CONTAINS         | "55"             | FAILS
          "55"         | EQUAL_TO         | "55"             | FAILS
          "true"       | EQUAL_TO         | "true"           | FAILS
          """)
  void what_looks_into_a_text_takes_the_argument_as_a_text(
      String value, Operator operator, String argument, Result result) {
    Facts facts =
        new Facts(
            Json.object()
                .with("data", Json.object().with("it", json(value)).with("number", Json.of(55))),
            Map.of(),
            Set.of(),
            NOW);
    assertThat(only(when("data.it", operator, argument), facts).result()).isEqualTo(result);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "90210" | EQUAL_TO     | "90210"     | the text 90210, not the number
          "90210" | NOT_EQUAL_TO | 90210       | the text 90210, not the number
          90210   | EQUAL_TO     | "\\"90210\\"" | the number 90210, not the text
          "true"  | EQUAL_TO     | "true"      | the text true, not the boolean
          true    | EQUAL_TO     | "\\"true\\"" | the boolean true, not the text
          ["5"]   | CONTAINS     | "5"         | the text 5, not the number
          "5"     | CONTAINS     | "[5, 6]"    | the text 5, not the number
          "6"     | GREATER_THAN | "5"         | the text 6, not a number
          6       | LESS_THAN    | "\\"7\\"" | a number, not a text like 7
          "6"     | IS_BETWEEN   | [5, 7]      | the text 6, not a number
          "90211" | EQUAL_TO     | "90210"     |
          90210   | EQUAL_TO     | "90210"     |
          "a"     | EQUAL_TO     | "a"         |
          "order-5" | CONTAINS   | "5"         |
          """)
  void a_text_beside_the_number_or_boolean_that_it_spells_is_told_in_words(
      String value, Operator operator, String argument, String note) {
    Facts facts =
        new Facts(
            Json.object().with("data", Json.object().with("it", json(value))),
            Map.of(),
            Set.of(),
            NOW);
    Json.Obj shown = only(when("data.it", operator, argument), facts).json();
    assertThat(shown.text("note").orElse(null)).isEqualTo(note);
  }

  @Test
  void the_number_of_activities_of_a_run_is_an_ordinary_value() {
    Facts facts = facts("{\"run\": {\"total_activities\": 6}}");
    assertThat(only(when("run.total_activities", Operator.GREATER_THAN, "\"5\""), facts).result())
        .isEqualTo(Result.HOLDS);
  }

  private static Facts secretly() {
    return new Facts(FACTS.scope(), Map.of(), Set.of("token"), NOW);
  }

  private static Finding only(Condition condition, Facts facts) {
    return Verdict.of(condition, facts).findings().getFirst();
  }

  private static List<Result> results(Verdict verdict) {
    return verdict.findings().stream().map(Finding::result).toList();
  }
}
