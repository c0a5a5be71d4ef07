package dev.carillon.access;

import dev.carillon.environment.EnvironmentId;

/**
 * What an API key lets its bearer do. The key itself is shown once, when it is made, and kept only
 * as its SHA-256.
 */
public record ApiKey(EnvironmentId environment, Kind kind, boolean revoked) {

  public enum Kind {
    /** For a product's servers: may do everything. */
    SECRET,
    /** For browsers and apps: may only do what concerns one user. */
    PUBLIC
  }
}
