package dev.carillon.local.secrets;

import dev.carillon.json.Json;
import dev.carillon.local.iam.AccessRequest.Need;
import dev.carillon.local.template.AccountRegion;
import java.util.List;

/**
 * What a call of Secrets Manager needs of its caller's policies: the action of its name on the
 * secret. One that does not exist has no six characters at its end, and AWS holds the call against
 * what was given: a policy that asks for them refuses before anything is looked for.
 */
final class SecretsActions {
  private SecretsActions() {}

  static List<Need> of(String operation, Json.Obj request, LocalSecretsManager secrets) {
    var action = "secretsmanager:" + operation;
    if (operation.equals("ListSecrets")) {
      return List.of(Need.of(action, "*"));
    }
    var id = request.text("SecretId").or(() -> request.text("Name")).orElse("");
    var arn =
        secrets
            .find(id)
            .map(StoredSecret::arn)
            .orElseGet(
                () ->
                    id.startsWith("arn:")
                        ? id
                        : AccountRegion.LOCAL.arn("secretsmanager", "secret:" + id));
    return List.of(Need.of(action, arn));
  }
}
