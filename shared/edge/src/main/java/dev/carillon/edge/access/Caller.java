package dev.carillon.edge.access;

import dev.carillon.access.PublicKeyUse;
import dev.carillon.edge.ErrorCode;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.recipient.RecipientId;
import dev.carillon.recipient.TenantId;
import java.util.Optional;

/**
 * Who calls, as far as it was proven.
 *
 * @param environment that of the key, and the only one that the call may touch
 */
public record Caller(EnvironmentId environment, Credential credential) {
  private static final String HEADER = "X-Knock-User-Token";

  /** What was shown. */
  public sealed interface Credential {
    /** A secret key: a server of the product, which may do everything. */
    record Secret() implements Credential {}

    /**
     * A public key and nothing else: anybody.
     *
     * @param use what the environment lets it do
     */
    record PublicAlone(PublicKeyUse use) implements Credential {}

    /** A public key and a token of one user. */
    record OfUser(UserToken token) implements Credential {}
  }

  /**
   * Lets the caller pass whom the rule lets pass, whatever the call is about.
   *
   * @throws dev.carillon.edge.ApiException otherwise
   */
  public void admit(Access access) {
    switch (access) {
      case Access.SecretKey() -> {
        if (!(credential instanceof Credential.Secret)) {
          throw ErrorCode.INCORRECT_TOKEN_TYPE.refused();
        }
      }
      case Access.Client(_, _, var alone) -> {
        if (credential instanceof Credential.PublicAlone(var use) && use.compareTo(alone) < 0) {
          throw ErrorCode.MISSING_USER_TOKEN.at(
              HEADER,
              "is required, because public_keys of this environment is \"%s\""
                  .formatted(use.wireName()));
        }
      }
    }
  }

  /**
   * Checks that the call may do this with what it is about.
   *
   * @throws dev.carillon.edge.ApiException when a user token does not let it
   */
  public void check(Ability ability, RecipientId resource) {
    if (!may(ability, resource)) {
      throw ErrorCode.NOT_AUTHORIZED.refused();
    }
  }

  /** Whether the call may do this with what it is about, as far as a user token decides it. */
  public boolean may(Ability ability, RecipientId resource) {
    return switch (credential) {
      case Credential.Secret(), Credential.PublicAlone(_) -> true;
      case Credential.OfUser(var token) -> token.allows(ability, resource);
    };
  }

  /** Whether the call may touch what happened within that tenant, or within none. */
  public boolean mayWithin(Optional<TenantId> tenant) {
    return switch (credential) {
      case Credential.Secret(), Credential.PublicAlone(_) -> true;
      case Credential.OfUser(var token) -> token.allowsTenant(tenant);
    };
  }

  /** Whether it must say which tenant it is about, because it may not touch those of all. */
  public boolean isLimitedToTenants() {
    return switch (credential) {
      case Credential.Secret(), Credential.PublicAlone(_) -> false;
      case Credential.OfUser(var token) -> token.limitedToTenants();
    };
  }

  /**
   * Whether it may touch many at once without naming whose they are: only servers may, because what
   * is not named cannot be checked.
   */
  public boolean mayTouchAll() {
    return switch (credential) {
      case Credential.Secret() -> true;
      case Credential.PublicAlone(_), Credential.OfUser(_) -> false;
    };
  }

  /** Whether it may see addresses and properties of people, not only names and pictures. */
  public boolean seesProperties() {
    return switch (credential) {
      case Credential.Secret(), Credential.OfUser(_) -> true;
      case Credential.PublicAlone(var use) ->
          switch (use) {
            case TOKEN, RESTRICTED -> false;
            case OPEN -> true;
          };
    };
  }
}
