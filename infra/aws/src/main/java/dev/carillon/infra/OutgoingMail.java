package dev.carillon.infra;

import dev.carillon.infra.settings.Installation;
import java.util.List;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.cloudwatch.ComparisonOperator;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.constructs.Construct;

/** Who sends through SES, and how the account's mail fares. */
final class OutgoingMail extends Construct {
  private final Installation installation;

  OutgoingMail(Construct scope, String id, Installation installation) {
    super(scope, id);
    this.installation = installation;
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

  /** Lets the function send mail whose events are reported here. */
  void sentBy(DeployedFunction function) {
    var stack = Stack.of(this);
    var name = installation.configurationSet();
    function.set("SES_CONFIGURATION_SET", name);
    function.allow(
        List.of("ses:SendEmail"),
        List.of(
            "arn:%s:ses:%s:%s:configuration-set/%s"
                .formatted(stack.getPartition(), stack.getRegion(), stack.getAccount(), name)));
    function.allow(List.of("ses:SendEmail"), Wildcard.anyIdentity());
  }
}
