package dev.carillon.local.iam;

import dev.carillon.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One condition of a statement: the request's values of a key against those of the policy, of which
 * one has to match.
 *
 * @param allValues {@code ForAllValues:} the request may have several values and each has to match;
 *     without it there must be exactly one
 * @param key in lower case: the names of keys are the same in any case of letters
 */
record PolicyCondition(Operator operator, boolean allValues, String key, List<String> values) {
  private static final String FOR_ALL_VALUES = "ForAllValues:";

  /** The operators that are evaluated; a policy with another is refused when it is read. */
  enum Operator {
    STRING_EQUALS("StringEquals"),
    STRING_LIKE("StringLike"),
    ARN_EQUALS("ArnEquals"),
    ARN_LIKE("ArnLike"),
    BOOL("Bool");

    private final String inPolicies;

    Operator(String inPolicies) {
      this.inPolicies = inPolicies;
    }

    /** ArnEquals and ArnLike are the same, as IAM documents them. */
    boolean matches(String policy, String given) {
      return switch (this) {
        case STRING_EQUALS -> policy.equals(given);
        case STRING_LIKE -> PolicyPattern.matches(policy, given);
        case ARN_EQUALS, ARN_LIKE -> PolicyPattern.matchesArn(policy, given);
        case BOOL -> policy.equalsIgnoreCase(given);
      };
    }
  }

  PolicyCondition {
    values = List.copyOf(values);
  }

  static List<PolicyCondition> parse(Json.Obj block) {
    var conditions = new ArrayList<PolicyCondition>();
    block
        .fields()
        .forEach(
            (name, keys) -> {
              var allValues = name.startsWith(FOR_ALL_VALUES);
              var operator = operator(allValues ? name.substring(FOR_ALL_VALUES.length()) : name);
              if (!(keys instanceof Json.Obj(var fields))) {
                throw new UnsupportedPolicy("The condition " + name + " has no keys");
              }
              fields.forEach(
                  (key, values) ->
                      conditions.add(
                          new PolicyCondition(
                              operator,
                              allValues,
                              AccessRequest.key(key),
                              PolicyStatement.texts(values).stream()
                                  .map(PolicyPattern::checked)
                                  .toList())));
            });
    return conditions;
  }

  private static Operator operator(String name) {
    for (var operator : Operator.values()) {
      if (operator.inPolicies.equals(name)) {
        return operator;
      }
    }
    throw new UnsupportedPolicy("The condition operator " + name + " is not evaluated");
  }

  /**
   * The policy's values by which the condition is met; empty when it is not. A key that the request
   * does not have meets {@code ForAllValues:}, by no value, and nothing else.
   */
  Optional<List<String>> met(Map<String, List<String>> context) {
    var given = context.getOrDefault(key, List.of());
    if (!allValues && given.size() != 1) {
      return Optional.empty();
    }
    var by = new ArrayList<String>();
    for (var one : given) {
      var matching = values.stream().filter(value -> operator.matches(value, one)).toList();
      if (matching.isEmpty()) {
        return Optional.empty();
      }
      by.addAll(matching);
    }
    return Optional.of(by.stream().distinct().sorted().toList());
  }
}
