package dev.carillon.infra;

import java.util.List;

/**
 * Channel credentials, secret variables and the key of webhooks in Secrets Manager. The secrets
 * themselves are made by {@code operator}; the template holds only who may touch them.
 *
 * @param prefix what every secret's name begins with
 */
record SecretAccess(String prefix) {
  private static final List<String> READ = List.of("secretsmanager:GetSecretValue");

  /** Lets the function read secret variables, and tells it the prefix. */
  void variablesReadBy(DeployedFunction function) {
    function.set("SECRET_PREFIX", prefix);
    function.allow(READ, Wildcard.variablesUnder(prefix));
  }

  /** Lets the function read the keys that tracked links are signed with. */
  void linkKeysReadBy(DeployedFunction function) {
    function.set("SECRET_PREFIX", prefix);
    function.allow(READ, Wildcard.linkKeysUnder(prefix));
  }

  /** Lets the function read channels' credentials and secret variables, and nothing else. */
  void channelsReadBy(DeployedFunction function) {
    variablesReadBy(function);
    function.allow(READ, Wildcard.channelsUnder(prefix));
  }

  /** Lets the function read channels' credentials, and nothing else. */
  void credentialsReadBy(DeployedFunction function) {
    function.set("SECRET_PREFIX", prefix);
    function.allow(READ, Wildcard.channelsUnder(prefix));
  }

  /** Lets the function open the secrets of webhooks, and nothing else. */
  void webhooksOpenedBy(DeployedFunction function) {
    function.set("SECRET_PREFIX", prefix);
    function.allow(READ, Wildcard.webhooksKeyUnder(prefix));
  }

  /** Lets the function read what the collector of traces wants to see, and nothing else. */
  void collectorHeadersReadBy(DeployedFunction function) {
    function.set("SECRET_PREFIX", prefix);
    function.allow(READ, Wildcard.collectorHeadersUnder(prefix));
  }

  /** Lets the function seal secrets of webhooks too, and make the key for it. */
  void webhooksSealedBy(DeployedFunction function) {
    webhooksOpenedBy(function);
    function.allow(List.of("secretsmanager:CreateSecret"), Wildcard.webhooksKeyUnder(prefix));
  }

  /**
   * Lets the function change secret variables, which are one secret, and write credentials of
   * channels without reading them.
   */
  void settingsChangedBy(DeployedFunction function) {
    function.set("SECRET_PREFIX", prefix);
    function.allow(
        List.of(
            "secretsmanager:CreateSecret",
            "secretsmanager:GetSecretValue",
            "secretsmanager:PutSecretValue"),
        Wildcard.variablesChangedUnder(prefix));
    function.allow(
        List.of("secretsmanager:CreateSecret", "secretsmanager:PutSecretValue"),
        Wildcard.channelsUnder(prefix));
  }

  /** Lets the function open what verifies the senders of sources, and nothing else. */
  void sourcesOpenedBy(DeployedFunction function) {
    function.set("SECRET_PREFIX", prefix);
    function.allow(READ, Wildcard.sourcesKeyUnder(prefix));
  }

  /** Lets the function seal it too, and make the key for it. */
  void sourcesSealedBy(DeployedFunction function) {
    sourcesOpenedBy(function);
    function.allow(List.of("secretsmanager:CreateSecret"), Wildcard.sourcesKeyUnder(prefix));
  }

  /** Lets the function make and change secrets too. */
  void changedBy(DeployedFunction function) {
    function.set("SECRET_PREFIX", prefix);
    function.allow(
        List.of(
            "secretsmanager:CreateSecret",
            "secretsmanager:GetSecretValue",
            "secretsmanager:PutSecretValue"),
        Wildcard.secretsUnder(prefix));
  }
}
