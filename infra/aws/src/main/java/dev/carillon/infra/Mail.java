package dev.carillon.infra;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Fn;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.cloudwatch.ComparisonOperator;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.kms.Key;
import software.amazon.awscdk.services.ses.ConfigurationSet;
import software.amazon.awscdk.services.ses.ConfigurationSetEventDestination;
import software.amazon.awscdk.services.ses.EmailIdentity;
import software.amazon.awscdk.services.ses.EmailSendingEvent;
import software.amazon.awscdk.services.ses.EventDestination;
import software.amazon.awscdk.services.ses.Identity;
import software.amazon.awscdk.services.sns.Topic;
import software.amazon.awscdk.services.sns.subscriptions.SqsSubscription;
import software.constructs.Construct;

/**
 * Sending through SES, and what SES reports of each mail: configuration set, topic, queue.
 * EventBridge would be shorter, but SES promises it only best effort.
 */
final class Mail extends Construct {
  private final ConfigurationSet configuration;

  Mail(Construct scope, String id, QueueWithDeadLetters reports) {
    super(scope, id);
    // Reports name recipients, so the topic is encrypted. The key is ours because SNS's free one
    // cannot be opened to SES.
    var key =
        Key.Builder.create(this, "Key")
            .description("Encrypts mail reports between SES and their queue.")
            .enableKeyRotation(true)
            .removalPolicy(RemovalPolicy.DESTROY)
            .build();
    key.addToResourcePolicy(
        PolicyStatement.Builder.create()
            .principals(List.of(new ServicePrincipal("ses.amazonaws.com")))
            .actions(List.of("kms:Decrypt", "kms:GenerateDataKey"))
            .resources(List.of("*")) // in a key's own policy this means the key
            .conditions(
                Map.of("StringEquals", Map.of("aws:SourceAccount", Stack.of(this).getAccount())))
            .build());
    var topic = Topic.Builder.create(this, "Reports").masterKey(key).enforceSsl(true).build();
    topic.addSubscription(
        SqsSubscription.Builder.create(reports.queue()).rawMessageDelivery(true).build());
    configuration = ConfigurationSet.Builder.create(this, "Configuration").build();
    var destination =
        ConfigurationSetEventDestination.Builder.create(this, "Destination")
            .configurationSet(configuration)
            .destination(EventDestination.snsTopic(topic))
            // Opens and clicks are not here: asking for them makes SES rewrite the mail.
            .events(
                List.of(
                    EmailSendingEvent.SEND,
                    EmailSendingEvent.REJECT,
                    EmailSendingEvent.BOUNCE,
                    EmailSendingEvent.COMPLAINT,
                    EmailSendingEvent.DELIVERY,
                    EmailSendingEvent.DELIVERY_DELAY))
            .build();
    // SES tries the topic when the destination is made, so its policy has to be there.
    destination.getNode().addDependency(topic);
  }

  /** Of all mail that this account sends: AWS reviews it at these rates and pauses it at twice. */
  void watchedBy(OperationalAlarms alarms) {
    alarms.when(
        this,
        "Bounces",
        "5 % of the account's mail bounces: AWS puts it under review, and pauses it at 10 %.",
        reputation("BounceRate"),
        ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
        0.05);
    alarms.when(
        this,
        "Complaints",
        "0.1 % of the account's mail is called spam: AWS puts it under review at this rate.",
        reputation("ComplaintRate"),
        ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
        0.001);
  }

  /** A share, from 0 to 1. */
  IMetric reputation(String rate) {
    return Metric.Builder.create()
        .namespace("AWS/SES")
        .metricName("Reputation." + rate)
        .statistic("Average")
        .period(Duration.hours(1))
        .build();
  }

  /**
   * Has SES send for a domain, which it believes once the records are in its DNS. The identity
   * outlives the stack: without it nobody's mail goes out.
   *
   * @return the DNS records, three of DKIM and one of DMARC, by the ids of outputs
   */
  Map<String, String> identity(String domain) {
    var identity =
        EmailIdentity.Builder.create(this, "Identity").identity(Identity.domain(domain)).build();
    identity.applyRemovalPolicy(RemovalPolicy.RETAIN);
    var records = new TreeMap<String, String>();
    for (var record : identity.getDkimRecords()) {
      records.put(
          "Dkim" + (records.size() + 1),
          Fn.join(" CNAME ", List.of(record.getName(), record.getValue())));
    }
    records.put("Dmarc", "_dmarc." + domain + " TXT \"v=DMARC1; p=none\"");
    return records;
  }

  /** Lets the function send mail whose events are reported here. */
  void sentBy(DeployedFunction function) {
    var stack = Stack.of(this);
    var name = configuration.getConfigurationSetName();
    function.set("SES_CONFIGURATION_SET", name);
    function.allow(
        List.of("ses:SendEmail"),
        List.of(
            "arn:%s:ses:%s:%s:configuration-set/%s"
                .formatted(stack.getPartition(), stack.getRegion(), stack.getAccount(), name)));
    function.allow(List.of("ses:SendEmail"), Wildcard.anyIdentity());
  }
}
