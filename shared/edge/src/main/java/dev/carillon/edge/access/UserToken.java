package dev.carillon.edge.access;

import dev.carillon.recipient.RecipientId;
import dev.carillon.recipient.TenantId;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a user token lets its bearer do, as far as its signature proves that the product said so.
 *
 * @param user whose it is
 * @param explicitGrants whether the user's own things, too, may be touched only as granted
 * @param grants what may be done with which resource; tenants among them
 * @param expiresAt when it is no token any more; empty when it says nothing of that
 */
public record UserToken(
    RecipientId user,
    boolean explicitGrants,
    Map<RecipientId, Set<Ability>> grants,
    Optional<Instant> expiresAt) {

  public UserToken {
    grants = Map.copyOf(grants);
  }

  /** Whether it lets this be done with what is a recipient: the user, another, an object. */
  boolean allows(Ability ability, RecipientId resource) {
    return (resource.equals(user) && !explicitGrants)
        || grants.getOrDefault(resource, Set.of()).contains(ability);
  }

  /**
   * Whether it lets things of this tenant be touched. A token that grants anything on tenants is
   * for those tenants only; things of no tenant are the user's own.
   */
  boolean allowsTenant(Optional<TenantId> tenant) {
    return tenant.isEmpty() || !limitedToTenants() || grants.containsKey(tenant.get().recipient());
  }

  /** Whether it is for some tenants only. */
  boolean limitedToTenants() {
    return grants.keySet().stream().anyMatch(RecipientId::isTenant);
  }

  /** Those whose things it lets this be done with. */
  Set<RecipientId> allowing(Ability ability) {
    return Stream.concat(Stream.of(user), grants.keySet().stream())
        .filter(resource -> allows(ability, resource))
        .collect(Collectors.toUnmodifiableSet());
  }

  /** The tenants that it is for; empty for all. */
  Optional<Set<TenantId>> tenants() {
    return limitedToTenants()
        ? Optional.of(
            grants.keySet().stream()
                .filter(RecipientId::isTenant)
                .map(it -> new TenantId(it.id()))
                .collect(Collectors.toUnmodifiableSet()))
        : Optional.empty();
  }
}
