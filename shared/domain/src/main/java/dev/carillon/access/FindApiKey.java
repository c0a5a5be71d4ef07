package dev.carillon.access;

import java.util.Optional;

/** Looks an API key up by its hash, so that no comparison can leak the key. */
@FunctionalInterface
public interface FindApiKey {

  /**
   * @param sha256 the SHA-256 of the key's UTF-8 bytes, as 64 lower-case hexadecimal digits
   * @return empty when no such key was ever made; a revoked key is returned as revoked
   */
  Optional<ApiKey> find(String sha256);
}
