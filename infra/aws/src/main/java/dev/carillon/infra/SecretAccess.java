package dev.carillon.infra;

import java.util.List;

/**
 * Channel credentials and secret variables in Secrets Manager. The secrets themselves are made by
 * {@code operator}; the template holds only who may touch them.
 *
 * @param prefix what every secret's name begins with
 */
record SecretAccess(String prefix) {

  /** Lets the function read, and tells it the prefix. */
  void readBy(DeployedFunction function) {
    allow(function, List.of("secretsmanager:GetSecretValue"));
  }

  /** Lets the function make and change secrets too. */
  void changedBy(DeployedFunction function) {
    allow(
        function,
        List.of(
            "secretsmanager:CreateSecret",
            "secretsmanager:GetSecretValue",
            "secretsmanager:PutSecretValue"));
  }

  private void allow(DeployedFunction function, List<String> actions) {
    function.set("SECRET_PREFIX", prefix);
    function.allow(actions, Wildcard.secretsUnder(prefix));
  }
}
