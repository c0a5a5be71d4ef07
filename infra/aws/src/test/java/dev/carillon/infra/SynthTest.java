package dev.carillon.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SynthTest {

  @Test
  void cdk_nag_finds_nothing_that_was_not_acknowledged() {
    assertThat(Synthesized.DEFAULTS.findings()).isEmpty();
  }

  @Test
  void every_acknowledged_finding_has_its_reason() {
    assertThat(Synthesized.DEFAULTS.resources().values())
        .map(resource -> Tree.map(resource).get("Metadata"))
        .filteredOn(metadata -> metadata instanceof Map<?, ?> map && map.containsKey("cdk_nag"))
        .isNotEmpty()
        .flatMap(
            metadata ->
                Tree.list(Tree.map(Tree.map(metadata).get("cdk_nag")).get("rules_to_suppress")))
        .allSatisfy(
            suppression ->
                assertThat(Tree.text(Tree.map(suppression).get("reason"))).hasSizeGreaterThan(40));
  }

  @Test
  void the_same_jars_give_the_same_assembly_in_another_folder_to_the_byte() {
    assertThat(Synthesized.with(Map.of()).written()).isEqualTo(Synthesized.DEFAULTS.written());
  }

  @Test
  void a_team_chooses_names_origins_retention_limits_and_who_hears_alarms() {
    var topic = "arn:aws:sns:eu-west-1:111122223333:on-call";
    var stack =
        Synthesized.with(
            Map.of(
                "stackName", "Carillon-Staging",
                "browserOrigins", "https://app.example,https://www.example",
                "retentionDays", "7",
                "tableName", "Restored",
                "throttle", "100",
                "alarmTopicArn", topic));
    var steps = Tree.map(stack.function("Steps").at("Environment", "Variables"));
    assertThat(stack.templates().keySet())
        .containsExactly(
            "Carillon-Staging-Data", "Carillon-Staging-Edge", "Carillon-Staging-Services");
    assertThat(steps)
        .containsEntry("SECRET_PREFIX", "carillon-staging/")
        .containsEntry("RETENTION_DAYS", "7")
        .containsEntry("TABLE_NAME", "Restored");
    assertThat(stack.only("AWS::DynamoDB::GlobalTable").at("TableName"))
        .isEqualTo("Carillon-Staging");
    assertThat(stack.grantsOf("Steps"))
        .filteredOn(grant -> grant.actions().contains("dynamodb:GetItem"))
        .allSatisfy(
            grant -> assertThat(grant.resources()).allMatch(it -> it.endsWith("table/Restored")));
    for (var stage : List.of("$default", "live")) {
      assertThat(Tree.text(stack.stage(stage).at("DefaultRouteSettings")))
          .isEqualTo("{ThrottlingBurstLimit=50, ThrottlingRateLimit=100}");
    }
    assertThat(Tree.texts(stack.api("HTTP").at("CorsConfiguration", "AllowOrigins")))
        .containsExactly("https://app.example", "https://www.example");
    assertThat(stack.all("AWS::CloudWatch::Alarm").values())
        .allSatisfy(alarm -> assertThat(Tree.texts(alarm.at("AlarmActions"))).contains(topic));
    assertThat(stack.findings()).isEmpty();
  }

  @Test
  void a_function_that_was_not_packaged_is_named(@TempDir Path repository) {
    assertThatThrownBy(() -> FunctionJars.builtIn(repository).of("intake"))
        .hasMessageContaining("functions/intake/target/function.jar");
  }

  @Test
  void a_domain_for_both_apis_and_one_for_tracked_links_tell_where_their_cnames_point() {
    var with =
        Synthesized.with(
            Map.of(
                "trackingDomains",
                "go.example.com=arn:aws:acm:eu-central-1:111122223333:certificate/c1",
                "domain",
                "notify.example.com=arn:aws:acm:us-east-1:111122223333:certificate/c2",
                "firewall",
                "own"));
    assertThat(Tree.text(with.only("AWS::ApiGatewayV2::DomainName").at("DomainName")))
        .isEqualTo("go.example.com");
    assertThat(Tree.text(with.only("AWS::ApiGatewayV2::ApiMapping").at("Stage")))
        .isEqualTo("$default");
    assertThat(with.outputs()).containsKeys("Cnamegoexamplecom", "Cnamenotifyexamplecom");
    assertThat(Synthesized.DEFAULTS.all("AWS::ApiGatewayV2::DomainName")).isEmpty();

    var distribution = with.only("AWS::CloudFront::Distribution");
    assertThat(Tree.texts(distribution.at("DistributionConfig", "Aliases")))
        .containsExactly("notify.example.com");
    var sockets =
        Tree.map(Tree.list(distribution.at("DistributionConfig", "CacheBehaviors")).getFirst());
    assertThat(sockets).containsEntry("PathPattern", "/ws/v1/websocket");
    assertThat(with.all("AWS::CloudFront::Function").values())
        .extracting(function -> Tree.text(function.at("FunctionCode")))
        .satisfiesExactlyInAnyOrder(
            code -> assertThat(code).contains("event.request.uri = '/live'"),
            code -> assertThat(code).contains("/^\\/v1\\/.*%2f/i", "statusCode: 422"));
    assertThat(
            Tree.list(
                distribution.at(
                    "DistributionConfig", "DefaultCacheBehavior", "FunctionAssociations")))
        .hasSize(1);
    assertThat(Tree.target(distribution.at("DistributionConfig", "WebACLId")))
        .isEqualTo(with.only("AWS::WAFv2::WebACL").id());
    assertThat(Tree.text(with.only("AWS::WAFv2::WebACL").at("Rules")))
        .contains("AWSManagedRulesAmazonIpReputationList", "AWSManagedRulesKnownBadInputsRuleSet")
        .contains("Limit=2000", "NotStatement", "authorization");
    for (var function : List.of("Steps", "Delivery", "Callbacks", "Api", "Management")) {
      assertThat(with.function(function).at("Environment", "Variables", "PUBLIC_URL"))
          .isEqualTo("https://notify.example.com");
    }
    assertThat(with.findings()).isEmpty();
    assertThat(Synthesized.DEFAULTS.all("AWS::CloudFront::Distribution")).isEmpty();
  }

  @Test
  void a_rule_brings_the_events_of_a_bus_to_the_queue_that_does_what_they_are_mapped_to() {
    var with =
        Synthesized.with(
            Map.of("eventSources", "production/orders=default/com.acme.shop", "dataKey", "own"));
    var rule = with.only("AWS::Events::Rule");
    assertThat(Tree.text(rule.at("EventPattern"))).isEqualTo("{source=[com.acme.shop]}");
    assertThat(Tree.text(rule.at("EventBusName"))).isEqualTo("default");
    assertThat(Tree.text(rule.at("Targets")))
        .contains("${FanoutTasksQueue", "${FanoutTasksDeadLetters")
        .contains("\"type\":\"bus-event.v1\",\"environment\":\"production\",\"source\":\"orders\"");
    assertThat(with.findings()).isEmpty();
    assertThat(Synthesized.DEFAULTS.all("AWS::Events::Rule")).isEmpty();
    theKeyIsOfTheAccount(with);
    assertThatThrownBy(() -> Synthesized.with(Map.of("eventSources", "orders")))
        .hasMessageContaining("orders");
  }

  /** Table and queues lie under it, and who may use them may use it through them. */
  private static void theKeyIsOfTheAccount(Synthesized with) {
    var keys =
        with.all("AWS::KMS::Key").values().stream()
            .filter(key -> key.id().startsWith("DataKey"))
            .toList();
    assertThat(keys).hasSize(1);
    var key = keys.getFirst();
    assertThat(key.deletionPolicy()).isEqualTo("RetainExceptOnCreate");
    assertThat(key.at("EnableKeyRotation")).isEqualTo(true);
    assertThat(Tree.text(key.at("KeyPolicy")))
        .contains("kms:CallerAccount=${AWS::AccountId}")
        .contains("dynamodb.${AWS::Region}.amazonaws.com", "sqs.${AWS::Region}.amazonaws.com")
        .contains("sns.amazonaws.com", "events.amazonaws.com");
    assertThat(with.all("AWS::SQS::Queue").values())
        .allSatisfy(
            queue -> assertThat(Tree.target(queue.at("KmsMasterKeyId"))).isEqualTo(key.id()));
    assertThat(Tree.text(with.only("AWS::DynamoDB::GlobalTable").at("Replicas")))
        .contains("KMSMasterKeyId=${" + key.id());
    assertThat(with.all("AWS::IAM::Policy").toString()).doesNotContain("kms:");
  }

  @Test
  void a_domain_to_send_from_is_an_identity_that_stays_and_its_dns_records_are_told() {
    var with = Synthesized.with(Map.of("senderDomain", "example.com"));
    var identity = with.only("AWS::SES::EmailIdentity");
    assertThat(identity.at("EmailIdentity")).isEqualTo("example.com");
    assertThat(identity.deletionPolicy()).isEqualTo("RetainExceptOnCreate");
    var outputs = with.outputs();
    assertThat(outputs).containsKeys("Dkim1", "Dkim2", "Dkim3", "Dmarc");
    assertThat(Tree.text(outputs.get("Dkim1"))).contains(".DkimDNSTokenName1} CNAME ${");
    assertThat(with.findings()).isEmpty();
    assertThat(Synthesized.DEFAULTS.all("AWS::SES::EmailIdentity")).isEmpty();
    assertThatThrownBy(() -> Synthesized.with(Map.of("senderDomain", "hello@example.com")))
        .hasMessageContaining("senderDomain must be a domain name");
  }

  @Test
  void webhooks_may_write_to_what_the_deployment_names_and_to_nothing_else_of_aws() {
    var queue = "arn:aws:sqs:eu-west-1:111122223333:product";
    var bus = "arn:aws:events:eu-west-1:111122223333:event-bus/product";
    var stream = "arn:aws:firehose:eu-west-1:111122223333:deliverystream/warehouse";
    var collector = "https://otel.example.com/v1/traces";
    var with =
        Synthesized.with(
            Map.of(
                "webhookDestinations",
                bus + "," + queue,
                "eventStream",
                stream,
                "traceCollector",
                collector));
    for (String function : new String[] {"Webhooks", "Steps", "Delivery", "Engage"}) {
      assertThat(Tree.map(with.function(function).at("Environment", "Variables")))
          .containsEntry("EVENT_STREAM", stream)
          .containsEntry("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", collector);
    }
    assertThat(with.all("AWS::IAM::Policy").toString()).contains("firehose:PutRecord", stream);
    for (String function : new String[] {"Webhooks", "Api"}) {
      assertThat(Tree.map(with.function(function).at("Environment", "Variables")))
          .containsEntry("WEBHOOK_DESTINATIONS", bus + "," + queue);
    }
    var policies = with.all("AWS::IAM::Policy").toString();
    assertThat(policies).contains("events:PutEvents", bus, queue, "collector*");
    assertThat(with.findings()).isEmpty();
    assertThat(Synthesized.DEFAULTS.all("AWS::IAM::Policy").toString())
        .doesNotContain("events:PutEvents", "firehose:", "collector*");
    assertThatThrownBy(() -> Synthesized.with(Map.of("webhookDestinations", "product")))
        .hasMessageContaining("product");
    assertThatThrownBy(() -> Synthesized.with(Map.of("traceCollector", "http://otel.example.com/")))
        .hasMessageContaining("traceCollector must be an https URL");
  }
}
