package dev.carillon.storage.dynamo.environment;

import dev.carillon.catalog.CatalogName;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.id.Digest;
import dev.carillon.storage.dynamo.Key;
import dev.carillon.storage.dynamo.Keys;
import java.util.Optional;

/**
 * Where environments, their settings and the keys to them lie. The whole layout is in {@link Keys}.
 */
final class EnvironmentKeys {

  private EnvironmentKeys() {}

  static String channels(EnvironmentId environment) {
    return environment.value() + "#CHANNELS";
  }

  static Key variables(EnvironmentId environment) {
    return new Key(environment.value() + "#VARS", "OPEN");
  }

  static Key settings(EnvironmentId environment) {
    return new Key(environment.value() + "#SETTINGS", "ENVIRONMENT");
  }

  /** What is counted may hold ids of any length. */
  static Key calls(EnvironmentId environment, String of, long second) {
    return new Key(
        environment.value() + "#RATE#" + Digest.hex(Keys.unicode(of)), Long.toString(second));
  }

  static Key clientAccess(EnvironmentId environment) {
    return new Key(settings(environment).partition(), "CLIENTS");
  }

  static String apiKeys(EnvironmentId environment) {
    return environment.value() + "#KEYS";
  }

  /** No id of an environment has capitals. */
  static String environments() {
    return "ENVIRONMENTS";
  }

  /** Those of the deployment lie where no environment does: no id has capitals. */
  static Key catalog(Optional<EnvironmentId> environment, CatalogName name) {
    return new Key(
        environment.map(EnvironmentId::value).orElse("TEAM") + "#CATALOG#" + name.name(),
        "CATALOG");
  }

  static String serviceTokens() {
    return "TOKENS";
  }

  static Key serviceToken(String sha256) {
    return new Key("TOKEN#" + sha256, "TOKEN");
  }

  /** No hash of a key is spelled like that. */
  static Key deploymentKey() {
    return new Key("KEY#DEPLOYMENT", "SECRET");
  }

  static Key apiKey(String sha256) {
    return new Key("KEY#" + sha256, "KEY");
  }
}
