package dev.carillon.local.iam;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Policies taken apart: each action, resource and condition value of each statement that allows.
 */
public final class GrantParts {
  private GrantParts() {}

  /**
   * A part of a statement.
   *
   * @param policy the logical id of what holds the policy
   * @param kind action, resource or value
   */
  public record Part(String policy, int statement, String kind, String text) {}

  /**
   * All parts. A statement for the account itself, which leaves it to the account's own policies
   * who administers a key, is not judged: nothing of the stack works by it.
   */
  public static List<Part> of(AccountPolicies policies) {
    return documents(policies)
        .flatMap(
            policy -> {
              var parts = new ArrayList<Part>();
              for (var number = 0; number < policy.statements().size(); number++) {
                var statement = policy.statements().get(number);
                if (!statement.allows() || ofTheAccount(statement)) {
                  continue;
                }
                var at = number;
                statement
                    .actions()
                    .forEach(text -> parts.add(new Part(policy.name(), at, "action", text)));
                statement
                    .resources()
                    .forEach(text -> parts.add(new Part(policy.name(), at, "resource", text)));
                statement.conditions().stream()
                    .flatMap(condition -> condition.values().stream())
                    .forEach(text -> parts.add(new Part(policy.name(), at, "value", text)));
              }
              return parts.stream();
            })
        .distinct()
        .toList();
  }

  private static boolean ofTheAccount(PolicyStatement statement) {
    var principals = statement.principals();
    return !principals.anybody()
        && principals.services().isEmpty()
        && principals.arns().stream().allMatch(arn -> arn.endsWith(":root"));
  }

  private static Stream<PolicyDocument> documents(AccountPolicies policies) {
    return Stream.of(policies.ofRoles(), policies.ofResources())
        .flatMap(byArn -> byArn.values().stream())
        .flatMap(List::stream);
  }

  /** The same policies, this part removed. */
  public static AccountPolicies without(AccountPolicies policies, Part part) {
    return new AccountPolicies(
        without(policies.ofRoles(), part), without(policies.ofResources(), part));
  }

  private static Map<String, List<PolicyDocument>> without(
      Map<String, List<PolicyDocument>> byArn, Part part) {
    var result = new HashMap<String, List<PolicyDocument>>();
    byArn.forEach(
        (arn, documents) ->
            result.put(
                arn,
                documents.stream()
                    .map(
                        document ->
                            document.name().equals(part.policy())
                                ? without(document, part)
                                : document)
                    .toList()));
    return result;
  }

  private static PolicyDocument without(PolicyDocument document, Part part) {
    var statements = new ArrayList<>(document.statements());
    statements.set(part.statement(), without(statements.get(part.statement()), part));
    return new PolicyDocument(document.name(), statements);
  }

  private static PolicyStatement without(PolicyStatement statement, Part part) {
    return new PolicyStatement(
        statement.allows(),
        statement.principals(),
        without(statement.actions(), "action", part),
        without(statement.resources(), "resource", part),
        statement.conditions().stream()
            .map(
                condition ->
                    new PolicyCondition(
                        condition.operator(),
                        condition.allValues(),
                        condition.key(),
                        without(condition.values(), "value", part)))
            .toList());
  }

  private static List<String> without(List<String> texts, String kind, Part part) {
    return kind.equals(part.kind())
        ? texts.stream().filter(text -> !text.equals(part.text())).toList()
        : texts;
  }
}
