package dev.carillon.infra;

import java.util.List;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.ComparisonOperator;
import software.amazon.awscdk.services.cloudwatch.MetricOptions;
import software.amazon.awscdk.services.lambda.EventSourceMapping;
import software.constructs.Construct;

/** A queue and the function that works it off. */
final class QueueFunction {
  private static final Duration TIMEOUT = Duration.seconds(60);

  private final DeployedFunction function;
  private final QueueWithDeadLetters tasks;

  /**
   * @param concurrency how many batches at once, 2 to 1,000: the brake before what lies behind
   */
  QueueFunction(
      Construct scope,
      String id,
      FunctionJars jars,
      OperationalAlarms alarms,
      int memory,
      int concurrency,
      String purpose) {
    function = new DeployedFunction(scope, id, jars, TIMEOUT, memory, purpose);
    // Six times the timeout, as Lambda asks for: room for throttled tries before SQS shows the
    // task to a second reader.
    tasks =
        new QueueWithDeadLetters(
            scope, id + "Tasks", Duration.seconds(6 * TIMEOUT.toSeconds().intValue()));
    function.allow(
        List.of("sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"),
        List.of(tasks.arn()));
    EventSourceMapping.Builder.create(function, "Mapping")
        .target(function.alias())
        .eventSourceArn(tasks.arn())
        .batchSize(10)
        .reportBatchItemFailures(true)
        .maxConcurrency(concurrency)
        .build();
    tasks.watchedBy(alarms);
    alarms.when(
        function,
        "Errors",
        "Batches fail as a whole; their tasks come back and are buried after five tries.",
        function
            .function()
            .metricErrors(
                MetricOptions.builder().statistic("Sum").period(Duration.minutes(5)).build()),
        ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
        5);
  }

  DeployedFunction function() {
    return function;
  }

  QueueWithDeadLetters tasks() {
    return tasks;
  }
}
