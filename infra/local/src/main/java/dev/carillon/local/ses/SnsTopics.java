package dev.carillon.local.ses;

import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.local.sqs.SqsQueues;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** SNS topics with queues as subscribers, as much of SNS as mail events pass through. */
final class SnsTopics {
  private record Subscription(String queue, boolean raw) {}

  private final SqsQueues queues;
  private final Map<String, Set<Subscription>> byTopic = new HashMap<>();

  SnsTopics(SqsQueues queues) {
    this.queues = queues;
  }

  synchronized void subscribe(String topicArn, String queueArn, boolean raw) {
    var queue = queueArn.substring(queueArn.lastIndexOf(':') + 1);
    byTopic.computeIfAbsent(topicArn, _ -> new LinkedHashSet<>()).add(new Subscription(queue, raw));
  }

  /** Sends to every subscriber; one whose queue is gone misses it, as it would at SNS. */
  synchronized void publish(String topicArn, String subject, Json.Obj message, Instant now) {
    var text = JsonText.write(message);
    for (var subscription : byTopic.getOrDefault(topicArn, Set.of())) {
      var body = subscription.raw() ? text : JsonText.write(envelope(topicArn, subject, text, now));
      try {
        queues.send(subscription.queue(), body, Duration.ZERO, Optional.empty());
      } catch (NoSuchElementException _) {
        // Nothing to do about it here.
      }
    }
  }

  private static Json.Obj envelope(String topicArn, String subject, String text, Instant now) {
    return Json.object()
        .with("Type", "Notification")
        .with("MessageId", UUID.randomUUID().toString())
        .with("TopicArn", topicArn)
        .with("Subject", subject)
        .with("Message", text)
        .with("Timestamp", now.toString());
  }
}
