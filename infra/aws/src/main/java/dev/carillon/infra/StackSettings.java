package dev.carillon.infra;

import dev.carillon.rate.RateLimits;
import dev.carillon.webhook.WebhookDestinations;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.constructs.Construct;
import software.constructs.Node;

/**
 * What a team may choose at deployment, each with {@code cdk deploy -c name=value}.
 *
 * @param stackName {@code stackName}; two stacks of one account share nothing
 * @param browserOrigins {@code browserOrigins}, separated by commas; browsers elsewhere get no CORS
 *     headers. The default is every origin: a call is allowed by the key it carries, and browsers
 *     do not attach that by themselves as they do cookies
 * @param retentionDays {@code retentionDays}: how long runs and messages are kept
 * @param trackingDomains {@code trackingDomains}: {@code name=ARN of its certificate}, separated by
 *     commas; names beside the API's own under which tracked links are served
 * @param webhookDestinations {@code webhookDestinations}: ARNs of standard SQS queues, EventBridge
 *     buses and Firehose streams, separated by commas, that webhooks may write to beside URLs
 * @param rateLimits {@code rateLimits}: how many times Knock's tiers a call of the API may be made,
 *     or {@code off}; ten times unless it is set
 * @param alarmTopicArn {@code alarmTopicArn}: the SNS topic told when an alarm changes; without it
 *     alarms show in CloudWatch and tell nobody
 */
record StackSettings(
    String stackName,
    List<String> browserOrigins,
    int retentionDays,
    Map<String, String> trackingDomains,
    WebhookDestinations webhookDestinations,
    RateLimits rateLimits,
    Optional<String> alarmTopicArn) {

  StackSettings {
    browserOrigins = List.copyOf(browserOrigins);
    if (retentionDays < 1) {
      throw new IllegalArgumentException("retentionDays must be at least 1, not " + retentionDays);
    }
  }

  static StackSettings of(Construct app) {
    var node = app.getNode();
    return new StackSettings(
        context(node, "stackName").orElse("Carillon"),
        List.of(context(node, "browserOrigins").orElse("*").split(",")),
        context(node, "retentionDays").map(Integer::parseInt).orElse(30),
        context(node, "trackingDomains").map(StackSettings::domains).orElse(Map.of()),
        context(node, "webhookDestinations")
            .map(WebhookDestinations::parse)
            .orElse(WebhookDestinations.NONE),
        context(node, "rateLimits").map(RateLimits::parse).orElse(new RateLimits(10)),
        context(node, "alarmTopicArn"));
  }

  /** What the names of this installation's secrets begin with. */
  String secretPrefix() {
    return stackName.toLowerCase(Locale.ROOT) + "/";
  }

  private static Map<String, String> domains(String text) {
    var domains = new TreeMap<String, String>();
    for (String part : text.split(",")) {
      int at = part.indexOf('=');
      if (at < 1 || !part.startsWith("arn:", at + 1)) {
        throw new IllegalArgumentException(
            "trackingDomains must be name=certificate ARN, not " + part);
      }
      domains.put(part.substring(0, at), part.substring(at + 1));
    }
    return domains;
  }

  private static Optional<String> context(Node node, String name) {
    return Optional.ofNullable(node.tryGetContext(name)).map(Object::toString);
  }
}
