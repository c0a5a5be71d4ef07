package dev.carillon.local.ses;

import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.local.iam.AccessControl;
import dev.carillon.local.iam.AccessRequest.Need;
import dev.carillon.local.iam.Principal;
import dev.carillon.local.sqs.SqsQueues;
import dev.carillon.local.template.AccountRegion;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** SNS topics with queues as subscribers, as much of SNS as mail events pass through. */
final class SnsTopics {
  private record Subscription(String queue, boolean raw) {}

  private static final Principal SES = new Principal.Service("ses.amazonaws.com");
  private static final Principal SNS = new Principal.Service("sns.amazonaws.com");

  private final SqsQueues queues;
  private final AccessControl access;
  private final Map<String, Set<Subscription>> byTopic = new HashMap<>();

  SnsTopics(SqsQueues queues, AccessControl access) {
    this.queues = queues;
    this.access = access;
  }

  synchronized void subscribe(String topicArn, String queueArn, boolean raw) {
    var queue = queueArn.substring(queueArn.lastIndexOf(':') + 1);
    byTopic.computeIfAbsent(topicArn, _ -> new LinkedHashSet<>()).add(new Subscription(queue, raw));
  }

  /**
   * Sends to every subscriber; one whose queue is gone, or does not let the topic send to it,
   * misses it, as it would at SNS. If the topic does not let SES publish, all do.
   *
   * @param configurationSetArn for which SES publishes
   */
  synchronized void publish(
      String configurationSetArn, String topicArn, String subject, Json.Obj message, Instant now) {
    if (!mayPublish(configurationSetArn, topicArn)) {
      return;
    }
    var text = JsonText.write(message);
    for (var subscription : byTopic.getOrDefault(topicArn, Set.of())) {
      if (!access.allows(
          SNS,
          Need.of("sqs:SendMessage", AccountRegion.LOCAL.arn("sqs", subscription.queue()))
              .with("aws:SourceArn", topicArn))) {
        continue;
      }
      var body = subscription.raw() ? text : JsonText.write(envelope(topicArn, subject, text, now));
      try {
        queues.send(subscription.queue(), body, Duration.ZERO, Optional.empty());
      } catch (NoSuchElementException _) {
        // Nothing to do about it here.
      }
    }
  }

  /** An encrypted topic takes the use of its key besides. */
  private boolean mayPublish(String configurationSetArn, String topicArn) {
    var allowed =
        access.allows(
            SES,
            Need.of("sns:Publish", topicArn)
                .with("aws:SourceAccount", AccountRegion.LOCAL.account())
                .with("aws:SourceArn", configurationSetArn));
    for (var key : access.keyOfTopic(topicArn).stream().toList()) {
      for (var action : List.of("kms:GenerateDataKey", "kms:Decrypt")) {
        allowed &=
            access.allows(
                SES,
                Need.of(action, key)
                    .with("aws:SourceAccount", AccountRegion.LOCAL.account())
                    .with("aws:SourceArn", configurationSetArn));
      }
    }
    return allowed;
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
