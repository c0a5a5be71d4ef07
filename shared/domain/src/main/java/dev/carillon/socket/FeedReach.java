package dev.carillon.socket;

import dev.carillon.feed.FeedQuery;
import dev.carillon.recipient.TenantId;
import java.util.Optional;
import java.util.Set;

/**
 * Whose feeds a connection may watch: what is kept of the caller who opened it.
 *
 * @param users their ids; empty for everybody's
 * @param tenants within which tenants, and within none; empty for all
 */
public record FeedReach(Optional<Set<String>> users, Optional<Set<TenantId>> tenants) {
  public static final FeedReach ALL = new FeedReach(Optional.empty(), Optional.empty());

  public static final FeedReach NONE = new FeedReach(Optional.of(Set.of()), Optional.of(Set.of()));

  public FeedReach {
    users = users.map(Set::copyOf);
    tenants = tenants.map(Set::copyOf);
  }

  public boolean allows(String user) {
    return users.map(some -> some.contains(user)).orElse(true);
  }

  /** Whether items of all these tenants may be seen: who may see some only has to say of which. */
  public boolean allows(FeedQuery.Tenancy tenancy) {
    return switch (tenancy) {
      case FeedQuery.Tenancy.Of(var tenant, _) ->
          tenants.map(some -> some.contains(tenant)).orElse(true);
      case FeedQuery.Tenancy.Having(var having) -> !having || tenants.isEmpty();
      case FeedQuery.Tenancy.Everything() -> tenants.isEmpty();
    };
  }
}
