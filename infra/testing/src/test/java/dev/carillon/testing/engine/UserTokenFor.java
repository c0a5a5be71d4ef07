package dev.carillon.testing.engine;

import dev.carillon.access.ClientAccess;
import dev.carillon.access.PublicKeyUse;
import dev.carillon.access.SigningKey;
import dev.carillon.json.Json;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs user tokens, as a product's server does, and as those do who may not. */
final class UserTokenFor {
  private static final String RS256 = "{\"alg\":\"RS256\",\"typ\":\"JWT\"}";

  private final KeyPair ours = pair();
  private final KeyPair other = pair();

  /** What an environment must know to believe these tokens. */
  ClientAccess access(PublicKeyUse use) {
    return new ClientAccess(
        use,
        List.of(new SigningKey(Base64.getEncoder().encodeToString(ours.getPublic().getEncoded()))));
  }

  String signed(Json.Obj claims) {
    return signed(ours, claims);
  }

  String signedByAnother(Json.Obj claims) {
    return signed(other, claims);
  }

  static String unsigned(Json.Obj claims) {
    return part("{\"alg\":\"none\"}") + "." + part(InvocationJson.of(claims)) + ".";
  }

  /** By HS256 with the public key as the secret. */
  String confused(Json.Obj claims) {
    String signed = part("{\"alg\":\"HS256\"}") + "." + part(InvocationJson.of(claims));
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(ours.getPublic().getEncoded(), "HmacSHA256"));
      return signed + "." + part(mac.doFinal(signed.getBytes(StandardCharsets.US_ASCII)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String signed(KeyPair pair, Json.Obj claims) {
    String signed = part(RS256) + "." + part(InvocationJson.of(claims));
    try {
      var signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(pair.getPrivate());
      signature.update(signed.getBytes(StandardCharsets.US_ASCII));
      return signed + "." + part(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static KeyPair pair() {
    try {
      var generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2_048);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String part(String text) {
    return part(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String part(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
