package dev.carillon.infra;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.infra.Synthesized.Resource;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What rings when: each alarm's metric, how it is counted, from where on, and what silence means.
 */
class AlarmsTest {
  private static final String TABLE =
      """
      AWS/SQS ApproximateNumberOfMessagesVisible | Maximum of 300 s | > 0 | notBreaching | 8
      AWS/SQS ApproximateAgeOfOldestMessage | Maximum of 300 s | > 1800 | notBreaching | 8
      AWS/Lambda Errors | Sum of 300 s | >= 5 | notBreaching | 8
      AWS/Lambda Errors | Sum of 300 s | > 0 | notBreaching | 6
      AWS/Lambda Throttles | Sum of 300 s | > 0 | notBreaching | 1
      AWS/Lambda Invocations | Sum of 300 s | < 1 | breaching | 1
      AWS/DynamoDB ReadThrottleEvents | Sum of 300 s | > 0 | notBreaching | 3
      AWS/DynamoDB WriteThrottleEvents | Sum of 300 s | > 0 | notBreaching | 3
      AWS/SES Reputation.BounceRate | Average of 3600 s | >= 0.05 | notBreaching | 1
      AWS/SES Reputation.ComplaintRate | Average of 3600 s | >= 0.001 | notBreaching | 1
      AWS/ApiGateway 5xx | Sum of 300 s | > 0 | notBreaching | 1
      Carillon-Services StuckWaits | Sum of 300 s | > 0 | notBreaching | 1
      Carillon-Services OverdueWaits | Sum of 300 s | >= 100 | notBreaching | 1
      Carillon-Services LostClicks | Sum of 300 s | > 0 | notBreaching | 1
      Carillon-Services DisabledWebhooks | Sum of 300 s | > 0 | notBreaching | 1
      """;

  private final Synthesized stack = Synthesized.DEFAULTS;
  private final List<Resource> alarms = List.copyOf(stack.all("AWS::CloudWatch::Alarm").values());

  @Test
  void every_alarm_is_one_of_these() {
    var found =
        alarms.stream()
            .collect(Collectors.groupingBy(AlarmsTest::row, TreeMap::new, Collectors.counting()));
    assertThat(found.entrySet().stream().map(it -> it.getKey() + " | " + it.getValue()))
        .containsExactlyInAnyOrderElementsOf(TABLE.lines().toList());
  }

  @Test
  void each_rings_after_one_period_and_says_what_to_do() {
    assertThat(alarms)
        .allSatisfy(
            alarm -> {
              assertThat(alarm.number("EvaluationPeriods")).isEqualTo(1);
              assertThat(Tree.text(alarm.at("AlarmDescription"))).hasSizeGreaterThan(30);
            });
  }

  @ParameterizedTest
  @CsvSource({
    "ApproximateNumberOfMessagesVisible, QueueName, dead",
    "ApproximateAgeOfOldestMessage,      QueueName, alive"
  })
  void each_queue_is_watched_by_its_name(String metric, String dimension, String which) {
    var expected =
        stack.all("AWS::SQS::Queue").values().stream()
            .filter(queue -> queue.has("RedrivePolicy") == which.equals("alive"))
            .map(queue -> dimension + "=" + queue.at("QueueName"));
    assertThat(of(metric).map(AlarmsTest::dimensions))
        .containsExactlyInAnyOrderElementsOf(expected.toList());
  }

  @Test
  void each_function_but_the_operator_is_watched_for_errors() {
    assertThat(
            of("Errors")
                .map(AlarmsTest::dimensions)
                .map(it -> it.replaceAll("FunctionName=\\$\\{(.*)Function.*", "$1")))
        .containsExactlyInAnyOrderElementsOf(
            stack.all("AWS::Lambda::Function").keySet().stream()
                .map(it -> it.replaceAll("Function.*", ""))
                .filter(it -> !it.equals("Operator"))
                .toList());
    assertThat(of("Throttles").map(AlarmsTest::dimensions)).containsExactly("");
    assertThat(of("Invocations").map(AlarmsTest::dimensions))
        .singleElement()
        .asString()
        .startsWith("FunctionName=${WakeFunction");
  }

  @ParameterizedTest
  @CsvSource({"ReadThrottleEvents", "WriteThrottleEvents"})
  void the_table_and_each_of_its_indexes_are_watched(String metric) {
    assertThat(of(metric).map(AlarmsTest::dimensions))
        .containsExactlyInAnyOrder(
            "TableName=Carillon",
            "GlobalSecondaryIndexName=feed TableName=Carillon",
            "GlobalSecondaryIndexName=runs TableName=Carillon");
  }

  @Test
  void the_api_as_a_whole_is_watched_for_answers_that_no_function_calls_an_error() {
    assertThat(of("5xx").map(AlarmsTest::dimensions)).containsExactly("ApiId=${Carillon-HttpApi}");
  }

  @Test
  void what_functions_log_becomes_a_number() {
    assertThat(
            stack.all("AWS::Logs::MetricFilter").values().stream()
                .map(
                    filter -> {
                      var to = Tree.map(Tree.list(filter.at("MetricTransformations")).getFirst());
                      return "%s: %s of %s"
                          .formatted(
                              to.get("MetricName"),
                              to.get("MetricValue"),
                              filter.at("FilterPattern"));
                    }))
        .containsExactlyInAnyOrder(
            "StuckWaits: 1 of { $.decision = \"wait.stuck\" }",
            "OverdueWaits: $.woken of { $.decision = \"waits.swept\" }",
            "LostClicks: 1 of { $.decision = \"tracking.lost\" }",
            "DisabledWebhooks: 1 of { $.decision = \"webhook.disabled\" }");
  }

  private Stream<Resource> of(String metric) {
    return alarms.stream().filter(alarm -> metric.equals(alarm.at("MetricName")));
  }

  private static String row(Resource alarm) {
    return "%s %s | %s of %s s | %s %s | %s"
        .formatted(
            alarm.at("Namespace"),
            alarm.at("MetricName"),
            alarm.at("Statistic"),
            alarm.at("Period"),
            switch (Tree.text(alarm.at("ComparisonOperator"))) {
              case "GreaterThanThreshold" -> ">";
              case "GreaterThanOrEqualToThreshold" -> ">=";
              case "LessThanThreshold" -> "<";
              case String other -> other;
            },
            alarm.at("Threshold"),
            alarm.at("TreatMissingData"));
  }

  private static String dimensions(Resource alarm) {
    return alarm.has("Dimensions")
        ? Tree.list(alarm.at("Dimensions")).stream()
            .map(Tree::map)
            .map(it -> it.get("Name") + "=" + Tree.text(it.get("Value")))
            .sorted()
            .collect(Collectors.joining(" "))
        : "";
  }
}
