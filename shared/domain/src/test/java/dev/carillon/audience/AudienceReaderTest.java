package dev.carillon.audience;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.audience.Audience.Dynamic;
import dev.carillon.audience.Audience.Segment;
import dev.carillon.audience.Audience.Static;
import dev.carillon.condition.ConditionProblem;
import dev.carillon.condition.Conditions.Condition;
import dev.carillon.condition.Operator;
import dev.carillon.json.Json;
import dev.carillon.json.JsonLiteral;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AudienceReaderTest {

  @Test
  void audiences_are_read_as_knock_writes_them() {
    assertThat(ok("{\"name\": \"Beta testers\", \"type\": \"static\", \"description\": null}"))
        .isEqualTo(new Static());
    assertThat(ok("{\"type\": \"dynamic\", \"name\": \"Nobody\"}"))
        .isEqualTo(new Dynamic(List.of()));
    assertThat(
            ok(
                """
                {"name": "Premium users", "type": "dynamic", "segments": [
                  {"conditions": [
                    {"property": "recipient.plan", "operator": "equal_to", "argument": "premium"},
                    {"property": "seats.total", "operator": "greater_than", "argument": "5"}]},
                  {"conditions": [
                    {"property": "recipient", "operator": "is_audience_member",
                     "argument": "friends"}]}]}
                """))
        .isEqualTo(
            new Dynamic(
                List.of(
                    new Segment(
                        List.of(
                            new Condition("recipient.plan", Operator.EQUAL_TO, Json.of("premium")),
                            new Condition(
                                "recipient.seats.total", Operator.GREATER_THAN, Json.of("5")))),
                    new Segment(
                        List.of(
                            new Condition(
                                "recipient", Operator.IS_AUDIENCE_MEMBER, Json.of("friends")))))));
  }

  @Test
  void what_is_written_is_read_again() {
    Audience audience =
        ok(
            """
            {"type": "dynamic", "segments": [{"conditions": []}, {"conditions": [
              {"property": "recipient.tags", "operator": "contains", "argument": "[\\"a\\"]"},
              {"property": "recipient.name", "operator": "exists"},
              {"property": "recipient.n", "operator": "is_between", "argument": ["1", 5]}]}]}
            """);
    assertThat(AudienceReader.read(audience.json()))
        .isEqualTo(new AudienceReader.Read.Ok(audience));
    assertThat(AudienceReader.read(new Static().json()))
        .isEqualTo(new AudienceReader.Read.Ok(new Static()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          []                                                | ``                      | object
          {}                                                | type                    | static or dynamic
          {"type": "lively"}                                | type                    | static or dynamic
          {"type": "dynamic", "segments": {}}               | segments                | list
          {"type": "dynamic", "segments": [5]}              | segments[0].conditions  | list
          {"type": "dynamic", "segments": [{}]}             | segments[0].conditions  | list
          {"type": "dynamic", "segments": [{"conditions": [{"operator": "exists"}]}]} | segments[0].conditions[0].property | property
          """)
  void what_is_no_audience_is_refused(String source, String at, String reason) {
    refused(source, at, reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          recipient.plan       | is                        | "x"           | .operator | "is"
          recipient.plan       | greater_than              | "true"        | ``        | order
          recipient.plan       | is_in_random_cohort       | "5"           | ``        | channel group
          recipient.created_at | greater_than              | "30_days_ago" | ``        | created_at
          updated_at           | is_timestamp_before_now   | null          | ``        | updated_at
          recipient.plan       | equal_to                  | "data.plan"   | ``        | nothing but the user
          recipient.at         | is_timestamp_before       | "recipient.updated_at" | `` | updated_at
          plan                 | is_audience_member        | "a"           | ``        | recipient's
          """)
  void a_segment_asks_of_the_user_alone_but_not_when_it_came_to_be(
      String property, String operator, String argument, String at, String reason) {
    refused(
        """
        {"type": "dynamic", "segments": [{"conditions": [
          {"property": "%s", "operator": "%s", "argument": %s}]}]}
        """
            .formatted(property, operator, argument),
        "segments[0].conditions[0]" + at,
        reason);
  }

  private static void refused(String source, String at, String reason) {
    List<ConditionProblem> problems =
        switch (AudienceReader.read(json(source))) {
          case AudienceReader.Read.Refused(var found) -> found;
          case AudienceReader.Read.Ok(var audience) ->
              throw new AssertionError("Read without a problem: " + audience);
        };
    assertThat(problems)
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.field()).isEqualTo(at);
              assertThat(problem.reason()).contains(reason).endsWith(".");
            });
  }

  private static Audience ok(String source) {
    return switch (AudienceReader.read(json(source))) {
      case AudienceReader.Read.Ok(var audience) -> audience;
      case AudienceReader.Read.Refused(var problems) ->
          throw new AssertionError("Refused: " + problems);
    };
  }

  private static Json json(String text) {
    return JsonLiteral.parse(text).orElseThrow(() -> new AssertionError("Not JSON: " + text));
  }
}
