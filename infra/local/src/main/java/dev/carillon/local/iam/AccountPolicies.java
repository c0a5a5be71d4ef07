package dev.carillon.local.iam;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * All policies of an account, and the decision that IAM takes by them: an explicit deny wins, then
 * anything that allows, of the role or of the resource, and else nothing is allowed. Permission
 * boundaries, sessions' own policies and those of an organization are not here.
 *
 * @param ofRoles by the role's ARN
 * @param ofResources by the resource's ARN; a role's trust policy stands under the role's
 */
public record AccountPolicies(
    Map<String, List<PolicyDocument>> ofRoles, Map<String, List<PolicyDocument>> ofResources) {

  public AccountPolicies {
    ofRoles = Map.copyOf(ofRoles);
    ofResources = Map.copyOf(ofResources);
  }

  /** Pure: the same request always has the same answer. */
  public AccessDecision decide(AccessRequest request) {
    return about(request.caller(), request.action(), request.resource()).decide(request.context());
  }

  /** What the policies say of an action on a resource, whatever else the request brings along. */
  ApplicableStatements about(Principal caller, String action, String resource) {
    var own =
        switch (caller) {
          case Principal.RoleSession(var role, _) -> ofRoles.getOrDefault(role, List.of());
          case Principal.Service _ -> List.<PolicyDocument>of();
        };
    var statements = new ArrayList<ApplicableStatements.Statement>();
    for (var policy : own) {
      add(statements, policy, false, caller, action, resource);
    }
    for (var policy : ofResources.getOrDefault(resource, List.of())) {
      add(statements, policy, true, caller, action, resource);
    }
    return new ApplicableStatements(statements);
  }

  private static void add(
      List<ApplicableStatements.Statement> statements,
      PolicyDocument policy,
      boolean ofResource,
      Principal caller,
      String action,
      String resource) {
    for (var number = 0; number < policy.statements().size(); number++) {
      var statement = policy.statements().get(number);
      var at = number;
      statement
          .match(caller, action, resource)
          .map(
              match ->
                  new ApplicableStatements.Statement(
                      statement.allows(),
                      ofResource,
                      new Grant(policy.name(), at, match.action(), match.resource(), List.of()),
                      statement.conditions()))
          .ifPresent(statements::add);
    }
  }
}
