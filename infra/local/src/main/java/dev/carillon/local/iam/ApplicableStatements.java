package dev.carillon.local.iam;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The statements that are about an action of somebody on a resource, in the order of the policies.
 * Whether each applies to a request is up to its conditions.
 */
record ApplicableStatements(List<Statement> statements) {

  /**
   * @param ofResource it stands in the resource's policy, not in the role's
   * @param by what it grants, or denies, without the values of its conditions
   */
  record Statement(boolean allows, boolean ofResource, Grant by, List<PolicyCondition> conditions) {
    Statement {
      conditions = List.copyOf(conditions);
    }

    /** With the values by which its conditions are met; empty when one is not. */
    Optional<Grant> met(Map<String, List<String>> context) {
      if (conditions.isEmpty()) {
        return Optional.of(by);
      }
      var values = new ArrayList<String>();
      for (var condition : conditions) {
        var met = condition.met(context);
        if (met.isEmpty()) {
          return Optional.empty();
        }
        values.addAll(met.get());
      }
      return Optional.of(
          new Grant(by.policy(), by.statement(), by.action(), by.resource(), values));
    }
  }

  ApplicableStatements {
    statements = List.copyOf(statements);
  }

  /**
   * @param context what conditions may ask for, by the key's name in lower case
   */
  AccessDecision decide(Map<String, List<String>> context) {
    var grants = new ArrayList<Grant>();
    for (var statement : statements) {
      var met = statement.met(context);
      if (met.isPresent() && !statement.allows()) {
        return new AccessDecision.Denied(statement.ofResource());
      }
      met.ifPresent(grants::add);
    }
    return grants.isEmpty() ? new AccessDecision.NotAllowed() : new AccessDecision.Allowed(grants);
  }
}
