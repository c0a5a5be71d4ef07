package dev.carillon.access;

import java.util.Optional;

/** Looks a service token up by its hash, so that no comparison can leak the token. */
@FunctionalInterface
public interface FindServiceToken {

  /**
   * @param sha256 the SHA-256 of the token's UTF-8 bytes, as 64 lower-case hexadecimal digits
   * @return empty when no such token was ever made; a revoked one is returned as revoked
   */
  Optional<ServiceToken> find(String sha256);
}
