package dev.carillon.edge.access;

import dev.carillon.access.SigningKey;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Makes tokens, right ones and wrong ones, with a key of its own. */
final class SignedTokens {
  private final KeyPair pair;

  private SignedTokens(KeyPair pair) {
    this.pair = pair;
  }

  static SignedTokens of(String algorithm, int bits) {
    try {
      var generator = KeyPairGenerator.getInstance(algorithm);
      generator.initialize(bits);
      return new SignedTokens(generator.generateKeyPair());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  SigningKey key() {
    return new SigningKey(Base64.getEncoder().encodeToString(pair.getPublic().getEncoded()));
  }

  /** By RS256, whatever the header says. */
  String token(String header, String claims) {
    return token(header, claims, "SHA256withRSA");
  }

  String token(String header, String claims, String algorithm) {
    String signed = part(header) + "." + part(claims);
    return signed + "." + part(signature(signed, algorithm));
  }

  /** By HS256, with a text as the secret. */
  static String hmac(String header, String claims, byte[] secret) {
    String signed = part(header) + "." + part(claims);
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      return signed + "." + part(mac.doFinal(signed.getBytes(StandardCharsets.US_ASCII)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The public half as its file, which a confused verifier takes for a secret. */
  byte[] pem() {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded());
    return ("-----BEGIN PUBLIC KEY-----\n" + body + "\n-----END PUBLIC KEY-----\n")
        .getBytes(StandardCharsets.US_ASCII);
  }

  byte[] encoded() {
    return pair.getPublic().getEncoded();
  }

  byte[] signature(String signed, String algorithm) {
    try {
      var signature = Signature.getInstance(algorithm);
      signature.initSign(pair.getPrivate());
      signature.update(signed.getBytes(StandardCharsets.US_ASCII));
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static String part(String text) {
    return part(text.getBytes(StandardCharsets.UTF_8));
  }

  static String part(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
