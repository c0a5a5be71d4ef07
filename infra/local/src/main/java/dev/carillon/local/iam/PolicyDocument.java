package dev.carillon.local.iam;

import dev.carillon.json.Json;
import java.util.List;
import java.util.Optional;

/**
 * A policy: of a role, or of a resource.
 *
 * @param name the logical id of what holds it in the template
 */
public record PolicyDocument(String name, List<PolicyStatement> statements) {

  public PolicyDocument {
    statements = List.copyOf(statements);
  }

  /**
   * What a role may do.
   *
   * @throws UnsupportedPolicy when it holds what is not evaluated here
   */
  public static PolicyDocument ofRole(String name, Json.Obj document) {
    return parse(name, document, Optional.empty());
  }

  /**
   * Who may do what with a resource; a role's trust policy is one.
   *
   * @param arn of the resource
   * @throws UnsupportedPolicy when it holds what is not evaluated here
   */
  public static PolicyDocument ofResource(String name, String arn, Json.Obj document) {
    return parse(name, document, Optional.of(arn));
  }

  private static PolicyDocument parse(String name, Json.Obj document, Optional<String> owner) {
    try {
      var statements =
          document.get("Statement").orElse(Json.NULL) instanceof Json.Obj one
              ? List.<Json>of(one)
              : document.list("Statement");
      return new PolicyDocument(
          name,
          statements.stream()
              .map(
                  item ->
                      item instanceof Json.Obj statement
                          ? PolicyStatement.parse(statement, owner)
                          : PolicyStatement.parse(Json.object(), owner))
              .toList());
    } catch (UnsupportedPolicy e) {
      throw new UnsupportedPolicy(name + ": " + e.getMessage());
    }
  }
}
