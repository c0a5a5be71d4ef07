package dev.carillon.access;

import dev.carillon.environment.EnvironmentId;
import java.time.Instant;
import java.util.Optional;

/**
 * What an API key lets its bearer do. The key itself is shown once, when it is made, and kept only
 * as its SHA-256.
 *
 * @param expiresAt from when on it counts no more; empty: never
 */
public record ApiKey(
    EnvironmentId environment, Kind kind, boolean revoked, Optional<Instant> expiresAt) {

  /** One that never expires. */
  public ApiKey(EnvironmentId environment, Kind kind, boolean revoked) {
    this(environment, kind, revoked, Optional.empty());
  }

  /** Whether it counts then. */
  public boolean holdsAt(Instant now) {
    return !revoked && expiresAt.map(now::isBefore).orElse(true);
  }

  public enum Kind {
    /** For a product's servers: may do everything. */
    SECRET,
    /** For browsers and apps: may only do what concerns one user. */
    PUBLIC
  }
}
