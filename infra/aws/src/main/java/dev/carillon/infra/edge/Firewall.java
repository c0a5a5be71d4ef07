package dev.carillon.infra.edge;

import java.util.List;
import java.util.Map;
import software.amazon.awscdk.services.wafv2.CfnWebACL;
import software.constructs.Construct;

/**
 * What WAF keeps from CloudFront: addresses of bad repute, requests that are attacks whatever is
 * behind, and strangers who ask too often. Bodies are not looked at for HTML, of which mail is
 * made.
 */
final class Firewall extends Construct {
  /** What one address may ask for in five minutes without a key: links, pixels, sockets. */
  private static final int OF_A_STRANGER = 2_000;

  private final CfnWebACL acl;

  Firewall(Construct scope, String id) {
    super(scope, id);
    acl =
        CfnWebACL.Builder.create(this, "Acl")
            .scope("CLOUDFRONT")
            .defaultAction(
                CfnWebACL.DefaultActionProperty.builder()
                    .allow(CfnWebACL.AllowActionProperty.builder().build())
                    .build())
            .visibilityConfig(counted("Requests"))
            .rules(
                List.of(
                    managed(0, "AWSManagedRulesAmazonIpReputationList"),
                    managed(1, "AWSManagedRulesKnownBadInputsRuleSet"),
                    strangers(2)))
            .build();
  }

  String arn() {
    return acl.getAttrArn();
  }

  private static CfnWebACL.RuleProperty managed(int priority, String name) {
    return CfnWebACL.RuleProperty.builder()
        .name(name)
        .priority(priority)
        .overrideAction(CfnWebACL.OverrideActionProperty.builder().none(Map.of()).build())
        .statement(
            CfnWebACL.StatementProperty.builder()
                .managedRuleGroupStatement(
                    CfnWebACL.ManagedRuleGroupStatementProperty.builder()
                        .vendorName("AWS")
                        .name(name)
                        .build())
                .build())
        .visibilityConfig(counted(name))
        .build();
  }

  /** A server that calls with a key is counted by the functions, key by key, and not here. */
  private static CfnWebACL.RuleProperty strangers(int priority) {
    return CfnWebACL.RuleProperty.builder()
        .name("Strangers")
        .priority(priority)
        .action(
            CfnWebACL.RuleActionProperty.builder()
                .block(CfnWebACL.BlockActionProperty.builder().build())
                .build())
        .statement(
            CfnWebACL.StatementProperty.builder()
                .rateBasedStatement(
                    CfnWebACL.RateBasedStatementProperty.builder()
                        .limit(OF_A_STRANGER)
                        .aggregateKeyType("IP")
                        .scopeDownStatement(
                            CfnWebACL.StatementProperty.builder()
                                .notStatement(
                                    CfnWebACL.NotStatementProperty.builder()
                                        .statement(hasAKey())
                                        .build())
                                .build())
                        .build())
                .build())
        .visibilityConfig(counted("Strangers"))
        .build();
  }

  private static CfnWebACL.StatementProperty hasAKey() {
    return CfnWebACL.StatementProperty.builder()
        .sizeConstraintStatement(
            CfnWebACL.SizeConstraintStatementProperty.builder()
                .fieldToMatch(
                    CfnWebACL.FieldToMatchProperty.builder()
                        .singleHeader(Map.of("Name", "authorization"))
                        .build())
                .comparisonOperator("GT")
                .size(0)
                .textTransformations(
                    List.of(
                        CfnWebACL.TextTransformationProperty.builder()
                            .priority(0)
                            .type("NONE")
                            .build()))
                .build())
        .build();
  }

  private static CfnWebACL.VisibilityConfigProperty counted(String name) {
    return CfnWebACL.VisibilityConfigProperty.builder()
        .cloudWatchMetricsEnabled(true)
        .metricName(name)
        .sampledRequestsEnabled(true)
        .build();
  }
}
