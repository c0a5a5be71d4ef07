package dev.carillon.infra;

import dev.carillon.infra.data.CarillonTable;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.cloudwatch.ComparisonOperator;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.constructs.Construct;

/** The table that functions use, known by its name: the data stack's, or one that was restored. */
final class TableInUse extends Construct {
  private final String name;

  TableInUse(Construct scope, String id, String name) {
    super(scope, id);
    this.name = name;
  }

  /** A count of the table's: {@code ReadThrottleEvents}, say. */
  IMetric counted(String metric) {
    return counted(metric, Map.of("TableName", name));
  }

  private IMetric counted(String metric, CarillonTable.Index index) {
    return counted(
        metric, Map.of("TableName", name, "GlobalSecondaryIndexName", index.indexName()));
  }

  private static IMetric counted(String metric, Map<String, String> of) {
    return Metric.Builder.create()
        .namespace("AWS/DynamoDB")
        .metricName(metric)
        .dimensionsMap(of)
        .statistic("Sum")
        .period(Duration.minutes(5))
        .build();
  }

  void watchedBy(OperationalAlarms alarms) {
    for (var kind : List.of("Read", "Write")) {
      alarms.when(
          this,
          kind + "Throttles",
          "The table throttles: tasks and callers try again, but something is hot.",
          counted(kind + "ThrottleEvents"),
          ComparisonOperator.GREATER_THAN_THRESHOLD,
          0);
      // Not counted among the table's, and a hot index holds up the writes of its table.
      for (var index : CarillonTable.Index.values()) {
        alarms.when(
            this,
            kind + "ThrottlesOf" + index.indexName(),
            "The index " + index.indexName() + " of the table throttles.",
            counted(kind + "ThrottleEvents", index),
            ComparisonOperator.GREATER_THAN_THRESHOLD,
            0);
      }
    }
  }

  /** Tells the function the table's name; what it may do there follows. */
  TableAccess usedBy(DeployedFunction function) {
    var stack = Stack.of(this);
    function.set("TABLE_NAME", name);
    return new TableAccess(
        function,
        "arn:%s:dynamodb:%s:%s:table/%s"
            .formatted(stack.getPartition(), stack.getRegion(), stack.getAccount(), name));
  }
}
