package dev.carillon.infra;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.cloudwatch.ComparisonOperator;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.MetricOptions;
import software.amazon.awscdk.services.events.EventBus;
import software.amazon.awscdk.services.events.EventField;
import software.amazon.awscdk.services.events.EventPattern;
import software.amazon.awscdk.services.events.Rule;
import software.amazon.awscdk.services.events.RuleTargetInput;
import software.amazon.awscdk.services.events.targets.SqsQueue;
import software.amazon.awscdk.services.sqs.DeadLetterQueue;
import software.amazon.awscdk.services.sqs.Queue;
import software.amazon.awscdk.services.sqs.QueueEncryption;
import software.constructs.Construct;

/** A queue and the dead-letter queue where a task goes that failed five times. */
final class QueueWithDeadLetters extends Construct {
  /** Fewer, and throttled invocations alone could bury a good task. */
  private static final int RECEIVES_BEFORE_BURIAL = 5;

  private final Queue queue;
  private final Queue deadLetters;

  QueueWithDeadLetters(Construct scope, String id, Duration visibility) {
    super(scope, id);
    deadLetters =
        queue("DeadLetters")
            // The longest there is, and longer than the queue's own: the age counts from the first
            // send, not from the burial.
            .retentionPeriod(Duration.days(14))
            .build();
    queue =
        queue("Queue")
            .retentionPeriod(Duration.days(4))
            .visibilityTimeout(visibility)
            .deadLetterQueue(
                DeadLetterQueue.builder()
                    .queue(deadLetters)
                    .maxReceiveCount(RECEIVES_BEFORE_BURIAL)
                    .build())
            .build();
  }

  Queue queue() {
    return queue;
  }

  String arn() {
    return queue.getQueueArn();
  }

  /** Lets the function send here and tells it the queue's address in the named variable. */
  void sentToBy(DeployedFunction function, String variable) {
    function.set(variable, queue.getQueueUrl());
    function.allow(List.of("sqs:SendMessage"), List.of(queue.getQueueArn()));
  }

  /**
   * Brings the events of a bus here, as tasks. Nobody but EventBridge may send for the rule; what
   * it cannot send within a day goes to the dead letters.
   */
  void takesIn(StackSettings.EventSource from) {
    var name =
        "From%s%s%s%s"
            .formatted(from.environment(), from.source(), from.bus(), from.eventSource())
            .replaceAll("[^A-Za-z0-9]", "");
    Map<String, Object> task = new LinkedHashMap<>();
    task.put("type", "bus-event.v1");
    task.put("environment", from.environment());
    task.put("source", from.source());
    task.put("event", EventField.fromPath("$"));
    Rule.Builder.create(this, name)
        .description("Events for the source " + from.source())
        .eventBus(EventBus.fromEventBusName(this, name + "Bus", from.bus()))
        .eventPattern(EventPattern.builder().source(List.of(from.eventSource())).build())
        .targets(
            List.of(
                SqsQueue.Builder.create(queue)
                    .message(RuleTargetInput.fromObject(task))
                    .deadLetterQueue(deadLetters)
                    .build()))
        .build();
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
    return deadLetters.metricApproximateNumberOfMessagesVisible(worst());
  }

  /** Of the oldest task, in seconds. */
  IMetric age() {
    return queue.metricApproximateAgeOfOldestMessage(worst());
  }

  private static MetricOptions worst() {
    return MetricOptions.builder().statistic("Maximum").period(Duration.minutes(5)).build();
  }

  private Queue.Builder queue(String id) {
    // What is in it is owed to somebody, and nowhere else: it outlives the stack.
    return Queue.Builder.create(this, id)
        .encryption(QueueEncryption.SQS_MANAGED)
        .enforceSsl(true)
        .removalPolicy(RemovalPolicy.RETAIN);
  }
}
