package dev.carillon.infra;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.infra.Synthesized.Resource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class CarillonStacksTest {
  private static final Set<String> QUEUE_FUNCTIONS =
      Set.of("Fanout", "Steps", "Delivery", "Wake", "Callbacks", "Engage", "Broadcast", "Webhooks");

  private final Synthesized stack = Synthesized.DEFAULTS;
  private final Map<String, Resource> queues = stack.all("AWS::SQS::Queue");
  private final Map<String, Resource> functions = stack.all("AWS::Lambda::Function");
  private final Map<String, Resource> aliases = stack.all("AWS::Lambda::Alias");
  private final Map<String, Resource> mappings = stack.all("AWS::Lambda::EventSourceMapping");

  @Test
  void every_queue_that_is_not_itself_a_dead_letter_queue_has_one_after_five_tries() {
    var deadLetters = deadLetterQueues();
    assertThat(deadLetters).hasSize(QUEUE_FUNCTIONS.size());
    assertThat(queues.values())
        .filteredOn(queue -> !deadLetters.contains(queue.id()))
        .hasSize(QUEUE_FUNCTIONS.size())
        .allSatisfy(
            queue -> {
              assertThat(queue.number("RedrivePolicy", "maxReceiveCount")).isEqualTo(5);
              assertThat(queues).containsKey(deadLettersOf(queue));
            });
  }

  @Test
  void a_queue_outlives_the_stack_with_what_is_in_it() {
    assertThat(queues.values())
        .allSatisfy(
            queue ->
                assertThat(queue.deletionPolicy())
                    .as(queue.id())
                    .isEqualTo("RetainExceptOnCreate"));
  }

  @Test
  void a_dead_letter_outlives_the_longest_stay_in_its_queue() {
    assertThat(queues.values())
        .filteredOn(queue -> queue.has("RedrivePolicy"))
        .allSatisfy(
            queue ->
                assertThat(queues.get(deadLettersOf(queue)).number("MessageRetentionPeriod"))
                    .isGreaterThan(queue.number("MessageRetentionPeriod")));
  }

  @Test
  void every_queue_is_encrypted_and_refuses_callers_without_tls() {
    var refusing =
        stack.all("AWS::SQS::QueuePolicy").values().stream()
            .filter(
                policy ->
                    Tree.text(policy.at("PolicyDocument"))
                        .contains("{aws:SecureTransport=false}}, Effect=Deny"))
            .map(policy -> Tree.target(Tree.list(policy.at("Queues")).getFirst()))
            .toList();
    assertThat(refusing).containsExactlyInAnyOrderElementsOf(queues.keySet());
    assertThat(queues.values())
        .allSatisfy(queue -> assertThat(queue.at("SqsManagedSseEnabled")).isEqualTo(true));
  }

  @Test
  void every_mapping_reports_partial_failures_and_has_a_maximum_concurrency() {
    assertThat(mappings).hasSize(QUEUE_FUNCTIONS.size());
    assertThat(mappings.values())
        .allSatisfy(
            mapping -> {
              assertThat(Tree.texts(mapping.at("FunctionResponseTypes")))
                  .containsExactly("ReportBatchItemFailures");
              assertThat(mapping.number("ScalingConfig", "MaximumConcurrency")).isBetween(2, 1000);
            });
  }

  @Test
  void only_reports_are_gathered_since_nobody_waits_for_them() {
    assertThat(mappings.values())
        .allSatisfy(
            mapping -> {
              var function = functionBehind(mapping.at("FunctionName")).id();
              boolean reports = function.startsWith("Callbacks") || function.startsWith("Engage");
              // Lambda takes more than ten only where it may wait for them.
              assertThat(mapping.number("BatchSize")).isEqualTo(reports ? 100 : 10);
              assertThat(mapping.has("MaximumBatchingWindowInSeconds")).isEqualTo(reports);
            });
  }

  @Test
  void a_task_stays_hidden_for_six_times_the_timeout_of_the_function_that_has_it() {
    assertThat(mappings.values())
        .allSatisfy(
            mapping -> {
              var queue = queueOf(mapping.at("EventSourceArn"));
              var function = functionBehind(mapping.at("FunctionName"));
              assertThat(queue.number("VisibilityTimeout"))
                  .isGreaterThanOrEqualTo(6 * function.number("Timeout") + 5);
            });
  }

  @Test
  void mappings_routes_and_permissions_lead_to_the_alias_live() {
    assertThat(aliases.values())
        .hasSameSizeAs(functions.values())
        .allSatisfy(alias -> assertThat(alias.at("Name")).isEqualTo("live"));
    assertThat(mappings.values())
        .allSatisfy(mapping -> assertThat(aliasIn(mapping.at("FunctionName"))).isNotEmpty());
    assertThat(stack.all("AWS::ApiGatewayV2::Integration").values())
        .hasSize(stack.routesByFunction().size() + 3)
        .allSatisfy(
            integration ->
                assertThat(aliases.keySet())
                    .anyMatch(Tree.text(integration.at("IntegrationUri"))::contains));
    assertThat(stack.all("AWS::Lambda::Permission").values())
        .hasSize(stack.routesByFunction().size() + 3)
        .allSatisfy(
            permission ->
                assertThat(aliases).containsKey(Tree.target(permission.at("FunctionName"))));
  }

  @Test
  void an_alias_points_to_a_published_version_of_its_own_function() {
    var versions = stack.all("AWS::Lambda::Version");
    assertThat(aliases.values())
        .allSatisfy(
            alias ->
                assertThat(
                        versions.get(Tree.target(alias.at("FunctionVersion"))).at("FunctionName"))
                    .isEqualTo(alias.at("FunctionName")));
  }

  @Test
  void every_function_runs_java_25_on_arm_from_a_snapshot_and_may_come_round_again() {
    assertThat(functions.values())
        .hasSize(15)
        .allSatisfy(
            function -> {
              assertThat(function.at("Runtime")).isEqualTo("java25");
              assertThat(Tree.texts(function.at("Architectures"))).containsExactly("arm64");
              assertThat(function.at("SnapStart", "ApplyOn")).isEqualTo("PublishedVersions");
              assertThat(function.at("RecursiveLoop")).isEqualTo("Allow");
              assertThat(function.at("TracingConfig", "Mode")).isEqualTo("Active");
            });
  }

  @Test
  void a_function_is_loaded_by_the_name_of_its_verb() {
    assertThat(functions.values())
        .extracting(function -> function.at("Handler"))
        .containsExactlyInAnyOrder(
            "dev.carillon.functions.intake.IntakeHandler",
            "dev.carillon.functions.webhooks.WebhooksHandler",
            "dev.carillon.functions.fanout.FanoutHandler",
            "dev.carillon.functions.steps.StepsHandler",
            "dev.carillon.functions.delivery.DeliveryHandler",
            "dev.carillon.functions.wake.WakeHandler",
            "dev.carillon.functions.callbacks.CallbacksHandler",
            "dev.carillon.functions.engage.EngageHandler",
            "dev.carillon.functions.tracking.TrackingHandler",
            "dev.carillon.functions.api.ApiHandler",
            "dev.carillon.functions.feeds.FeedsHandler",
            "dev.carillon.functions.management.ManagementHandler",
            "dev.carillon.functions.sockets.SocketsHandler",
            "dev.carillon.functions.broadcast.BroadcastHandler",
            "dev.carillon.functions.operator.OperatorHandler");
  }

  @Test
  void every_log_is_the_stacks_own_and_ends() {
    var logs = stack.all("AWS::Logs::LogGroup");
    assertThat(functions.values())
        .allSatisfy(
            function ->
                assertThat(logs)
                    .containsKey(Tree.target(function.at("LoggingConfig", "LogGroup"))));
    assertThat(logs.values())
        .allSatisfy(log -> assertThat(log.number("RetentionInDays")).isEqualTo(30));
  }

  @Test
  void the_table_can_be_restored_to_any_second_forgets_what_expired_and_outlives_the_stack() {
    var table = stack.only("AWS::DynamoDB::GlobalTable");
    var replica = Tree.map(Tree.list(table.at("Replicas")).getFirst());
    assertThat(Tree.text(replica.get("PointInTimeRecoverySpecification")))
        .isEqualTo("{PointInTimeRecoveryEnabled=true}");
    assertThat(replica).containsEntry("DeletionProtectionEnabled", true);
    assertThat(Tree.text(table.at("TimeToLiveSpecification")))
        .isEqualTo("{AttributeName=ttl, Enabled=true}");
    assertThat(table.at("BillingMode")).isEqualTo("PAY_PER_REQUEST");
    assertThat(table.body())
        .containsEntry("DeletionPolicy", "RetainExceptOnCreate")
        .containsEntry("UpdateReplacePolicy", "Retain");
  }

  @Test
  void the_table_has_two_indexes_with_keys_of_their_own() {
    var table = stack.only("AWS::DynamoDB::GlobalTable");
    assertThat(keys(table.at("KeySchema"))).isEqualTo("pk sk");
    assertThat(
            Tree.list(table.at("GlobalSecondaryIndexes")).stream()
                .map(Tree::map)
                .map(
                    index ->
                        "%s: %s, %s"
                            .formatted(
                                index.get("IndexName"),
                                keys(index.get("KeySchema")),
                                Tree.text(index.get("Projection")))))
        .containsExactly(
            "runs: a_pk a_sk, {ProjectionType=KEYS_ONLY}",
            "feed: b_pk b_sk, {NonKeyAttributes=[mid, tn, wf, ct, td, at],"
                + " ProjectionType=INCLUDE}");
  }

  @Test
  void what_providers_report_of_a_mail_reaches_the_callbacks_queue_as_it_was_written() {
    var subscription = stack.only("AWS::SNS::Subscription");
    assertThat(subscription.at("RawMessageDelivery")).isEqualTo(true);
    assertThat(Tree.target(subscription.at("Endpoint"))).startsWith("CallbacksTasksQueue");
    var destination = stack.only("AWS::SES::ConfigurationSetEventDestination");
    assertThat(destination.at("EventDestination", "SnsDestination", "TopicARN"))
        .isEqualTo(subscription.at("TopicArn"));
    assertThat(Tree.texts(destination.at("EventDestination", "MatchingEventTypes")))
        .contains("delivery", "bounce", "complaint", "reject");
  }

  @Test
  void a_sweep_is_sent_to_the_wake_queue_every_minute() {
    var sweep = stack.only("AWS::Scheduler::Schedule");
    assertThat(sweep.at("ScheduleExpression")).isEqualTo("rate(1 minute)");
    assertThat(Tree.text(sweep.at("Target", "Arn"))).endsWith(":Carillon-Wake");
    assertThat(sweep.at("Target", "Input")).isEqualTo("{\"type\":\"sweep.v1\"}");
  }

  @Test
  void one_page_shows_every_queue_and_every_function_but_the_operator() {
    var page = Tree.text(stack.only("AWS::CloudWatch::Dashboard").at("DashboardBody"));
    assertThat(queues.values())
        .allSatisfy(queue -> assertThat(page).contains("\"" + queue.at("QueueName") + "\""));
    assertThat(functions.keySet())
        .filteredOn(function -> !function.startsWith("Operator"))
        .hasSize(14)
        .allSatisfy(function -> assertThat(page).contains(function));
  }

  @Test
  void the_outputs_say_where_to_send_and_whom_to_invoke() {
    assertThat(stack.outputs().keySet())
        .containsExactlyInAnyOrder(
            "ApiUrl", "SocketUrl", "OperatorFunctionName", "TableName", "HttpApiId", "SocketApiId");
    var operator = Tree.map(stack.outputs().get("OperatorFunctionName"));
    assertThat(Tree.text(operator.get("Value"))).endsWith("}:live");
  }

  private Set<String> deadLetterQueues() {
    return queues.values().stream()
        .filter(queue -> queue.has("RedrivePolicy"))
        .map(CarillonStacksTest::deadLettersOf)
        .collect(Collectors.toSet());
  }

  private static String deadLettersOf(Resource queue) {
    return Tree.target(queue.at("RedrivePolicy", "deadLetterTargetArn"));
  }

  private static String keys(Object schema) {
    return Tree.list(schema).stream()
        .map(key -> Tree.text(Tree.map(key).get("AttributeName")))
        .collect(Collectors.joining(" "));
  }

  private List<String> aliasIn(Object functionName) {
    return aliases.keySet().stream()
        .filter(alias -> Tree.text(functionName).contains("${" + alias + "}"))
        .toList();
  }

  private Resource queueOf(Object arn) {
    var name = Tree.text(arn).replaceAll(".*:", "");
    return queues.values().stream()
        .filter(queue -> name.equals(queue.at("QueueName")))
        .findFirst()
        .orElseThrow();
  }

  private Resource functionBehind(Object functionName) {
    var alias = aliases.get(aliasIn(functionName).getFirst());
    return functions.get(Tree.target(alias.at("FunctionName")));
  }
}
