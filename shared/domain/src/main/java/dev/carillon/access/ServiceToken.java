package dev.carillon.access;

import dev.carillon.environment.EnvironmentId;
import java.util.Set;

/**
 * What a token of the management API lets its bearer do. The token itself is shown once, when it is
 * made, and kept only as its SHA-256.
 *
 * @param name what those who gave it out call it; it signs commits
 * @param email whom to ask about it
 * @param environments those it may touch; empty: all
 */
public record ServiceToken(
    String name,
    String email,
    Set<ManagementScope> scopes,
    Set<EnvironmentId> environments,
    boolean revoked) {

  public ServiceToken {
    scopes = Set.copyOf(scopes);
    environments = Set.copyOf(environments);
  }

  public boolean reaches(EnvironmentId environment) {
    return environments.isEmpty() || environments.contains(environment);
  }
}
