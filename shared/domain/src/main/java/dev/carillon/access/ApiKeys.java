package dev.carillon.access;

import dev.carillon.environment.EnvironmentId;
import java.util.Map;

/** All API keys, of all environments: makes them count, and stop counting. */
public interface ApiKeys extends FindApiKey {

  /**
   * Lets the key count as this, from now on; a revoked one never counts again unless it is put
   * anew. Safe to repeat.
   *
   * @param sha256 the SHA-256 of the key's UTF-8 bytes, as 64 lower-case hexadecimal digits
   */
  void put(String sha256, ApiKey key);

  /**
   * Whether a key of that kind was ever put for the environment, revoked ones included. Sees every
   * put that has returned.
   */
  boolean any(EnvironmentId environment, ApiKey.Kind kind);

  /**
   * All that there ever were in the environment, by their hash; revoked ones included, those that
   * expire not. One read for each.
   */
  Map<String, ApiKey> all(EnvironmentId environment);
}
