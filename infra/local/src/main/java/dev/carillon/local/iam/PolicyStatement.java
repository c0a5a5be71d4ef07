package dev.carillon.local.iam;

import dev.carillon.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One statement of a policy. */
record PolicyStatement(
    boolean allows,
    PolicyPrincipals principals,
    List<String> actions,
    List<String> resources,
    List<PolicyCondition> conditions) {

  private static final Set<String> KNOWN =
      Set.of("Sid", "Effect", "Principal", "Action", "Resource", "Condition");

  /** By what of it a statement is about an action on a resource. */
  record Match(String action, String resource) {}

  PolicyStatement {
    actions = List.copyOf(actions);
    resources = List.copyOf(resources);
    conditions = List.copyOf(conditions);
  }

  /**
   * @param owner what the policy stands at, when it is a resource's: a statement without resources
   *     is about that
   */
  static PolicyStatement parse(Json.Obj statement, Optional<String> owner) {
    for (var name : statement.fields().keySet()) {
      if (!KNOWN.contains(name)) {
        throw new UnsupportedPolicy("The element " + name + " of a statement is not evaluated");
      }
    }
    var effect = statement.text("Effect").orElse("");
    if (!Set.of("Allow", "Deny").contains(effect)) {
      throw new UnsupportedPolicy("A statement's effect is Allow or Deny, not " + effect);
    }
    var actions =
        texts(required(statement, "Action")).stream().map(PolicyPattern::checked).toList();
    var resources =
        owner.isPresent() && statement.get("Resource").isEmpty()
            ? List.of(owner.get())
            : texts(required(statement, "Resource")).stream()
                .map(PolicyPattern::checkedArn)
                .toList();
    if (owner.isEmpty() && statement.get("Principal").isPresent()) {
      throw new UnsupportedPolicy("A role's own policy names no principal");
    }
    return new PolicyStatement(
        effect.equals("Allow"),
        owner.isPresent()
            ? PolicyPrincipals.parse(required(statement, "Principal"))
            : PolicyPrincipals.OF_THE_ROLE,
        actions,
        resources,
        PolicyCondition.parse(statement.object("Condition")));
  }

  private static Json required(Json.Obj statement, String name) {
    return statement
        .get(name)
        .orElseThrow(() -> new UnsupportedPolicy("A statement has no " + name + ": " + statement));
  }

  /** A text or a list of texts. */
  static List<String> texts(Json value) {
    return switch (value) {
      case Json.Str(var text) -> List.of(text);
      case Json.Bool(var bool) -> List.of(String.valueOf(bool));
      case Json.Arr(var items) -> {
        var all = new ArrayList<String>();
        items.forEach(item -> all.addAll(texts(item)));
        yield all;
      }
      case Json.Obj _, Json.Num _, Json.Null _ ->
          throw new UnsupportedPolicy("A text was expected in a policy, not " + value);
    };
  }

  /** Empty when the statement is not about that, whatever its conditions say. */
  Optional<Match> match(Principal caller, String wantedAction, String wantedResource) {
    if (!principals.include(caller)) {
      return Optional.empty();
    }
    var action =
        actions.stream().filter(one -> PolicyPattern.matchesAction(one, wantedAction)).findFirst();
    var resource =
        resources.stream().filter(one -> PolicyPattern.matchesArn(one, wantedResource)).findFirst();
    return action.isEmpty() || resource.isEmpty()
        ? Optional.empty()
        : Optional.of(new Match(action.get(), resource.get()));
  }
}
