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
    var own =
        switch (request.caller()) {
          case Principal.RoleSession(var role, _) -> ofRoles.getOrDefault(role, List.of());
          case Principal.Service _ -> List.<PolicyDocument>of();
        };
    var ofResource = ofResources.getOrDefault(request.resource(), List.of());
    var grants = new ArrayList<Grant>();
    for (var policy : own) {
      if (denies(policy, request)) {
        return new AccessDecision.Denied(false);
      }
      grants.addAll(grants(policy, request));
    }
    for (var policy : ofResource) {
      if (denies(policy, request)) {
        return new AccessDecision.Denied(true);
      }
      grants.addAll(grants(policy, request));
    }
    return grants.isEmpty() ? new AccessDecision.NotAllowed() : new AccessDecision.Allowed(grants);
  }

  private static boolean denies(PolicyDocument policy, AccessRequest request) {
    return policy.statements().stream()
        .anyMatch(statement -> !statement.allows() && statement.match(request).isPresent());
  }

  private static List<Grant> grants(PolicyDocument policy, AccessRequest request) {
    var grants = new ArrayList<Grant>();
    for (var number = 0; number < policy.statements().size(); number++) {
      var statement = policy.statements().get(number);
      if (statement.allows()) {
        var at = number;
        statement
            .match(request)
            .map(
                match ->
                    new Grant(policy.name(), at, match.action(), match.resource(), match.values()))
            .ifPresent(grants::add);
      }
    }
    return grants;
  }
}
