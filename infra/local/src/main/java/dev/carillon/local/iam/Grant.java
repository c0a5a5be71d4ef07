package dev.carillon.local.iam;

import java.util.List;

/**
 * The part of a statement by which a request was allowed.
 *
 * @param policy the logical id of what holds the policy
 * @param statement its number in the policy, from 0
 * @param action as the statement has it, and so are the others
 * @param values of its conditions that the request met
 */
public record Grant(
    String policy, int statement, String action, String resource, List<String> values) {
  public Grant {
    values = List.copyOf(values);
  }
}
