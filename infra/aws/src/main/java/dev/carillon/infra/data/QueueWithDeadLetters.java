package dev.carillon.infra.data;

import dev.carillon.infra.settings.Installation;
import dev.carillon.infra.settings.StackSettings;
import dev.carillon.infra.settings.WorkQueue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.events.EventBus;
import software.amazon.awscdk.services.events.EventField;
import software.amazon.awscdk.services.events.EventPattern;
import software.amazon.awscdk.services.events.Rule;
import software.amazon.awscdk.services.events.RuleTargetInput;
import software.amazon.awscdk.services.events.targets.SqsQueue;
import software.amazon.awscdk.services.kms.IKey;
import software.amazon.awscdk.services.sqs.DeadLetterQueue;
import software.amazon.awscdk.services.sqs.Queue;
import software.amazon.awscdk.services.sqs.QueueEncryption;
import software.constructs.Construct;

/** A queue and the dead-letter queue where a task goes that failed five times. */
final class QueueWithDeadLetters extends Construct {
  /** Fewer, and throttled invocations alone could bury a good task. */
  private static final int RECEIVES_BEFORE_BURIAL = 5;

  private final Optional<IKey> key;
  private final Queue queue;
  private final Queue deadLetters;

  QueueWithDeadLetters(
      Construct scope, Installation installation, WorkQueue work, Optional<IKey> key) {
    super(scope, work.function() + "Tasks");
    this.key = key;
    deadLetters =
        queue("DeadLetters", installation.deadLetters(work))
            // The longest there is, and longer than the queue's own: the age counts from the first
            // send, not from the burial.
            .retentionPeriod(Duration.days(14))
            .build();
    queue =
        queue("Queue", installation.queue(work))
            .retentionPeriod(Duration.days(4))
            .visibilityTimeout(Duration.seconds(WorkQueue.VISIBILITY_SECONDS))
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

  private Queue.Builder queue(String id, String name) {
    // What is in it is owed to somebody, and nowhere else: it outlives the stack.
    var builder =
        Queue.Builder.create(this, id)
            .queueName(name)
            .encryption(key.isPresent() ? QueueEncryption.KMS : QueueEncryption.SQS_MANAGED)
            .enforceSsl(true)
            .removalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
    // A request of the key an hour and queue, not one every five minutes.
    key.ifPresent(it -> builder.encryptionMasterKey(it).dataKeyReuse(Duration.hours(1)));
    return builder;
  }
}
