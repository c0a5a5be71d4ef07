package dev.carillon.edge.access;

import dev.carillon.access.ApiKey;
import dev.carillon.access.ClientAccess;
import dev.carillon.access.FindApiKey;
import dev.carillon.access.FindClientAccess;
import dev.carillon.access.FindServiceToken;
import dev.carillon.access.TokensOfMembers;
import dev.carillon.edge.ErrorCode;
import dev.carillon.edge.HttpRequest;
import dev.carillon.edge.Limits;
import dev.carillon.runtime.Ports;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Optional;

/**
 * Who is calling. A key that was found, and what clients may do in its environment, is believed for
 * {@value #BELIEVED_MILLIS} ms, so that a revocation holds within 5 seconds; one that was not found
 * is asked for again after {@value #UNKNOWN_MILLIS} ms, so that a new key works at once. Safe to
 * use from several threads.
 */
public final class Authentication {
  private static final long BELIEVED_MILLIS = 4_000;
  private static final long UNKNOWN_MILLIS = 500;
  private static final int REMEMBERED = 1_000;
  private static final String USER_TOKEN = "x-knock-user-token";

  /** What service tokens begin with, and no API key does. */
  public static final String SERVICE_TOKEN = "knock_st_";

  private final FindApiKey find;
  private final FindClientAccess clients;
  private final FindServiceToken tokens;
  private final InstantSource clock;
  private final LinkedHashMap<String, Known> known = new LinkedHashMap<>();

  /**
   * @param clients of no meaning for a secret key
   */
  private record Found(ApiKey key, ClientAccess clients) {}

  private record Known(Optional<Found> key, Instant asOf) {
    boolean holdsAt(Instant now) {
      var age = Duration.between(asOf, now).toMillis();
      return age >= 0 && age < (key.isPresent() ? BELIEVED_MILLIS : UNKNOWN_MILLIS);
    }
  }

  public Authentication(
      FindApiKey find, FindClientAccess clients, FindServiceToken tokens, InstantSource clock) {
    this.find = find;
    this.clients = clients;
    this.tokens = tokens;
    this.clock = clock;
  }

  /** By what these ports know. */
  public static Authentication on(Ports ports) {
    return new Authentication(
        ports.apiKeys(),
        ports.clientAccesses(),
        new TokensOfMembers(ports.serviceTokens(), ports.catalogs(), ports.environmentList()),
        ports.clock());
  }

  /**
   * Whom the request's API key belongs to, and with a public one whose user token it is. A token
   * beside a secret key is not read: the key may do all that a token could.
   *
   * @throws dev.carillon.edge.ApiException when there is no key, or it is unknown or revoked; when
   *     there is a token that is not valid, whether or not there has to be one
   */
  public Caller authenticate(HttpRequest request) {
    var header =
        request.header("authorization").orElseThrow(ErrorCode.API_KEY_MISSING::refused).strip();
    if (!header.regionMatches(true, 0, "Bearer", 0, 6)) {
      throw ErrorCode.API_KEY_MISSING.refused();
    }
    var key = header.substring(6).strip();
    if (!key.isEmpty() && header.charAt(6) != ' ') {
      throw ErrorCode.AUTHENTICATION_REQUIRED.refused();
    }
    return authenticate(key, request.header(USER_TOKEN));
  }

  /**
   * As {@link #authenticate(HttpRequest)}, where no headers can be sent.
   *
   * @param key empty when there is none
   * @param userToken empty, or blank, when there is none
   */
  public Caller authenticate(String key, Optional<String> userToken) {
    if (key.isEmpty()) {
      throw ErrorCode.API_KEY_MISSING.refused();
    }
    if (key.length() > Limits.API_KEY_CHARACTERS) {
      throw ErrorCode.AUTHENTICATION_REQUIRED.refused();
    }
    if (key.startsWith(SERVICE_TOKEN)) {
      return service(key);
    }
    var found =
        find(sha256(key))
            .filter(it -> it.key().holdsAt(clock.instant()))
            .orElseThrow(ErrorCode.AUTHENTICATION_REQUIRED::refused);
    return new Caller(
        found.key().environment(),
        switch (found.key().kind()) {
          case SECRET -> new Caller.Credential.Secret();
          case PUBLIC -> client(userToken, found.clients());
        });
  }

  /** Asked for with each call: people and pipelines make few, and a revocation holds at once. */
  private Caller service(String token) {
    return tokens
        .find(sha256(token))
        .filter(it -> !it.revoked())
        .map(it -> new Caller(Optional.empty(), new Caller.Credential.Service(it)))
        .orElseThrow(ErrorCode.AUTHENTICATION_REQUIRED::refused);
  }

  private Caller.Credential client(Optional<String> userToken, ClientAccess clients) {
    // Clients that have no token yet send the header without one.
    var token = userToken.map(String::strip).filter(it -> !it.isEmpty());
    if (token.isEmpty()) {
      return new Caller.Credential.PublicAlone(clients.publicKeys());
    }
    if (clients.signingKeys().isEmpty()) {
      throw ErrorCode.MISSING_JWT_SIGNING_KEY.refused();
    }
    return UserTokens.verify(token.get(), clients.signingKeys(), clock.instant())
        .map(Caller.Credential.OfUser::new)
        .orElseThrow(ErrorCode.INVALID_USER_TOKEN::refused);
  }

  private Optional<Found> find(String sha256) {
    // Taken before the look-up: what it finds may be as old as its beginning.
    var now = clock.instant();
    synchronized (known) {
      var it = known.get(sha256);
      if (it != null && it.holdsAt(now)) {
        return it.key();
      }
    }
    var key = find.find(sha256).map(it -> new Found(it, clients(it)));
    synchronized (known) {
      known.remove(sha256); // so that it goes to the end: the eldest answer is evicted first
      if (known.size() >= REMEMBERED) {
        known.pollFirstEntry();
      }
      known.put(sha256, new Known(key, now));
    }
    return key;
  }

  private ClientAccess clients(ApiKey key) {
    return switch (key.kind()) {
      case SECRET -> ClientAccess.STANDARD;
      case PUBLIC -> clients.find(key.environment());
    };
  }

  private static String sha256(String key) {
    try {
      var digest =
          MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
