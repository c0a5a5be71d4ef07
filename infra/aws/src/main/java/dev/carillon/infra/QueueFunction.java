package dev.carillon.infra;

import dev.carillon.infra.settings.Installation;
import dev.carillon.infra.settings.WorkQueue;
import java.util.List;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.ComparisonOperator;
import software.amazon.awscdk.services.cloudwatch.MetricOptions;
import software.amazon.awscdk.services.lambda.EventSourceMapping;
import software.constructs.Construct;

/** A function and the queue of the data stack that it works off. */
final class QueueFunction {
  private static final Duration TIMEOUT = Duration.seconds(WorkQueue.TIMEOUT_SECONDS);

  private final DeployedFunction function;
  private final TaskSource tasks;

  /**
   * @param concurrency how many batches at once, 2 to 1,000: the brake before what lies behind
   */
  QueueFunction(
      Construct scope,
      Installation installation,
      WorkQueue queue,
      FunctionJars jars,
      OperationalAlarms alarms,
      int memory,
      int concurrency,
      String purpose) {
    function = new DeployedFunction(scope, queue.function(), jars, TIMEOUT, memory, purpose);
    tasks = new TaskSource(scope, installation, queue);
    function.allow(
        List.of("sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"),
        List.of(tasks.arn()));
    EventSourceMapping.Builder mapping =
        EventSourceMapping.Builder.create(function, "Mapping")
            .target(function.alias())
            .eventSourceArn(tasks.arn())
            .reportBatchItemFailures(true)
            .maxConcurrency(concurrency);
    switch (queue.pace()) {
      case AT_ONCE -> mapping.batchSize(10);
      case GATHERED ->
          mapping.batchSize(100).maxBatchingWindow(Duration.seconds(WorkQueue.WINDOW_SECONDS));
    }
    mapping.build();
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

  TaskSource tasks() {
    return tasks;
  }
}
