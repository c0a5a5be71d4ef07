package dev.carillon.provider.push;

import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.util.Base64;
import java.util.Optional;

/**
 * A JSON web token (RFC 7519) by which a sender proves who it is. The same claims signed with the
 * same key are the same token, byte for byte.
 */
public final class SignedToken {
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  private SignedToken() {}

  /**
   * RSA with SHA-256 ({@code RS256}).
   *
   * @return empty when the key cannot sign, being too small for instance
   */
  public static Optional<String> rs256(Json.Obj header, Json.Obj claims, PrivateKey key) {
    return signed("SHA256withRSA", header, claims, key);
  }

  /**
   * ECDSA on P-256 with SHA-256 ({@code ES256}): the signature is 64 bytes, r before s.
   *
   * @return empty when the key is of another curve
   */
  public static Optional<String> es256(Json.Obj header, Json.Obj claims, PrivateKey key) {
    return signed("SHA256withECDSAinP1363Format", header, claims, key)
        .filter(token -> token.length() - token.lastIndexOf('.') - 1 == ES256_LENGTH);
  }

  /** 64 bytes in base64 without padding. */
  private static final int ES256_LENGTH = 86;

  private static Optional<String> signed(
      String algorithm, Json.Obj header, Json.Obj claims, PrivateKey key) {
    String content = encoded(header) + "." + encoded(claims);
    byte[] bytes = content.getBytes(StandardCharsets.US_ASCII);
    try {
      SecureRandom nonces = DerivedNonces.of(key, bytes);
      Signature signature = Signature.getInstance(algorithm);
      signature.initSign(key, nonces);
      signature.update(bytes);
      return Optional.of(content + "." + BASE64.encodeToString(signature.sign()));
    } catch (GeneralSecurityException _) {
      return Optional.empty();
    }
  }

  private static String encoded(Json.Obj part) {
    return BASE64.encodeToString(JsonText.bytes(part));
  }
}
