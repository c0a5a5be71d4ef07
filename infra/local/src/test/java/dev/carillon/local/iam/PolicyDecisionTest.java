package dev.carillon.local.iam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.local.iam.AccessRequest.Need;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How IAM evaluates policies, as its user guide describes it. */
class PolicyDecisionTest {
  private static final String ROLE = "arn:aws:iam::000000000000:role/steps";
  private static final String TABLE = "arn:aws:dynamodb:us-east-1:000000000000:table/t";
  private static final String QUEUE = "arn:aws:sqs:us-east-1:000000000000:q";
  private static final Principal STEPS = new Principal.RoleSession(ROLE, "steps-function");
  private static final Principal SNS = new Principal.Service("sns.amazonaws.com");

  @ParameterizedTest(name = "{0} lets nobody but those of it {1}: {2}")
  @CsvSource({
    "sqs:SendMessage,   sqs:SendMessage,        true",
    "sqs:SendMessage,   SQS:sendmessage,        true",
    "sqs:SendMessage,   sqs:SendMessageBatch,   false",
    "sqs:Send*,         sqs:SendMessage,        true",
    "sqs:Send*,         sqs:ReceiveMessage,     false",
    "sqs:*,             sqs:DeleteMessage,      true",
    "sqs:*,             sns:Publish,            false",
    "*,                 sns:Publish,            true",
    "sqs:?endMessage,   sqs:SendMessage,        true",
    "sqs:?endMessage,   sqs:endMessage,         false",
    "sqs:S*d*e,         sqs:SendMessage,        true",
    "sqs:S*d*f,         sqs:SendMessage,        false"
  })
  void an_action_matches_by_pattern_in_any_case(String pattern, String action, boolean allowed) {
    var policy = "{'Effect': 'Allow', 'Action': '%s', 'Resource': '*'}".formatted(pattern);
    assertThat(allows(policy, Need.of(action, QUEUE))).isEqualTo(allowed);
  }

  @ParameterizedTest(name = "{0} covers {1}: {2}")
  @CsvSource({
    "*,                                               arn:aws:sqs:us-east-1:1:q,            true",
    "arn:aws:sqs:us-east-1:1:q,                       arn:aws:sqs:us-east-1:1:q,            true",
    "arn:aws:sqs:us-east-1:1:q,                       arn:aws:sqs:us-east-1:1:q2,           false",
    "arn:aws:sqs:us-east-1:1:q,                       arn:aws:sqs:us-east-1:1:Q,            false",
    "arn:aws:sqs:us-east-1:1:q*,                      arn:aws:sqs:us-east-1:1:q2,           true",
    "arn:aws:sqs:*:1:q,                               arn:aws:sqs:eu-west-1:1:q,            true",
    "arn:aws:sqs:*:1:q,                               arn:aws:sqs:eu-west-1:2:1:q,          false",
    "arn:aws:sqs:us-east-1:*,                         arn:aws:sqs:us-east-1:1:q,           "
        + " refused",
    "arn:aws:dynamodb:r:1:table/t,                    arn:aws:dynamodb:r:1:table/t/index/i, false",
    "arn:aws:dynamodb:r:1:table/t/index/*,            arn:aws:dynamodb:r:1:table/t/index/i, true",
    "arn:aws:dynamodb:r:1:table/t/index/*,            arn:aws:dynamodb:r:1:table/t,         false",
    "arn:aws:secretsmanager:r:1:secret:a/*/variables-*,"
        + " arn:aws:secretsmanager:r:1:secret:a/e/variables-Ab12Cd, true",
    "arn:aws:secretsmanager:r:1:secret:a/*/variables-*,"
        + " arn:aws:secretsmanager:r:1:secret:a/e/variables, false",
    "arn:aws:secretsmanager:r:1:secret:a/*/channels/*,"
        + " arn:aws:secretsmanager:r:1:secret:a/e/variables-Ab12Cd, false",
    "arn:aws:logs:r:1:log-group:g:*," + " arn:aws:logs:r:1:log-group:g:log-stream:s, true",
    "arn:aws:logs:r:1:log-group:g:*,                  arn:aws:logs:r:1:log-group:g2:log-stream:s,"
        + " false"
  })
  void a_resource_matches_part_by_part(String pattern, String resource, String allowed) {
    var policy = "{'Effect': 'Allow', 'Action': 'any:Thing', 'Resource': '%s'}".formatted(pattern);
    if (allowed.equals("refused")) {
      assertThatThrownBy(() -> allows(policy, Need.of("any:Thing", resource)))
          .isInstanceOf(UnsupportedPolicy.class)
          .hasMessageContaining(pattern);
    } else {
      assertThat(allows(policy, Need.of("any:Thing", resource)))
          .isEqualTo(Boolean.parseBoolean(allowed));
    }
  }

  @ParameterizedTest(name = "{0} with {1}: {2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "'StringEquals': {'k:a': 'x'}                     | k:a=x       | true",
        "'StringEquals': {'k:a': 'x'}                     | k:a=X       | false",
        "'StringEquals': {'k:a': 'x'}                     | K:A=x       | true",
        "'StringEquals': {'k:a': 'x'}                     |             | false",
        "'StringEquals': {'k:a': 'x*'}                    | k:a=xy      | false",
        "'StringEquals': {'k:a': ['x', 'y']}              | k:a=y       | true",
        "'StringEquals': {'k:a': 'x', 'k:b': 'y'}         | k:a=x       | false",
        "'StringEquals': {'k:a': 'x', 'k:b': 'y'}         | k:a=x;k:b=y | true",
        "'StringEquals': {'k:a': 'x'}                     | k:a=x,y     | false",
        "'StringLike': {'k:a': 'x*z'}                     | k:a=xyz     | true",
        "'StringLike': {'k:a': 'x*z'}                     | k:a=xy      | false",
        "'StringLike': {'k:a': 'x?'}                      | k:a=xy      | true",
        "'StringLike': {'k:a': 'x?'}                      | k:a=x       | false",
        "'StringEquals': {'k:a': 'x'}, 'StringLike': {'k:b': '*'} | k:a=x | false",
        "'ForAllValues:StringLike': {'k:a': ['*#RUN#*', '*#MSG#*']} | k:a=e#RUN#1,e#MSG#1 | true",
        "'ForAllValues:StringLike': {'k:a': ['*#RUN#*', '*#MSG#*']} | k:a=e#RUN#1,KEY#1   | false",
        "'ForAllValues:StringLike': {'k:a': '*#RUN#*'}    |             | true",
        "'ForAllValues:StringEquals': {'k:a': ['x', 'y']} | k:a=y,x     | true",
        "'ForAllValues:StringEquals': {'k:a': ['x', 'y']} | k:a=y,z     | false",
        "'ArnEquals': {'aws:SourceArn': 'arn:aws:sns:r:1:t'} | aws:SourceArn=arn:aws:sns:r:1:t |"
            + " true",
        "'ArnEquals': {'aws:SourceArn': 'arn:aws:sns:r:1:t*'} | aws:SourceArn=arn:aws:sns:r:1:t2 |"
            + " true",
        "'ArnLike': {'AWS:SourceArn': 'arn:aws:execute-api:r:1:api/*/*/*'} |"
            + " aws:SourceArn=arn:aws:execute-api:r:1:api/$default/GET/v1/a | true",
        "'ArnLike': {'AWS:SourceArn': 'arn:aws:execute-api:r:1:api/*/*/*'} |"
            + " aws:SourceArn=arn:aws:execute-api:r:1:api/$default/$default | false",
        "'ArnLike': {'AWS:SourceArn': 'arn:aws:execute-api:r:1:api/*/*'} |"
            + " aws:SourceArn=arn:aws:execute-api:r:1:api/$default/$default | true",
        "'ArnLike': {'AWS:SourceArn': 'arn:aws:execute-api:r:1:api/*/*'} |"
            + " aws:SourceArn=arn:aws:execute-api:r:1:other/$default/$default | false",
        "'ArnLike': {'AWS:SourceArn': 'arn:aws:sns:*:1:t'} | aws:SourceArn=arn:aws:sns:r:2:1:t |"
            + " false",
        "'Bool': {'aws:SecureTransport': 'true'}          |             | true",
        "'Bool': {'aws:SecureTransport': 'false'}         |             | false",
        "'Bool': {'k:b': 'true'}                          | k:b=True    | true",
        "'Bool': {'k:b': 'true'}                          |             | false"
      })
  void a_statement_counts_when_all_its_conditions_are_met(
      String conditions, String context, boolean allowed) {
    var policy =
        "{'Effect': 'Allow', 'Action': 'any:Thing', 'Resource': '*', 'Condition': {%s}}"
            .formatted(conditions);
    assertThat(allows(policy, with(Need.of("any:Thing", TABLE), context))).isEqualTo(allowed);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'NumericLessThan': {'k:a': '1'}",
        "'StringNotEquals': {'k:a': 'x'}",
        "'StringEqualsIfExists': {'k:a': 'x'}",
        "'ForAnyValue:StringEquals': {'k:a': 'x'}",
        "'IpAddress': {'aws:SourceIp': '10.0.0.0/8'}",
        "'Null': {'k:a': 'true'}",
        "'StringLike': {'k:a': '${aws:username}'}"
      })
  void a_condition_that_is_not_evaluated_is_refused_when_the_policy_is_read(String condition) {
    var policy =
        "{'Effect': 'Allow', 'Action': 'any:Thing', 'Resource': '*', 'Condition': {%s}}"
            .formatted(condition);
    assertThatThrownBy(() -> ofRole(policy))
        .isInstanceOf(UnsupportedPolicy.class)
        .hasMessageStartingWith("RolePolicy: ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'Effect': 'Allow', 'NotAction': 'sqs:*', 'Resource': '*'}",
        "{'Effect': 'Allow', 'Action': 'sqs:*', 'NotResource': '*'}",
        "{'Effect': 'Allow', 'Action': 'sqs:*'}",
        "{'Effect': 'Perhaps', 'Action': 'sqs:*', 'Resource': '*'}",
        "{'Effect': 'Allow', 'Action': 'sqs:*', 'Resource': 'queue'}",
        "{'Effect': 'Allow', 'Action': 'sqs:*', 'Resource': '*', 'Principal': '*'}"
      })
  void an_element_that_is_not_evaluated_is_refused_too(String statement) {
    assertThatThrownBy(() -> ofRole(statement)).isInstanceOf(UnsupportedPolicy.class);
  }

  @Test
  void what_nothing_allows_is_not_allowed() {
    assertThat(decide(List.of(), List.of(), STEPS, Need.of("sqs:SendMessage", QUEUE)))
        .isEqualTo(new AccessDecision.NotAllowed());
  }

  @Test
  void a_deny_wins_over_every_allow() {
    var policy =
        ofRole(
            "{'Effect': 'Allow', 'Action': '*', 'Resource': '*'}",
            "{'Effect': 'Deny', 'Action': 'sqs:*', 'Resource': '%s'}".formatted(QUEUE));
    assertThat(decide(List.of(policy), List.of(), STEPS, Need.of("sqs:SendMessage", QUEUE)))
        .isEqualTo(new AccessDecision.Denied(false));
    assertThat(decide(List.of(policy), List.of(), STEPS, Need.of("sns:Publish", TABLE)))
        .isInstanceOf(AccessDecision.Allowed.class);
  }

  @Test
  void a_deny_of_the_resource_wins_too() {
    var own = ofRole("{'Effect': 'Allow', 'Action': '*', 'Resource': '*'}");
    var resource =
        ofQueue(
            "{'Effect': 'Deny', 'Action': 'sqs:*', 'Principal': {'AWS': '*'}, 'Resource': '%s'}"
                .formatted(QUEUE));
    assertThat(decide(List.of(own), List.of(resource), STEPS, Need.of("sqs:SendMessage", QUEUE)))
        .isEqualTo(new AccessDecision.Denied(true));
  }

  @Test
  void a_deny_for_callers_without_tls_does_not_concern_those_with_it() {
    var own = ofRole("{'Effect': 'Allow', 'Action': 'sqs:SendMessage', 'Resource': '*'}");
    var resource =
        ofQueue(
            "{'Effect': 'Deny', 'Action': 'sqs:*', 'Principal': '*',"
                + " 'Condition': {'Bool': {'aws:SecureTransport': 'false'}}}");
    assertThat(decide(List.of(own), List.of(resource), STEPS, Need.of("sqs:SendMessage", QUEUE)))
        .isInstanceOf(AccessDecision.Allowed.class);
  }

  @Test
  void within_an_account_the_resource_alone_may_allow() {
    var resource =
        ofQueue(
            "{'Effect': 'Allow', 'Action': 'sqs:SendMessage', 'Principal': {'AWS': '%s'}}"
                .formatted(ROLE));
    assertThat(decide(List.of(), List.of(resource), STEPS, Need.of("sqs:SendMessage", QUEUE)))
        .isInstanceOf(AccessDecision.Allowed.class);
  }

  @Test
  void naming_the_account_leaves_it_to_the_roles_own_policies() {
    var resource =
        ofQueue(
            "{'Effect': 'Allow', 'Action': 'sqs:*',"
                + " 'Principal': {'AWS': 'arn:aws:iam::000000000000:root'}}");
    assertThat(decide(List.of(), List.of(resource), STEPS, Need.of("sqs:SendMessage", QUEUE)))
        .isEqualTo(new AccessDecision.NotAllowed());
  }

  @Test
  void a_service_is_allowed_by_the_resource_and_only_as_itself() {
    var resource =
        ofQueue(
            "{'Effect': 'Allow', 'Action': 'sqs:SendMessage',"
                + " 'Principal': {'Service': 'sns.amazonaws.com'},"
                + " 'Condition': {'ArnEquals': {'aws:SourceArn': 'arn:aws:sns:r:1:t'}}}");
    var need = Need.of("sqs:SendMessage", QUEUE).with("aws:SourceArn", "arn:aws:sns:r:1:t");
    assertThat(decide(List.of(), List.of(resource), SNS, need))
        .isInstanceOf(AccessDecision.Allowed.class);
    assertThat(
            decide(List.of(), List.of(resource), new Principal.Service("ses.amazonaws.com"), need))
        .isEqualTo(new AccessDecision.NotAllowed());
    assertThat(
            decide(
                List.of(),
                List.of(resource),
                SNS,
                Need.of("sqs:SendMessage", QUEUE).with("aws:SourceArn", "arn:aws:sns:r:1:other")))
        .isEqualTo(new AccessDecision.NotAllowed());
  }

  @Test
  void in_a_keys_own_policy_a_star_is_the_key() {
    var key = "arn:aws:kms:us-east-1:000000000000:key/k";
    var policy =
        PolicyDocument.ofResource(
            "Key",
            key,
            json(
                "{'Statement': {'Effect': 'Allow', 'Action': ['kms:Decrypt'], 'Resource': '*',"
                    + " 'Principal': {'Service': 'sns.amazonaws.com'}}}"));
    var policies = new AccountPolicies(Map.of(), Map.of(key, List.of(policy)));
    assertThat(policies.decide(AccessRequest.of(SNS, Need.of("kms:Decrypt", key))))
        .isInstanceOf(AccessDecision.Allowed.class);
    assertThat(policies.decide(AccessRequest.of(SNS, Need.of("kms:Decrypt", key + "2"))))
        .isEqualTo(new AccessDecision.NotAllowed());
  }

  @Test
  void a_decision_names_every_grant_that_allows_it() {
    var policy =
        ofRole(
            "{'Effect': 'Allow', 'Action': ['dynamodb:GetItem', 'dynamodb:Put*'],"
                + " 'Resource': ['%s', '%s/index/*']}".formatted(TABLE, TABLE),
            "{'Effect': 'Allow', 'Action': 'dynamodb:PutItem', 'Resource': '%s', 'Condition':"
                    .formatted(TABLE)
                + " {'ForAllValues:StringLike': {'dynamodb:LeadingKeys': ['*#RUN#*', 'DUE#*']}}}");
    assertThat(
            decide(
                List.of(policy),
                List.of(),
                STEPS,
                Need.of("dynamodb:PutItem", TABLE).with("dynamodb:LeadingKeys", "e#RUN#1")))
        .isEqualTo(
            new AccessDecision.Allowed(
                List.of(
                    new Grant("RolePolicy", 0, "dynamodb:Put*", TABLE, List.of()),
                    new Grant("RolePolicy", 1, "dynamodb:PutItem", TABLE, List.of("*#RUN#*")))));
  }

  private static boolean allows(String statement, Need need) {
    return decide(List.of(ofRole(statement)), List.of(), STEPS, need)
        instanceof AccessDecision.Allowed;
  }

  private static AccessDecision decide(
      List<PolicyDocument> own, List<PolicyDocument> ofQueue, Principal caller, Need need) {
    return new AccountPolicies(Map.of(ROLE, own), Map.of(QUEUE, ofQueue))
        .decide(AccessRequest.of(caller, need));
  }

  private static PolicyDocument ofRole(String... statements) {
    return PolicyDocument.ofRole("RolePolicy", document(statements));
  }

  private static PolicyDocument ofQueue(String... statements) {
    return PolicyDocument.ofResource("QueuePolicy", QUEUE, document(statements));
  }

  private static Json.Obj document(String... statements) {
    return json("{'Statement': [" + String.join(",", statements) + "]}");
  }

  private static Json.Obj json(String text) {
    return (Json.Obj) JsonText.parse(text.replace('\'', '"'));
  }

  private static Need with(Need need, String context) {
    var result = need;
    if (context != null) {
      for (var pair : context.split(";")) {
        var at = pair.indexOf('=');
        result =
            result.with(pair.substring(0, at), Arrays.asList(pair.substring(at + 1).split(",")));
      }
    }
    return result;
  }
}
