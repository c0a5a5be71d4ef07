package dev.carillon.local.iam;

import dev.carillon.json.Json;
import java.util.ArrayList;
import java.util.List;

/**
 * Whom a statement of a resource's policy is about.
 *
 * @param arns of roles; the account itself ({@code arn:aws:iam::<account>:root}) stands for all
 *     that its own policies allow, so by itself it allows nothing here
 */
record PolicyPrincipals(boolean anybody, List<String> services, List<String> arns) {
  /** What a role's own policies are about: the role. */
  static final PolicyPrincipals OF_THE_ROLE = new PolicyPrincipals(true, List.of(), List.of());

  PolicyPrincipals {
    services = List.copyOf(services);
    arns = List.copyOf(arns);
  }

  static PolicyPrincipals parse(Json principal) {
    if (principal.equals(Json.of("*"))) {
      return new PolicyPrincipals(true, List.of(), List.of());
    }
    if (!(principal instanceof Json.Obj(var kinds))) {
      throw new UnsupportedPolicy("The principal " + principal + " is not evaluated");
    }
    var services = new ArrayList<String>();
    var arns = new ArrayList<String>();
    kinds.forEach(
        (kind, names) -> {
          switch (kind) {
            case "Service" -> services.addAll(PolicyStatement.texts(names));
            case "AWS" -> arns.addAll(PolicyStatement.texts(names));
            default -> throw new UnsupportedPolicy("Principals of " + kind + " are not evaluated");
          }
        });
    return new PolicyPrincipals(arns.contains("*"), services, arns);
  }

  boolean include(Principal caller) {
    return anybody
        || switch (caller) {
          case Principal.Service(var name) -> services.contains(name);
          case Principal.RoleSession session ->
              arns.contains(session.roleArn()) || arns.contains(session.name());
        };
  }
}
