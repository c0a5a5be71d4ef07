package dev.carillon.infra;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.infra.Synthesized.Statement;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GrantsTest {
  private static final String HERE = "${AWS::Region}:${AWS::AccountId}:";

  /** The reviewed list; the reasons stand in {@link Wildcard}, where the grants come from. */
  private static final Map<String, Set<String>> WILDCARDS =
      Map.ofEntries(
          Map.entry(
              "Api", Set.of("scheduler:" + HERE + "schedule/GROUP/due-*", secrets("webhooks*"))),
          Map.entry(
              "Webhooks",
              Set.of("scheduler:" + HERE + "schedule/GROUP/due-*", secrets("webhooks*"))),
          Map.entry("Intake", Set.of(secrets("sources*"))),
          Map.entry(
              "Management",
              Set.of(
                  "scheduler:" + HERE + "schedule/GROUP/due-*",
                  secrets("*/variables*"),
                  secrets("*/channels/*"),
                  secrets("sources*"))),
          Map.entry("Fanout", Set.of("scheduler:" + HERE + "schedule/GROUP/due-*")),
          Map.entry(
              "Steps",
              Set.of(
                  "scheduler:" + HERE + "schedule/GROUP/due-*",
                  secrets("*/variables-*"),
                  secrets("links-*"))),
          Map.entry(
              "Delivery",
              Set.of(
                  "ses:" + HERE + "identity/*", secrets("*/variables-*"), secrets("*/channels/*"))),
          Map.entry("Callbacks", Set.of(secrets("*/channels/*"))),
          Map.entry("Tracking", Set.of(secrets("links-*"))),
          Map.entry("Broadcast", Set.of("execute-api:" + HERE + "API/live/POST/@connections/*")),
          Map.entry("Operator", Set.of(secrets("*"))));

  private final Synthesized stack = Synthesized.DEFAULTS;

  @Test
  void no_role_has_a_wildcard_but_those_on_the_reviewed_list() {
    var found = new TreeMap<String, Set<String>>();
    for (String role : stack.all("AWS::IAM::Role").keySet()) {
      for (Statement statement : stack.statementsOf(role)) {
        statement.resources().stream()
            .filter(resource -> resource.contains("*"))
            // That of the traces, which every function has: see below.
            .filter(resource -> !resource.equals("*"))
            .map(resource -> resource.replace("arn:${AWS::Partition}:", ""))
            .map(resource -> resource.replaceAll("schedule/[^/]*/", "schedule/GROUP/"))
            .map(resource -> resource.replaceAll(":[^:]*/live/", ":API/live/"))
            .forEach(
                resource ->
                    found.computeIfAbsent(verbOf(role), _ -> new TreeSet<>()).add(resource));
      }
    }
    assertThat(found).isEqualTo(WILDCARDS);
  }

  @Test
  void any_resource_at_all_is_allowed_for_traces_alone() {
    assertThat(stack.all("AWS::IAM::Role").keySet())
        .flatMap(stack::statementsOf)
        .filteredOn(statement -> statement.resources().contains("*"))
        .hasSameSizeAs(stack.all("AWS::Lambda::Function").keySet())
        .allSatisfy(
            statement ->
                assertThat(statement.actions())
                    .containsExactlyInAnyOrder(
                        "xray:PutTraceSegments", "xray:PutTelemetryRecords"));
  }

  @Test
  void no_action_is_a_wildcard() {
    assertThat(stack.all("AWS::IAM::Role").keySet())
        .flatMap(stack::statementsOf)
        .flatMap(Statement::actions)
        .isNotEmpty()
        .noneMatch(action -> action.contains("*"));
  }

  @Test
  void every_function_has_a_role_of_its_own_without_managed_policies() {
    var functions = stack.all("AWS::Lambda::Function").values();
    assertThat(functions.stream().map(function -> Tree.target(function.at("Role"))).distinct())
        .hasSameSizeAs(functions);
    assertThat(stack.all("AWS::IAM::Role").values())
        .noneMatch(role -> role.has("ManagedPolicyArns"));
    assertThat(stack.all("AWS::IAM::ManagedPolicy")).isEmpty();
  }

  /** Beside its own log and its traces, which every function may write. */
  @ParameterizedTest
  @CsvSource({
    "Intake,    GetItem Query PutItem UpdateItem,                         Fanout",
    "Fanout,    GetItem BatchGetItem Query PutItem UpdateItem DeleteItem, Fanout Steps Webhooks",
    "Steps,     GetItem BatchGetItem Query PutItem UpdateItem DeleteItem, Fanout Steps Delivery"
        + " Broadcast Webhooks",
    "Delivery,  GetItem BatchGetItem Query PutItem UpdateItem DeleteItem, Delivery Steps Broadcast"
        + " Webhooks",
    "Wake,      GetItem Query PutItem UpdateItem DeleteItem, Fanout Wake Steps Delivery"
        + " Webhooks",
    "Callbacks, GetItem BatchGetItem Query PutItem UpdateItem,            Steps Webhooks",
    "Engage,    GetItem Query PutItem UpdateItem,                         Steps Webhooks",
    "Webhooks,  GetItem BatchGetItem Query PutItem DeleteItem,            Delivery Webhooks",
    "Api,       GetItem BatchGetItem Query PutItem UpdateItem DeleteItem, Delivery Fanout Steps"
        + " Webhooks",
    "Feeds,     GetItem BatchGetItem Query PutItem UpdateItem,            ''",
    "Management, GetItem Query PutItem UpdateItem DeleteItem,             Fanout" + " Webhooks",
    "Sockets,   GetItem Query PutItem UpdateItem DeleteItem,              Broadcast",
    "Broadcast, GetItem Query PutItem DeleteItem,                         ''",
    "Operator,  GetItem Query PutItem UpdateItem,                         Fanout Webhooks"
  })
  void a_function_may_use_the_table_and_the_queues_it_needs(
      String function, String table, String queues) {
    assertThat(
            actionsOf(function).stream()
                .filter(action -> action.startsWith("dynamodb:"))
                .map(action -> action.substring("dynamodb:".length())))
        .containsExactlyInAnyOrderElementsOf(words(table));
    assertThat(
            stack.grantsOf(function).stream()
                .filter(statement -> statement.actions().contains("sqs:SendMessage"))
                .flatMap(statement -> statement.resources().stream())
                .map(queue -> queue.replaceAll(".*:Carillon-", "")))
        .containsExactlyInAnyOrderElementsOf(words(queues));
  }

  @ParameterizedTest
  @CsvSource({
    "Intake,     GetSecretValue",
    "Fanout,     ''",
    "Steps,      GetSecretValue",
    "Delivery,   GetSecretValue",
    "Wake,       ''",
    "Callbacks,  GetSecretValue",
    "Engage,     ''",
    "Tracking,   GetSecretValue",
    "Api,        CreateSecret GetSecretValue",
    "Webhooks,   GetSecretValue",
    "Feeds,      ''",
    "Management, CreateSecret GetSecretValue PutSecretValue",
    "Sockets,    ''",
    "Broadcast,  ''",
    "Operator, CreateSecret GetSecretValue PutSecretValue"
  })
  void a_function_may_do_with_secrets_what_it_needs(String function, String allowed) {
    assertThat(
            actionsOf(function).stream()
                .filter(action -> action.startsWith("secretsmanager:"))
                .map(action -> action.substring("secretsmanager:".length())))
        .containsExactlyInAnyOrderElementsOf(words(allowed));
  }

  @Test
  void only_delivery_sends_mail_and_only_who_sets_alarms_makes_schedules() {
    assertThat(functionsWith("ses:SendEmail")).containsExactly("Delivery");
    assertThat(functionsWith("scheduler:CreateSchedule"))
        .containsExactly("Api", "Fanout", "Management", "Steps", "Webhooks");
    assertThat(functionsWith("scheduler:DeleteSchedule")).isEmpty();
    assertThat(functionsWith("execute-api:ManageConnections")).containsExactly("Broadcast");
    assertThat(functionsWith("iam:PassRole"))
        .containsExactly("Api", "Fanout", "Management", "Steps", "Webhooks");
  }

  /** Deleting and changing are bound as writing is; only the operator's puts are not. */
  @ParameterizedTest
  @CsvSource({
    "Intake,    *#TRG#* *#IDEM#* *#CXL#* *#HOURS *#SRC.*",
    "Delivery,  *#SUP#* *#XID#* *#SLOTS#* *#CIRC#* *#RCP#* *#RCPS#* KEY#DEPLOYMENT",
    "Wake,      DUE#* *#WAITING",
    "Engage,    *#TRK#*",
    "Callbacks, *#SUP#* *#XID#* KEY#DEPLOYMENT",
    "Management, *#*#* *#HOURS *#COMMITS *#CHANGES *#AUDIENCES *#ASSETS *#SETTINGS *#VARS"
        + " *#CHANNELS *#KEYS KEY#* TOKEN#* TOKENS *#SOURCES SOURCE#* *#WAITING DUE#*",
    "Feeds,     KEY#DEPLOYMENT",
    "Fanout,    *#*#* *#HOURS *#WAITING DUE#*",
    "Steps,     *#*#* *#HOURS *#WAITING DUE#* LINK#*",
    "Api,       *#*#* *#AUDIENCES *#HOOKS *#HOURS *#WAITING DUE#* KEY#DEPLOYMENT",
    "Webhooks,  *#HOOKS *#HOOK.*#* *#MSG#* *#HOURS *#WAITING DUE#*",
    "Sockets,   SOCKET#*",
    "Broadcast, *#SOCK#*",
    "Operator,  ''"
  })
  void a_function_puts_only_the_kinds_of_item_it_makes(String function, String partitions) {
    assertThat(
            stack.grantsOf(function).stream()
                .filter(statement -> statement.actions().contains("dynamodb:PutItem"))
                .map(Statement::condition))
        .containsExactly(
            partitions.isEmpty()
                ? ""
                : "{ForAllValues:StringLike={dynamodb:LeadingKeys=%s}}"
                    .formatted(words(partitions)));
  }

  /** Strangers call it. */
  @Test
  void who_follows_links_may_look_up_short_links_tell_of_clicks_and_read_the_keys_and_no_more() {
    assertThat(actionsOf("Tracking"))
        .containsExactlyInAnyOrder(
            "dynamodb:GetItem",
            "sqs:SendMessage",
            "secretsmanager:GetSecretValue",
            "logs:CreateLogStream",
            "logs:PutLogEvents",
            "xray:PutTraceSegments",
            "xray:PutTelemetryRecords");
    assertThat(stack.grantsOf("Tracking"))
        .filteredOn(statement -> statement.actions().contains("dynamodb:GetItem"))
        .singleElement()
        .satisfies(
            statement ->
                assertThat(statement.condition())
                    .isEqualTo("{ForAllValues:StringLike={dynamodb:LeadingKeys=[LINK#*]}}"));
    assertThat(
            stack.grantsOf("Tracking").stream()
                .filter(statement -> statement.actions().contains("sqs:SendMessage"))
                .flatMap(statement -> statement.resources().stream()))
        .singleElement()
        .asString()
        .endsWith(":Carillon-Engage");
  }

  @Test
  void an_index_is_read_by_its_exact_name() {
    assertThat(indexesReadBy("Feeds")).containsExactly("feed");
    assertThat(indexesReadBy("Broadcast")).containsExactly("feed");
    assertThat(indexesReadBy("Api")).containsExactly("runs");
    assertThat(indexesReadBy("Fanout")).containsExactlyInAnyOrder("feed", "runs");
  }

  @Test
  void the_one_role_that_may_be_passed_sends_to_the_wake_queue_and_does_nothing_else() {
    var role =
        stack.all("AWS::IAM::Role").values().stream()
            .filter(candidate -> candidate.id().startsWith("WakeupsRole"))
            .findFirst()
            .orElseThrow();
    assertThat(stack.statementsOf(role.id()))
        .singleElement()
        .satisfies(
            statement -> {
              assertThat(statement.actions()).containsExactly("sqs:SendMessage");
              assertThat(statement.resources())
                  .singleElement()
                  .asString()
                  .endsWith(":Carillon-Wake");
            });
    assertThat(Tree.text(role.at("AssumeRolePolicyDocument")))
        .contains("aws:SourceAccount=${AWS::AccountId}", "aws:SourceArn=${WakeupsGroup")
        .contains("Service=scheduler.amazonaws.com");
    assertThat(stack.grantsOf("Steps"))
        .filteredOn(statement -> statement.actions().contains("iam:PassRole"))
        .singleElement()
        .satisfies(
            statement -> {
              assertThat(statement.resources()).containsExactly("${" + role.id() + ".Arn}");
              assertThat(statement.condition())
                  .isEqualTo("{StringEquals={iam:PassedToService=scheduler.amazonaws.com}}");
            });
  }

  @ParameterizedTest
  @CsvSource({
    "Intake,     TABLE_NAME RATE_LIMITS RETENTION_DAYS FANOUT_QUEUE_URL SECRET_PREFIX",
    "Fanout,     TABLE_NAME RETENTION_DAYS FANOUT_QUEUE_URL STEPS_QUEUE_URL WAKE_QUEUE_ARN"
        + " SCHEDULE_GROUP SCHEDULE_ROLE_ARN WEBHOOKS_QUEUE_URL",
    "Steps,      TABLE_NAME RETENTION_DAYS FANOUT_QUEUE_URL STEPS_QUEUE_URL DELIVERY_QUEUE_URL"
        + " BROADCAST_QUEUE_URL WAKE_QUEUE_ARN SCHEDULE_GROUP SCHEDULE_ROLE_ARN SECRET_PREFIX"
        + " PUBLIC_URL WEBHOOKS_QUEUE_URL",
    "Delivery,   TABLE_NAME RATE_LIMITS RETENTION_DAYS DELIVERY_QUEUE_URL STEPS_QUEUE_URL"
        + " BROADCAST_QUEUE_URL WEBHOOKS_QUEUE_URL SES_CONFIGURATION_SET SECRET_PREFIX PUBLIC_URL",
    "Wake,       TABLE_NAME WAKE_QUEUE_URL STEPS_QUEUE_URL FANOUT_QUEUE_URL DELIVERY_QUEUE_URL"
        + " WEBHOOKS_QUEUE_URL",
    "Callbacks,  TABLE_NAME RETENTION_DAYS STEPS_QUEUE_URL WEBHOOKS_QUEUE_URL SECRET_PREFIX"
        + " PUBLIC_URL",
    "Engage,     TABLE_NAME RETENTION_DAYS STEPS_QUEUE_URL WEBHOOKS_QUEUE_URL",
    "Tracking,   TABLE_NAME SECRET_PREFIX ENGAGE_QUEUE_URL",
    "Webhooks,   TABLE_NAME RETENTION_DAYS DELIVERY_QUEUE_URL WEBHOOKS_QUEUE_URL WAKE_QUEUE_ARN"
        + " SCHEDULE_GROUP SCHEDULE_ROLE_ARN SECRET_PREFIX",
    "Api,        TABLE_NAME RATE_LIMITS RETENTION_DAYS FANOUT_QUEUE_URL STEPS_QUEUE_URL"
        + " DELIVERY_QUEUE_URL WEBHOOKS_QUEUE_URL SECRET_PREFIX WAKE_QUEUE_ARN SCHEDULE_GROUP"
        + " SCHEDULE_ROLE_ARN PUBLIC_URL",
    "Feeds,      TABLE_NAME RATE_LIMITS",
    "Management, TABLE_NAME RETENTION_DAYS FANOUT_QUEUE_URL WEBHOOKS_QUEUE_URL"
        + " SECRET_PREFIX PUBLIC_URL WAKE_QUEUE_ARN SCHEDULE_GROUP SCHEDULE_ROLE_ARN",
    "Sockets,    TABLE_NAME BROADCAST_QUEUE_URL",
    "Broadcast,  TABLE_NAME CONNECTIONS_URL",
    "Operator,   TABLE_NAME SECRET_PREFIX FANOUT_QUEUE_URL WEBHOOKS_QUEUE_URL"
  })
  void a_function_is_told_what_it_needs_and_no_more(String function, String names) {
    var variables = Tree.map(stack.function(function).at("Environment", "Variables"));
    assertThat(variables).containsEntry("JAVA_TOOL_OPTIONS", "-Dsun.net.http.retryPost=false");
    variables.remove("JAVA_TOOL_OPTIONS");
    assertThat(variables.keySet()).containsExactlyInAnyOrderElementsOf(words(names));
  }

  private List<String> functionsWith(String action) {
    return stack.all("AWS::Lambda::Function").keySet().stream()
        .map(id -> id.replaceAll("Function.*", ""))
        .filter(function -> actionsOf(function).contains(action))
        .sorted()
        .toList();
  }

  private Set<String> actionsOf(String function) {
    return stack.grantsOf(function).stream()
        .flatMap(statement -> statement.actions().stream())
        .collect(Collectors.toSet());
  }

  private Set<String> indexesReadBy(String function) {
    return stack.grantsOf(function).stream()
        .flatMap(statement -> statement.resources().stream())
        .filter(resource -> resource.contains("/index/"))
        .map(resource -> resource.replaceAll(".*/index/", ""))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String secrets(String pattern) {
    return "secretsmanager:" + HERE + "secret:carillon/" + pattern;
  }

  private static String verbOf(String role) {
    return role.replaceAll("Role.*", "");
  }

  private static List<String> words(String text) {
    return text.isBlank() ? List.of() : List.of(text.split(" "));
  }
}
