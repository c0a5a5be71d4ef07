package dev.carillon.edge.access;

import dev.carillon.access.SigningKey;
import dev.carillon.id.ClientId;
import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.json.text.MalformedJson;
import dev.carillon.recipient.RecipientId;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Checks user tokens: JSON Web Signatures (RFC 7515) in the compact form, by RS256 and nothing
 * else. The algorithm is ours, not the token's; a key is one of the environment's, never one that
 * the token names or brings. Whatever is not exactly as it must be is no token.
 */
final class UserTokens {
  /** Characters; all headers of a call together may have 10 KB. */
  private static final int LONGEST = 8_192;

  private static final int DEPTH = 8;

  /** By how much the clocks of those who sign may differ from ours. */
  private static final Duration SKEW = Duration.ofSeconds(60);

  /** Smaller keys are broken ones (NIST SP 800-131A). */
  private static final int LEAST_BITS = 2_048;

  private UserTokens() {}

  /**
   * What the token says; empty when it is none, is not valid now, or is signed by none of the keys.
   */
  static Optional<UserToken> verify(String token, List<SigningKey> keys, Instant now) {
    if (token.length() > LONGEST) {
      return Optional.empty();
    }
    String[] parts = token.split("\\.", -1);
    if (parts.length != 3) {
      return Optional.empty();
    }
    var signature = decoded(parts[2]);
    if (!object(parts[0]).map(UserTokens::isOurs).orElse(false) || signature.isEmpty()) {
      return Optional.empty();
    }
    byte[] signed = (parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII);
    if (keys.stream().noneMatch(key -> signs(key, signed, signature.get()))) {
      return Optional.empty();
    }
    return object(parts[1]).filter(claims -> holds(claims, now)).flatMap(UserTokens::read);
  }

  /**
   * Whether it is signed as we ask for. What else a header may say of keys ({@code kid}, {@code
   * jwk}, {@code jku}, {@code x5u}) is not read; what it says must be understood ({@code crit}) is
   * not.
   */
  private static boolean isOurs(Json.Obj header) {
    return header.get("alg").equals(Optional.of(Json.of("RS256")))
        && header.get("crit").isEmpty()
        && header.get("b64").isEmpty()
        && header
            .get("typ")
            .map(type -> type instanceof Json.Str(var text) && text.equalsIgnoreCase("JWT"))
            .orElse(true);
  }

  private static boolean signs(SigningKey key, byte[] signed, byte[] signature) {
    try {
      PublicKey half =
          KeyFactory.getInstance("RSA")
              .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(key.publicKey())));
      if (!(half instanceof RSAPublicKey rsa) || rsa.getModulus().bitLength() < LEAST_BITS) {
        return false;
      }
      var check = Signature.getInstance("SHA256withRSA");
      check.initVerify(half);
      check.update(signed);
      return check.verify(signature);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has RSA and SHA-256", e);
    } catch (InvalidKeySpecException | IllegalArgumentException e) {
      throw new IllegalStateException("Signing key " + key.id() + " is stored, but is none", e);
    } catch (GeneralSecurityException _) { // a signature of another length
      return false;
    }
  }

  /** Whether the token holds now. A time that is there and is no number makes it invalid. */
  private static boolean holds(Json.Obj claims, Instant now) {
    var past = seconds(now.minus(SKEW));
    var future = seconds(now.plus(SKEW));
    return at(claims, "exp", time -> time.compareTo(past) > 0)
        && at(claims, "nbf", time -> time.compareTo(future) <= 0)
        && at(claims, "iat", time -> time.compareTo(future) <= 0);
  }

  private static boolean at(Json.Obj claims, String name, Predicate<BigDecimal> rule) {
    return claims
        .get(name)
        .map(value -> value instanceof Json.Num(var time) && rule.test(time))
        .orElse(true);
  }

  private static BigDecimal seconds(Instant instant) {
    return BigDecimal.valueOf(instant.getEpochSecond())
        .add(BigDecimal.valueOf(instant.getNano(), 9));
  }

  private static Optional<UserToken> read(Json.Obj claims) {
    var user = claims.text("sub").filter(id -> ClientId.problem(id).isEmpty());
    var explicit = claims.get("explicit_grants").orElse(Json.FALSE);
    var grants = Grants.read(claims.get("grants").orElse(Json.object()));
    if (user.isEmpty() || !(explicit instanceof Json.Bool) || grants.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new UserToken(
            RecipientId.user(user.get()),
            explicit.equals(Json.TRUE),
            grants.get(),
            claims.get("exp").map(UserTokens::instant)));
  }

  /** One so late that no clock of ours can say it is as late as can be said. */
  private static Instant instant(Json time) {
    return time instanceof Json.Num(var seconds)
        ? Instant.ofEpochSecond(
            seconds
                .min(BigDecimal.valueOf(Instant.parse("9999-12-31T00:00:00Z").getEpochSecond()))
                .max(BigDecimal.ZERO)
                .longValue())
        : Instant.EPOCH;
  }

  private static Optional<Json.Obj> object(String part) {
    try {
      return decoded(part)
          .map(bytes -> JsonText.parse(bytes, DEPTH))
          .flatMap(
              json -> json instanceof Json.Obj object ? Optional.of(object) : Optional.empty());
    } catch (MalformedJson _) {
      return Optional.empty();
    }
  }

  /** Base64url in its only right spelling: no padding, no bits to spare (RFC 7515 §2). */
  private static Optional<byte[]> decoded(String part) {
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(part);
      return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(part)
          ? Optional.of(bytes)
          : Optional.empty();
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }
}
