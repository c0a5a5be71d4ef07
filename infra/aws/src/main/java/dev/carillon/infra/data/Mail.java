package dev.carillon.infra.data;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.Fn;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Stack;
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
import software.amazon.awscdk.services.sqs.Queue;
import software.constructs.Construct;

/**
 * Sending through SES, and what SES reports of each mail: configuration set, topic, queue.
 * EventBridge would be shorter, but SES promises it only best effort.
 */
final class Mail extends Construct {
  /**
   * @param reports the queue that they go to
   */
  Mail(Construct scope, String id, String configurationSet, Queue reports) {
    super(scope, id);
    // Reports name recipients, so the topic is encrypted. The key is ours because SNS's free one
    // cannot be opened to SES.
    var key =
        Key.Builder.create(this, "Key")
            .description("Encrypts mail reports between SES and their queue.")
            .enableKeyRotation(true)
            .removalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE)
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
    topic.addSubscription(SqsSubscription.Builder.create(reports).rawMessageDelivery(true).build());
    var configuration =
        ConfigurationSet.Builder.create(this, "Configuration")
            .configurationSetName(configurationSet)
            .build();
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

  /**
   * Has SES send for a domain, which it believes once the records are in its DNS. The identity
   * outlives the stack: without it nobody's mail goes out.
   *
   * @return the DNS records, three of DKIM and one of DMARC, by the ids of outputs
   */
  Map<String, String> identity(String domain) {
    var identity =
        EmailIdentity.Builder.create(this, "Identity").identity(Identity.domain(domain)).build();
    identity.applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
    var records = new TreeMap<String, String>();
    for (var record : identity.getDkimRecords()) {
      records.put(
          "Dkim" + (records.size() + 1),
          Fn.join(" CNAME ", List.of(record.getName(), record.getValue())));
    }
    records.put("Dmarc", "_dmarc." + domain + " TXT \"v=DMARC1; p=none\"");
    return records;
  }
}
