package dev.carillon.local.iam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.local.engine.Bench;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.scheduler.SchedulerClient;
import software.amazon.awssdk.services.scheduler.model.FlexibleTimeWindowMode;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sesv2.SesV2Client;
import software.amazon.awssdk.services.sqs.SqsClient;

/** The engines as a function with a role finds them, through the SDK that it calls them with. */
class AccessControlTest {
  private static final String ACCOUNT = "arn:aws:%s:us-east-1:000000000000:%s";
  private static final String ROLE = "arn:aws:iam::000000000000:role/StepsRole";
  private static final String WAKE_ROLE = "arn:aws:iam::000000000000:role/WakeRole";
  private static final String TABLE = ACCOUNT.formatted("dynamodb", "table/items");

  private Bench bench;

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void each_service_refuses_in_its_own_way_and_aws_sentence() {
    start(allow("any:Thing", "*"));

    assertRefused(
        () -> dynamo().getItem(r -> r.tableName("items").key(key("e#RUN#1"))),
        400,
        "AccessDeniedException",
        "User: arn:aws:sts::000000000000:assumed-role/StepsRole/steps-function is not authorized to"
            + " perform: dynamodb:GetItem on resource: "
            + TABLE
            + " because no identity-based policy allows the dynamodb:GetItem action");
    assertRefused(
        () -> sqs().sendMessage(r -> r.queueUrl(bench.url("q")).messageBody("x")),
        403,
        "AccessDenied",
        "perform: sqs:SendMessage on resource: " + ACCOUNT.formatted("sqs", "q"));
    assertRefused(
        () -> secrets().getSecretValue(r -> r.secretId("a/e/variables")),
        400,
        "AccessDeniedException",
        "secretsmanager:GetSecretValue");
    assertRefused(this::sendMail, 403, "AccessDeniedException", "identity/example.com");
    assertRefused(
        () -> schedule("g", "due-1"),
        403,
        "AccessDeniedException",
        "scheduler:CreateSchedule on resource: "
            + ACCOUNT.formatted("scheduler", "schedule/g/due-1"));
    assertRefused(
        () -> bench.client(LambdaClient.builder()).invoke(r -> r.functionName("echo")),
        403,
        "AccessDeniedException",
        "lambda:InvokeFunction");
    assertThat(refused())
        .hasSize(6)
        .allMatch(sentence -> sentence.startsWith("refused: steps may not "))
        .first()
        .asString()
        .contains("dynamodb:GetItem", TABLE, "e#RUN#1", "ServicesStack");
  }

  @Test
  void what_is_granted_goes_through_and_is_on_record() {
    start(
        allow("dynamodb:PutItem", TABLE)
            .replace(
                "'Resource'",
                "'Condition': {'ForAllValues:StringLike': {'dynamodb:LeadingKeys': '*#RUN#*'}},"
                    + " 'Resource'"));
    assertThatCode(() -> put("e#RUN#1")).doesNotThrowAnyException();
    assertRefused(() -> put("KEY#1"), 400, "AccessDeniedException", "dynamodb:PutItem");
    assertThat(bench.engines.access().records().json().list("used"))
        .singleElement()
        .asString()
        .contains("dynamodb:PutItem", "*#RUN#*");
  }

  @Test
  void a_batch_needs_what_its_one_action_does_for_every_key() {
    start(
        allow("dynamodb:BatchWriteItem", TABLE)
            .replace(
                "'Resource'",
                "'Condition': {'ForAllValues:StringLike': {'dynamodb:LeadingKeys': '*#RUN#*'}},"
                    + " 'Resource'"));
    assertThatCode(() -> batch("e#RUN#1", "e#RUN#2")).doesNotThrowAnyException();
    assertRefused(() -> batch("e#RUN#1", "KEY#2"), 400, "AccessDeniedException", "BatchWriteItem");
  }

  @Test
  void a_transaction_needs_the_action_of_each_part() {
    start(allow("dynamodb:PutItem", TABLE));
    assertThatCode(() -> transact(TransactWriteItem.builder().put(putOf("e#RUN#1")).build()))
        .doesNotThrowAnyException();
    assertRefused(
        () ->
            transact(
                TransactWriteItem.builder().put(putOf("e#RUN#1")).build(),
                TransactWriteItem.builder()
                    .conditionCheck(
                        c ->
                            c.tableName("items")
                                .key(key("e#RUN#2"))
                                .conditionExpression("attribute_exists(pk)"))
                    .build()),
        400,
        "AccessDeniedException",
        "dynamodb:ConditionCheckItem");
  }

  @Test
  void a_query_of_an_index_needs_the_index_and_its_partition() {
    start(
        allow("dynamodb:Query", TABLE + "/index/feed")
            .replace(
                "'Resource'",
                "'Condition': {'ForAllValues:StringLike': {'dynamodb:LeadingKeys': 'e#FEED#*'}},"
                    + " 'Resource'"));
    assertThatCode(() -> query(Optional.of("feed"), "b_pk", "e#FEED#1")).doesNotThrowAnyException();
    assertRefused(
        () -> query(Optional.of("feed"), "b_pk", "other"),
        400,
        "AccessDeniedException",
        "index/feed");
    assertRefused(
        () -> query(Optional.empty(), "pk", "e#FEED#1"), 400, "AccessDeniedException", "Query");
  }

  @Test
  void who_makes_a_schedule_must_be_allowed_to_pass_its_role() {
    var create =
        allow("scheduler:CreateSchedule", "arn:aws:scheduler:us-east-1:*:schedule/g/due-*");
    start(create);
    assertRefused(
        () -> schedule("g", "due-1"),
        403,
        "AccessDeniedException",
        "iam:PassRole on resource: " + WAKE_ROLE);
    bench.close();
    start(
        create
            + ", {'Effect': 'Allow', 'Action': 'iam:PassRole', 'Resource': '%s', 'Condition':"
                .formatted(WAKE_ROLE)
            + " {'StringEquals': {'iam:PassedToService': 'scheduler.amazonaws.com'}}}");
    assertThatCode(() -> schedule("g", "due-1")).doesNotThrowAnyException();
    assertRefused(() -> schedule("g", "other"), 403, "AccessDeniedException", "schedule/g/other");
  }

  @Test
  void a_schedule_sends_as_its_role_and_only_what_that_may() {
    var pass = allow("scheduler:CreateSchedule", "*") + ", " + allow("iam:PassRole", WAKE_ROLE);
    start(pass);
    schedule("g", "due-1");
    bench.pass(Duration.ofMinutes(2));
    bench.engines.fireDue();
    assertThat(bench.engines.queues().depths().get("wake").total()).isZero();
    assertThat(refused()).singleElement().asString().contains("sts:AssumeRole", WAKE_ROLE);
    bench.close();

    start(pass, Optional.of(allow("sqs:SendMessage", ACCOUNT.formatted("sqs", "wake"))));
    schedule("g", "due-1");
    bench.pass(Duration.ofMinutes(2));
    bench.engines.fireDue();
    assertThat(bench.engines.queues().depths().get("wake").total()).isEqualTo(1);
    assertThat(refused()).isEmpty();
  }

  @Test
  void who_signs_with_no_functions_key_may_do_everything() {
    start(allow("any:Thing", "*"));
    bench.engines.access().require("somebody", List.of(AccessRequest.Need.of("sqs:Any", "*")));
    assertThat(refused()).isEmpty();
  }

  private void start(String statements) {
    start(statements, Optional.empty());
  }

  /**
   * A function {@code steps}, and a role for schedules that trusts Scheduler if it may anything.
   */
  private void start(String statements, Optional<String> ofWake) {
    var own = PolicyDocument.ofRole("StepsPolicy", document(statements));
    var trust =
        PolicyDocument.ofResource(
            "WakeRole",
            WAKE_ROLE,
            document(
                "{'Effect': 'Allow', 'Action': 'sts:AssumeRole',"
                    + " 'Principal': {'Service': 'scheduler.amazonaws.com'}}"));
    var policies =
        new AccountPolicies(
            Map.of(
                ROLE,
                List.of(own),
                WAKE_ROLE,
                ofWake
                    .map(may -> List.of(PolicyDocument.ofRole("WakePolicy", document(may))))
                    .orElse(List.of())),
            ofWake.isPresent() ? Map.of(WAKE_ROLE, List.of(trust)) : Map.of());
    bench =
        new Bench(
            Optional.empty(),
            AccessControl.by(
                new Permissions(
                    policies,
                    Map.of("steps", new Principal.RoleSession(ROLE, "steps-function")),
                    Map.of())));
    bench.queue("q");
    bench.queue("wake");
    bench.engines.schedules().group("g");
    bench
        .engines
        .tables()
        .create(
            json(
                """
                {"TableName": "items", "BillingMode": "PAY_PER_REQUEST",
                 "AttributeDefinitions": [
                   {"AttributeName": "pk", "AttributeType": "S"},
                   {"AttributeName": "b_pk", "AttributeType": "S"}],
                 "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"}],
                 "GlobalSecondaryIndexes": [{"IndexName": "feed",
                   "KeySchema": [{"AttributeName": "b_pk", "KeyType": "HASH"}],
                   "Projection": {"ProjectionType": "KEYS_ONLY"}}]}
                """),
            Optional.empty());
  }

  private static String allow(String action, String resource) {
    return "{'Effect': 'Allow', 'Action': '%s', 'Resource': '%s'}".formatted(action, resource);
  }

  private static Json.Obj document(String statements) {
    return json("{'Statement': [" + statements + "]}");
  }

  private static Json.Obj json(String text) {
    return (Json.Obj) JsonText.parse(text.replace('\'', '"'));
  }

  private List<String> refused() {
    return bench.engines.access().records().json().list("refused").stream()
        .map(item -> ((Json.Str) item).value())
        .toList();
  }

  private interface Action {
    Object run();
  }

  private static void assertRefused(Action call, int status, String code, String sentence) {
    var refused = catchThrowableOfType(AwsServiceException.class, call::run);
    assertThat(refused).as(sentence).isNotNull();
    assertThat(refused.statusCode()).isEqualTo(status);
    assertThat(refused.awsErrorDetails().errorCode()).isEqualTo(code);
    assertThat(refused.awsErrorDetails().errorMessage()).contains(sentence);
  }

  private DynamoDbClient dynamo() {
    return bench.client(DynamoDbClient.builder());
  }

  private SqsClient sqs() {
    return bench.client(SqsClient.builder());
  }

  private SecretsManagerClient secrets() {
    return bench.client(SecretsManagerClient.builder());
  }

  private Object sendMail() {
    return bench
        .client(SesV2Client.builder())
        .sendEmail(
            r ->
                r.fromEmailAddress("Carillon <bell@example.com>")
                    .destination(d -> d.toAddresses("ada@example.com"))
                    .content(
                        c ->
                            c.simple(
                                m ->
                                    m.subject(s -> s.data("Hello"))
                                        .body(b -> b.text(t -> t.data("Hello"))))));
  }

  private Object schedule(String group, String name) {
    return bench
        .client(SchedulerClient.builder())
        .createSchedule(
            r ->
                r.groupName(group)
                    .name(name)
                    .scheduleExpression("at(2026-01-05T09:01:00)")
                    .flexibleTimeWindow(w -> w.mode(FlexibleTimeWindowMode.OFF))
                    .target(t -> t.arn(Bench.arn("wake")).roleArn(WAKE_ROLE).input("{}")));
  }

  private Object put(String partition) {
    return dynamo().putItem(r -> r.tableName("items").item(key(partition)));
  }

  private static Put putOf(String partition) {
    return Put.builder().tableName("items").item(key(partition)).build();
  }

  private Object batch(String... partitions) {
    return dynamo()
        .batchWriteItem(
            r ->
                r.requestItems(
                    Map.of(
                        "items",
                        List.of(partitions).stream()
                            .map(
                                partition ->
                                    WriteRequest.builder()
                                        .putRequest(p -> p.item(key(partition)))
                                        .build())
                            .toList())));
  }

  private Object transact(TransactWriteItem... items) {
    return dynamo().transactWriteItems(r -> r.transactItems(items));
  }

  private Object query(Optional<String> index, String attribute, String value) {
    return dynamo()
        .query(
            r ->
                r.tableName("items")
                    .indexName(index.orElse(null))
                    .keyConditionExpression("#p = :p")
                    .expressionAttributeNames(Map.of("#p", attribute))
                    .expressionAttributeValues(Map.of(":p", AttributeValue.fromS(value))));
  }

  private static Map<String, AttributeValue> key(String partition) {
    return Map.of("pk", AttributeValue.fromS(partition));
  }
}
