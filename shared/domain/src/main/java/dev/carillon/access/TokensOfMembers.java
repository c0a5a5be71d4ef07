package dev.carillon.access;

import dev.carillon.catalog.Catalog;
import dev.carillon.catalog.CatalogName;
import dev.carillon.catalog.Catalogs;
import dev.carillon.environment.EnvironmentEntry;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.environment.EnvironmentList;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Service tokens as they count now: one that belongs to a member may do what the member may and no
 * more, from the moment the member's role changes, and counts no more when there is no such member.
 * A token of nobody costs nothing more to look up.
 */
public final class TokensOfMembers implements FindServiceToken {
  /** What a member's entry calls the role. */
  public static final String ROLE = "role";

  private final FindServiceToken tokens;
  private final Catalogs catalogs;
  private final EnvironmentList environments;

  public TokensOfMembers(FindServiceToken tokens, Catalogs catalogs, EnvironmentList environments) {
    this.tokens = tokens;
    this.catalogs = catalogs;
    this.environments = environments;
  }

  @Override
  public Optional<ServiceToken> find(String sha256) {
    return tokens.find(sha256).flatMap(this::limited);
  }

  private Optional<ServiceToken> limited(ServiceToken token) {
    if (token.member().isEmpty()) {
      return Optional.of(token);
    }
    return catalogs
        .find(Optional.empty(), CatalogName.MEMBERS)
        .find(token.member().get())
        .flatMap(TokensOfMembers::role)
        .flatMap(role -> limited(token, role));
  }

  /** The role that the entry of a member says. */
  public static Optional<MemberRole> role(Catalog.Entry member) {
    return member.content().text(ROLE).flatMap(MemberRole::named);
  }

  /** Empty when nothing is left that it may touch. */
  private Optional<ServiceToken> limited(ServiceToken token, MemberRole role) {
    Set<ManagementScope> scopes = EnumSet.noneOf(ManagementScope.class);
    scopes.addAll(token.scopes());
    scopes.retainAll(role.scopes());
    if (role != MemberRole.PRODUCTION_ONLY_MEMBER) {
      return Optional.of(token.with(scopes, token.environments()));
    }
    Optional<EnvironmentId> last =
        environments.all().stream().reduce((_, later) -> later).map(EnvironmentEntry::id);
    return last.filter(token::reaches).map(it -> token.with(scopes, Set.of(it)));
  }
}
