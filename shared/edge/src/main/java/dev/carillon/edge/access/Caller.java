package dev.carillon.edge.access;

import dev.carillon.access.PublicKeyUse;
import dev.carillon.access.ServiceToken;
import dev.carillon.edge.ErrorCode;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.recipient.RecipientId;
import dev.carillon.recipient.TenantId;
import dev.carillon.socket.FeedReach;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Who calls, as far as it was proven.
 *
 * @param home the environment of the key, and the only one that the call may touch; empty for a
 *     service token, which may touch several
 */
public record Caller(Optional<EnvironmentId> home, Credential credential) {
  private static final String HEADER = "X-Knock-User-Token";

  /** Who has a key of that environment. */
  public Caller(EnvironmentId environment, Credential credential) {
    this(Optional.of(environment), credential);
  }

  /**
   * The environment of the key.
   *
   * @throws IllegalStateException when there is no key but a service token, which no route lets in
   *     that is about the environment of a key
   */
  public EnvironmentId environment() {
    return home.orElseThrow(() -> new IllegalStateException("A service token has no environment"));
  }

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

    /** A token of the management API. */
    record Service(ServiceToken token) implements Credential {}
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
      case Access.Management(var scope, var servers) -> {
        if (servers && credential instanceof Credential.Secret) {
          return;
        }
        if (!(credential instanceof Credential.Service(var token))) {
          throw ErrorCode.INCORRECT_TOKEN_TYPE.refused();
        }
        if (!token.scopes().contains(scope)) {
          throw ErrorCode.INSUFFICIENT_SCOPE.at(
              "Authorization", "needs the scope \"%s\"".formatted(scope.wireName()));
        }
      }
      case Access.Client(_, _, var alone) -> {
        if (credential instanceof Credential.Service) {
          throw ErrorCode.INCORRECT_TOKEN_TYPE.refused();
        }
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
      case Credential.Service(_) -> false;
    };
  }

  /** Whether the call may touch what happened within that tenant, or within none. */
  public boolean mayWithin(Optional<TenantId> tenant) {
    return switch (credential) {
      case Credential.Secret(), Credential.PublicAlone(_) -> true;
      case Credential.OfUser(var token) -> token.allowsTenant(tenant);
      case Credential.Service(_) -> false;
    };
  }

  /** Whether it must say which tenant it is about, because it may not touch those of all. */
  public boolean isLimitedToTenants() {
    return switch (credential) {
      case Credential.Secret(), Credential.PublicAlone(_) -> false;
      case Credential.OfUser(var token) -> token.limitedToTenants();
      case Credential.Service(_) -> true;
    };
  }

  /**
   * Whether it may touch many at once without naming whose they are: only servers may, because what
   * is not named cannot be checked.
   */
  public boolean mayTouchAll() {
    return switch (credential) {
      case Credential.Secret() -> true;
      case Credential.PublicAlone(_), Credential.OfUser(_), Credential.Service(_) -> false;
    };
  }

  /** Whose feeds it may read, as far as a user token decides it. */
  public FeedReach feeds() {
    return switch (credential) {
      case Credential.Secret(), Credential.PublicAlone(_) -> FeedReach.ALL;
      case Credential.OfUser(var token) ->
          new FeedReach(
              Optional.of(
                  token.allowing(Ability.FEED_READ).stream()
                      .filter(RecipientId::isUser)
                      .map(RecipientId::id)
                      .collect(Collectors.toUnmodifiableSet())),
              token.tenants());
      case Credential.Service(_) -> FeedReach.NONE;
    };
  }

  /** When what was shown is worth nothing any more; empty when that is not known beforehand. */
  public Optional<Instant> expiresAt() {
    return switch (credential) {
      case Credential.Secret(), Credential.PublicAlone(_), Credential.Service(_) ->
          Optional.empty();
      case Credential.OfUser(var token) -> token.expiresAt();
    };
  }

  /** Whether it may see addresses and properties of people, not only names and pictures. */
  public boolean seesProperties() {
    return switch (credential) {
      case Credential.Secret(), Credential.OfUser(_) -> true;
      case Credential.Service(_) -> false;
      case Credential.PublicAlone(var use) ->
          switch (use) {
            case TOKEN, RESTRICTED -> false;
            case OPEN -> true;
          };
    };
  }
}
