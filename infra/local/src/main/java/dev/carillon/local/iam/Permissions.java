package dev.carillon.local.iam;

import java.util.Map;

/**
 * Who is who, and what the policies of the template let each do.
 *
 * @param functions the session that a function works in, by its verb
 * @param topicKeys the ARN of the key that a topic is encrypted with, by the topic's ARN
 */
public record Permissions(
    AccountPolicies policies,
    Map<String, Principal.RoleSession> functions,
    Map<String, String> topicKeys) {

  public Permissions {
    functions = Map.copyOf(functions);
    topicKeys = Map.copyOf(topicKeys);
  }
}
