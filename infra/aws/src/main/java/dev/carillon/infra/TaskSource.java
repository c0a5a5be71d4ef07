package dev.carillon.infra;

import dev.carillon.infra.settings.Installation;
import dev.carillon.infra.settings.WorkQueue;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.cloudwatch.ComparisonOperator;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.constructs.Construct;

/** A queue of the data stack, known by its name, and who may send to it. */
final class TaskSource extends Construct {
  private final String name;
  private final String deadLetters;

  TaskSource(Construct scope, Installation installation, WorkQueue queue) {
    super(scope, queue.function() + "Tasks");
    name = installation.queue(queue);
    deadLetters = installation.deadLetters(queue);
  }

  String arn() {
    var stack = Stack.of(this);
    return "arn:%s:sqs:%s:%s:%s"
        .formatted(stack.getPartition(), stack.getRegion(), stack.getAccount(), name);
  }

  private String url() {
    var stack = Stack.of(this);
    return "https://sqs.%s.%s/%s/%s"
        .formatted(stack.getRegion(), stack.getUrlSuffix(), stack.getAccount(), name);
  }

  /** Lets the function send here and tells it the queue's address in the named variable. */
  void sentToBy(DeployedFunction function, String variable) {
    function.set(variable, url());
    function.allow(List.of("sqs:SendMessage"), List.of(arn()));
  }

  void watchedBy(OperationalAlarms alarms) {
    alarms.when(
        this,
        "Buried",
        "A task failed five times: read its dead-letter queue, then start a redrive.",
        buried(),
        ComparisonOperator.GREATER_THAN_THRESHOLD,
        0);
    alarms.when(
        this,
        "Late",
        "Tasks wait for half an hour, twice the longest delay that is ever asked for.",
        age(),
        ComparisonOperator.GREATER_THAN_THRESHOLD,
        Duration.minutes(30).toSeconds().intValue());
  }

  /** How many dead letters there are. */
  IMetric buried() {
    return worst("ApproximateNumberOfMessagesVisible", deadLetters);
  }

  /** Of the oldest task, in seconds. */
  IMetric age() {
    return worst("ApproximateAgeOfOldestMessage", name);
  }

  private static IMetric worst(String metric, String queue) {
    return Metric.Builder.create()
        .namespace("AWS/SQS")
        .metricName(metric)
        .dimensionsMap(Map.of("QueueName", queue))
        .statistic("Maximum")
        .period(Duration.minutes(5))
        .build();
  }
}
