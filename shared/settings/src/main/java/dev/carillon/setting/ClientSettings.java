package dev.carillon.setting;

import dev.carillon.access.ClientAccess;
import dev.carillon.access.ClientAccesses;
import dev.carillon.access.PublicKeyUse;
import dev.carillon.access.SigningKey;
import dev.carillon.edge.ErrorCode;
import dev.carillon.edge.RequestFields;
import dev.carillon.edge.RequestValue;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * What public keys may do in an environment, and the keys that sign its user tokens. The private
 * half of such a key is in the answer that makes it, and nowhere else.
 */
public final class ClientSettings {
  private static final int LINE = 64;
  private static final int SIGNING_KEY_BITS = 2_048;

  private final ClientAccesses accesses;
  private final Supplier<KeyPair> newPairs;

  /**
   * @param newPairs makes RSA keys that nobody can guess
   */
  public ClientSettings(ClientAccesses accesses, Supplier<KeyPair> newPairs) {
    this.accesses = accesses;
    this.newPairs = newPairs;
  }

  /** Makes pairs by the chance of the machine. */
  public static KeyPair newPair() {
    try {
      var generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(SIGNING_KEY_BITS, new SecureRandom());
      return generator.generateKeyPair();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has RSA", e);
    }
  }

  /** {@code {"action": "public_keys", "environment": "…", "allow": "token"}}; safe to repeat. */
  public Json.Obj publicKeys(RequestFields request) {
    request.only(Set.of("action", "environment", "allow"));
    EnvironmentId environment = GivenNames.environment(request.required("environment"));
    return set(environment, use(request.required("allow")));
  }

  /** Sets what public keys may do; the keys that sign stay. */
  public Json.Obj set(EnvironmentId environment, PublicKeyUse use) {
    return changed(environment, it -> new ClientAccess(use, it.signingKeys()));
  }

  /** What holds of the environment. */
  public Json.Obj view(EnvironmentId environment) {
    return view(accesses.find(environment));
  }

  /**
   * {@code {"action": "new_signing_key", "environment": "…"}}: makes a key beside those there are,
   * so that tokens of both are believed while the product goes over to the new one.
   */
  public Json.Obj newSigningKey(RequestFields request) {
    request.only(Set.of("action", "environment"));
    return newSigningKey(GivenNames.environment(request.required("environment")));
  }

  /** Makes the first key of an environment; says so when it has one. */
  public Json.Obj firstSigningKey(EnvironmentId environment) {
    return accesses.find(environment).signingKeys().isEmpty()
        ? newSigningKey(environment)
        : Json.object()
            .with("created", Json.FALSE)
            .with(
                "note",
                "The environment has a signing key already; the action new_signing_key makes"
                    + " another.");
  }

  public Json.Obj newSigningKey(EnvironmentId environment) {
    KeyPair pair = newPairs.get();
    var key = new SigningKey(Base64.getEncoder().encodeToString(pair.getPublic().getEncoded()));
    accesses.change(environment, it -> with(it, key));
    return Json.object()
        .with("created", Json.TRUE)
        .with("id", key.id())
        .with("private_key", pem(pair.getPrivate().getEncoded()));
  }

  private static ClientAccess with(ClientAccess before, SigningKey key) {
    if (before.signingKeys().size() == ClientAccess.MOST_SIGNING_KEYS) {
      throw ErrorCode.INVALID_PARAMS.at(
          "environment",
          "has "
              + ClientAccess.MOST_SIGNING_KEYS
              + " signing keys, which is the most; end one first");
    }
    var keys = new ArrayList<>(before.signingKeys());
    keys.add(key);
    return new ClientAccess(before.publicKeys(), keys);
  }

  /**
   * {@code {"action": "remove_signing_key", "environment": "…", "id": "…"}}: tokens it signed stop
   * counting within five seconds. Safe to repeat.
   */
  public Json.Obj removeSigningKey(RequestFields request) {
    request.only(Set.of("action", "environment", "id"));
    EnvironmentId environment = GivenNames.environment(request.required("environment"));
    return removeSigningKey(environment, request.required("id").text());
  }

  /** As {@link #removeSigningKey(RequestFields)}. */
  public Json.Obj removeSigningKey(EnvironmentId environment, String id) {
    return changed(
        environment,
        it ->
            new ClientAccess(
                it.publicKeys(),
                it.signingKeys().stream().filter(key -> !key.id().equals(id)).toList()));
  }

  private Json.Obj changed(EnvironmentId environment, UnaryOperator<ClientAccess> change) {
    accesses.change(environment, change);
    return view(environment);
  }

  private static Json.Obj view(ClientAccess access) {
    return Json.object()
        .with("public_keys", access.publicKeys().wireName())
        .with(
            "signing_keys", Json.texts(access.signingKeys().stream().map(SigningKey::id).toList()));
  }

  /** What a request says that public keys may do. */
  public static PublicKeyUse use(RequestValue value) {
    Set<String> names =
        Arrays.stream(PublicKeyUse.values())
            .map(PublicKeyUse::wireName)
            .collect(Collectors.toUnmodifiableSet());
    return Optional.of(value.oneOf(names)).flatMap(PublicKeyUse::named).orElseThrow();
  }

  /** As the libraries that sign tokens read it: PKCS #8 between its two lines (RFC 7468). */
  private static String pem(byte[] key) {
    var lines = Base64.getMimeEncoder(LINE, "\n".getBytes(StandardCharsets.US_ASCII));
    return "-----BEGIN PRIVATE KEY-----\n"
        + lines.encodeToString(key)
        + "\n-----END PRIVATE KEY-----\n";
  }
}
