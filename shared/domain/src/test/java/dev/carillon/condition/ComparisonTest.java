package dev.carillon.condition;

import static dev.carillon.condition.Given.NOW;
import static dev.carillon.condition.Given.json;
import static dev.carillon.condition.Given.object;
import static dev.carillon.condition.Given.when;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.condition.Conditions.Condition;
import dev.carillon.json.Json;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The tables read: a value ({@code -} when the variable leads nowhere), an operator, the argument
 * as a file gives it, and whether the condition holds.
 */
class ComparisonTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "pro"      | EQUAL_TO     | "pro"         | true
          "pro"      | EQUAL_TO     | "Pro"         | false
          "pro"      | NOT_EQUAL_TO | "free"        | true
          "pro"      | NOT_EQUAL_TO | "pro"         | false
          5          | EQUAL_TO     | "5"           | true
          5          | EQUAL_TO     | "5.0"         | true
          5          | EQUAL_TO     | 5             | true
          "5"        | EQUAL_TO     | "5"           | false
          "5"        | EQUAL_TO     | "\\"5\\""     | true
          true       | EQUAL_TO     | "true"        | true
          true       | EQUAL_TO     | true          | true
          "true"     | EQUAL_TO     | "true"        | false
          true       | NOT_EQUAL_TO | "false"       | true
          null       | EQUAL_TO     | "null"        | true
          null       | EQUAL_TO     | ""            | false
          -          | EQUAL_TO     | ""            | true
          -          | NOT_EQUAL_TO | "x"           | true
          -          | NOT_EQUAL_TO | ""            | false
          []         | EQUAL_TO     | "[]"          | true
          ["a",1]    | EQUAL_TO     | "[\\"a\\",1]" | true
          ["a",1]    | EQUAL_TO     | ["a",1.0]     | true
          ["a","b"]  | EQUAL_TO     | ["b","a"]     | false
          {"a":1}    | EQUAL_TO     | {"a":1.0}     | true
          "007"      | EQUAL_TO     | "007"         | true
          "TRUE"     | EQUAL_TO     | "TRUE"        | true
          """)
  void equality_is_by_type_and_value(
      String value, Operator operator, String argument, boolean holds) {
    check(value, operator, argument, holds);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          5          | GREATER_THAN             | "4.99"     | true
          5          | GREATER_THAN             | "5"        | false
          5          | GREATER_THAN_OR_EQUAL_TO | "5.0"      | true
          5          | LESS_THAN                | "6"        | true
          5          | LESS_THAN                | "5"        | false
          5          | LESS_THAN_OR_EQUAL_TO    | "5"        | true
          10         | GREATER_THAN             | "9"        | true
          -1         | LESS_THAN                | "0"        | true
          "b"        | GREATER_THAN             | "a"        | true
          "b"        | LESS_THAN_OR_EQUAL_TO    | "b"        | true
          "10"       | GREATER_THAN             | "9"        | false
          "10"       | LESS_THAN                | "9"        | false
          5          | GREATER_THAN             | "four"     | false
          true       | GREATER_THAN             | "false"    | false
          null       | LESS_THAN                | "1"        | false
          null       | GREATER_THAN_OR_EQUAL_TO | "null"     | false
          -          | LESS_THAN                | "1"        | false
          -          | LESS_THAN                | "a"        | false
          [2]        | GREATER_THAN             | "[1]"      | false
          5          | IS_BETWEEN               | "[1,5]"    | true
          1          | IS_BETWEEN               | [1,5]      | true
          0          | IS_BETWEEN               | "[1,5]"    | false
          5          | IS_BETWEEN               | "[5]"      | false
          5          | IS_BETWEEN               | "5"        | false
          -          | IS_BETWEEN               | "[1,5]"    | false
          "m"        | IS_BETWEEN               | ["a","z"]  | true
          """)
  void numbers_and_texts_have_an_order_and_nothing_else_has(
      String value, Operator operator, String argument, boolean holds) {
    check(value, operator, argument, holds);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "a comment"   | CONTAINS         | "comm"            | true
          "a comment"   | CONTAINS         | "Comm"            | false
          "a comment"   | NOT_CONTAINS     | "x"               | true
          ["a","b"]     | CONTAINS         | "a"               | true
          ["a","b"]     | CONTAINS         | "ab"              | false
          [1,2]         | CONTAINS         | "2.0"             | true
          ["1"]         | CONTAINS         | "1"               | false
          "a"           | CONTAINS         | ["a","b"]         | true
          "c"           | CONTAINS         | "[\\"a\\"]"       | false
          ["a","b"]     | CONTAINS         | ["b","c"]         | true
          ["a","b"]     | CONTAINS         | ["c","d"]         | false
          ["a","b"]     | NOT_CONTAINS     | ["c","d"]         | true
          [null]        | CONTAINS         | "null"            | true
          true          | CONTAINS         | "true"            | false
          5             | CONTAINS         | "5"               | false
          null          | CONTAINS         | "x"               | false
          -             | CONTAINS         | "x"               | false
          -             | NOT_CONTAINS     | "x"               | true
          []            | CONTAINS         | "x"               | false
          {"a":1}       | CONTAINS         | "a"               | false
          ["a","b","c"] | CONTAINS_ALL     | ["a","c"]         | true
          ["a","b"]     | CONTAINS_ALL     | ["a","c"]         | false
          ["a","b"]     | CONTAINS_ALL     | "a"               | true
          ["a","b"]     | NOT_CONTAINS_ALL | ["a","c"]         | true
          ["a","b"]     | NOT_CONTAINS_ALL | "[\\"a\\"]"       | false
          "a comment"   | CONTAINS_ALL     | ["com","ment"]    | true
          -             | CONTAINS_ALL     | ["a"]             | false
          -             | NOT_CONTAINS_ALL | ["a"]             | true
          """)
  void containing_is_being_part_of_a_text_or_member_of_a_list(
      String value, Operator operator, String argument, boolean holds) {
    check(value, operator, argument, holds);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          value    | empty | exists
          ""       | true  | true
          "x"      | false | true
          " "      | false | true
          0        | false | true
          false    | false | true
          []       | true  | true
          [null]   | false | true
          {}       | false | true
          {"a":1}  | false | true
          null     | true  | false
          -        | true  | false
          """,
      useHeadersInDisplayName = true)
  void emptiness_and_existence_differ(String value, boolean empty, boolean exists) {
    check(value, Operator.EMPTY, "null", empty);
    check(value, Operator.NOT_EMPTY, "null", !empty);
    check(value, Operator.EXISTS, "null", exists);
    check(value, Operator.NOT_EXISTS, "null", !exists);
  }

  /** It is noon on 10 March 2026. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "2026-03-10T11:59:59Z"      | IS_TIMESTAMP                  | null                   | true
          "2026-03-10"                | IS_TIMESTAMP                  | null                   | true
          "soon"                      | IS_TIMESTAMP                  | null                   | false
          1773144000                  | IS_TIMESTAMP                  | null                   | false
          -                           | IS_TIMESTAMP                  | null                   | false
          "soon"                      | IS_NOT_TIMESTAMP              | null                   | true
          -                           | IS_NOT_TIMESTAMP              | null                   | true
          "2026-03-10T11:59:59Z"      | IS_TIMESTAMP_BEFORE_NOW       | null                   | true
          "2026-03-10T12:00:00Z"      | IS_TIMESTAMP_BEFORE_NOW       | null                   | false
          "2026-03-10T12:00:00Z"      | IS_TIMESTAMP_ON_OR_AFTER_NOW  | null                   | true
          "2026-03-10T13:30:00+02:00" | IS_TIMESTAMP_BEFORE_NOW       | null                   | true
          -                           | IS_TIMESTAMP_BEFORE_NOW       | null                   | false
          -                           | IS_TIMESTAMP_ON_OR_AFTER_NOW  | null                   | false
          "2026-03-09T00:00:00Z"      | IS_TIMESTAMP_BEFORE           | "2026-03-10T00:00:00Z" | true
          "2026-03-10T00:00:00Z"      | IS_TIMESTAMP_BEFORE           | "2026-03-10T00:00:00Z" | false
          "2026-03-10T00:00:00Z"      | IS_TIMESTAMP_ON_OR_AFTER      | "2026-03-10T00:00:00Z" | true
          "2026-03-09T00:00:00Z"      | IS_TIMESTAMP_BEFORE_DATE      | "2026-03-10"           | true
          "2026-03-10T00:00:00Z"      | IS_TIMESTAMP_ON_OR_AFTER_DATE | "2026-03-10"           | true
          "2026-02-01T00:00:00Z"      | IS_TIMESTAMP_BEFORE           | "30_days_ago"          | true
          "2026-02-20T00:00:00Z"      | IS_TIMESTAMP_BEFORE           | "30_days_ago"          | false
          "2026-03-10T13:59:00Z"      | IS_TIMESTAMP_BEFORE           | "2_hours_from_now"     | true
          "2026-03-10T14:00:00Z"      | IS_TIMESTAMP_ON_OR_AFTER      | "2 hours from now"     | true
          "2026-03-10T11:45:00Z"      | IS_TIMESTAMP_ON_OR_AFTER      | "15_minutes_ago"       | true
          "2026-03-03T12:00:00Z"      | IS_TIMESTAMP_ON_OR_AFTER      | "1_week_ago"           | true
          "2026-03-10T00:00:00Z"      | IS_TIMESTAMP_BEFORE           | "whenever"             | false
          "2026-03-10T00:00:00Z"      | IS_TIMESTAMP_ON_OR_AFTER      | "whenever"             | false
          "2026-03-10T00:00:00Z"      | IS_TIMESTAMP_BEFORE           | 5                      | false
          -                           | IS_TIMESTAMP_BEFORE           | "30_days_ago"          | false
          "2026-03-05T00:00:00Z"      | IS_TIMESTAMP_BETWEEN          | ["2026-03-05","2026-03-06"] | true
          "2026-03-06T00:00:00Z"      | IS_TIMESTAMP_BETWEEN          | ["2026-03-05","2026-03-06"] | false
          "2026-03-05T00:00:00Z"      | IS_TIMESTAMP_BETWEEN          | "[\\"2026-03-05\\",\\"2026-03-06\\"]" | true
          "2026-03-05T00:00:00Z"      | IS_TIMESTAMP_BETWEEN          | ["2026-03-05"]         | false
          """)
  void timestamps_are_compared_as_instants(
      String value, Operator operator, String argument, boolean holds) {
    check(value, operator, argument, holds);
  }

  /** Knock's own example compares a time by order, not by an operator for timestamps. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "2026-02-20T00:00:00Z"      | GREATER_THAN             | "30_days_ago"                  | true
          "2026-02-01T00:00:00Z"      | GREATER_THAN             | "30_days_ago"                  | false
          "2026-02-08T12:00:00Z"      | GREATER_THAN_OR_EQUAL_TO | "30_days_ago"                  | true
          "2026-02-08T13:30:00+02:00" | LESS_THAN                | "30_days_ago"                  | true
          "2026-03-10T13:00:00Z"      | LESS_THAN_OR_EQUAL_TO    | "1_hour_from_now"              | true
          "2026-03-09"                | IS_BETWEEN               | ["2_days_ago","1 day from now"] | true
          "2026-03-07"                | IS_BETWEEN               | ["2_days_ago","1 day from now"] | false
          "soon"                      | GREATER_THAN             | "30_days_ago"                  | false
          -                           | LESS_THAN                | "30_days_ago"                  | false
          5                           | LESS_THAN                | "30_days_ago"                  | false
          "4"                         | LESS_THAN                | "30_dayz_ago"                  | false
          """)
  void a_moment_relative_to_now_is_compared_as_an_instant_by_every_operator_that_orders(
      String value, Operator operator, String argument, boolean holds) {
    check(value, operator, argument, holds);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          recipient    | "paid"                       | true
          recipient.id | "paid"                       | true
          recipient    | "\\"paid\\""                 | true
          recipient    | {"audience_key": "paid"}     | true
          recipient    | "{\\"audience_key\\":\\"paid\\"}" | true
          recipient    | "2024"                       | true
          recipient    | "left"                       | false
          recipient    | "nobody-knows"               | false
          """)
  void an_audience_that_is_not_known_has_no_members(
      String variable, String argument, boolean member) {
    var facts =
        Facts.of(object("{}"), NOW)
            .withAudiences(Map.of("paid", true, "left", false, "2024", true));
    assertThat(Verdict.of(when(variable, Operator.IS_AUDIENCE_MEMBER, argument), facts).holds())
        .isEqualTo(member);
    assertThat(Verdict.of(when(variable, Operator.IS_NOT_AUDIENCE_MEMBER, argument), facts).holds())
        .isEqualTo(!member);
  }

  @Test
  void a_finding_about_an_audience_shows_its_key_and_the_membership() {
    var asked = when("recipient", Operator.IS_NOT_AUDIENCE_MEMBER, "\"paid\"");
    assertThat(asked.audiences()).containsExactly("paid");
    assertThat(
            Verdict.of(asked, Facts.of(object("{}"), NOW).withAudiences(Map.of("paid", true)))
                .findings()
                .getFirst()
                .json())
        .isEqualTo(
            object(
                """
                {"variable": "recipient", "operator": "is_not_audience_member",
                 "argument": "paid", "value": true, "result": false}
                """));
  }

  @Test
  void a_random_cohort_holds_about_its_share_and_always_the_same_recipients() {
    List<String> ids = IntStream.range(0, 10_000).mapToObj(i -> "user_" + i).toList();
    assertThat(ids).noneMatch(id -> inCohort(id, "\"0\"")).allMatch(id -> inCohort(id, "\"100\""));
    assertThat(ids.stream().filter(id -> inCohort(id, "\"12.5\"")).count()).isBetween(1150L, 1350L);
    assertThat(ids.stream().filter(id -> inCohort(id, "\"12.5\"")))
        .allMatch(id -> inCohort(id, "30"));
    assertThat(holds("5", Operator.IS_IN_RANDOM_COHORT, "\"100\"")).isFalse();
    assertThat(holds("\"a\"", Operator.IS_IN_RANDOM_COHORT, "\"all\"")).isFalse();
  }

  private static boolean inCohort(String id, String percent) {
    var facts = Facts.of(Json.object().with("recipient", Json.object().with("id", id)), NOW);
    return Verdict.of(when("recipient.id", Operator.IS_IN_RANDOM_COHORT, percent), facts).holds();
  }

  @Test
  void an_operator_is_found_by_its_name_in_files() {
    assertThat(Operator.values())
        .allSatisfy(it -> assertThat(Operator.named(it.wireName())).contains(it));
    assertThat(Operator.named("EQUAL_TO")).isEmpty();
    assertThat(Operator.named("")).isEmpty();
  }

  @Test
  void operators_that_compare_with_nothing_ignore_their_argument() {
    Stream<String> values =
        Stream.of("\"\"", "\"2026-03-10T12:00:00Z\"", "null", "[]", "0", "{\"a\":1}", "-");
    var unary = Arrays.stream(Operator.values()).filter(Operator::unary).toList();
    assertThat(unary).hasSize(8);
    values.forEach(
        value ->
            unary.forEach(
                operator ->
                    assertThat(holds(value, operator, "\"x\""))
                        .as("%s %s", value, operator)
                        .isEqualTo(holds(value, operator, "null"))));
  }

  private static void check(String value, Operator operator, String argument, boolean holds) {
    assertThat(holds(value, operator, argument))
        .as("%s %s %s", value, operator, argument)
        .isEqualTo(holds);
  }

  private static boolean holds(String value, Operator operator, String argument) {
    Json.Obj data = value.equals("-") ? Json.object() : Json.object().with("it", json(value));
    var facts = new Facts(object("{}").with("data", data), Map.of(), Set.of(), NOW);
    return Verdict.of(new Condition("data.it", operator, json(argument)), facts).holds();
  }
}
