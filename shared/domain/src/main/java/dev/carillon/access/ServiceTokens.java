package dev.carillon.access;

import java.util.Map;

/** All service tokens: makes them count, and stop counting. */
public interface ServiceTokens extends FindServiceToken {

  /**
   * Lets the token count as this, from now on. Safe to repeat.
   *
   * @param sha256 the SHA-256 of the token's UTF-8 bytes, as 64 lower-case hexadecimal digits
   */
  void put(String sha256, ServiceToken token);

  /**
   * All there ever were, by their hash; revoked ones included. Those that were put before this list
   * was kept are not in it.
   */
  Map<String, ServiceToken> all();
}
