package dev.carillon.access;

import dev.carillon.environment.EnvironmentId;
import java.util.Optional;
import java.util.Set;

/**
 * What a token of the management API lets its bearer do. The token itself is shown once, when it is
 * made, and kept only as its SHA-256.
 *
 * @param name what those who gave it out call it; it signs commits
 * @param email whom to ask about it
 * @param environments those it may touch; empty: all
 * @param member whose it is, by the id in the list of members: it may do no more than they; empty
 *     for one that the deployment's operator made
 */
public record ServiceToken(
    String name,
    String email,
    Set<ManagementScope> scopes,
    Set<EnvironmentId> environments,
    boolean revoked,
    Optional<String> member) {

  /** One of no member. */
  public ServiceToken(
      String name,
      String email,
      Set<ManagementScope> scopes,
      Set<EnvironmentId> environments,
      boolean revoked) {
    this(name, email, scopes, environments, revoked, Optional.empty());
  }

  public ServiceToken {
    scopes = Set.copyOf(scopes);
    environments = Set.copyOf(environments);
  }

  /** The same token with these rights. */
  public ServiceToken with(Set<ManagementScope> others, Set<EnvironmentId> touched) {
    return new ServiceToken(name, email, others, touched, revoked, member);
  }

  /** The same token, ended for good. */
  public ServiceToken ended() {
    return new ServiceToken(name, email, scopes, environments, true, member);
  }

  public boolean reaches(EnvironmentId environment) {
    return environments.isEmpty() || environments.contains(environment);
  }
}
