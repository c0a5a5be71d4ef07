package dev.carillon.provider.access;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signing, and checking what others signed. Whatever comes from outside may be malformed in any
 * way: that is false or empty, never an exception. Secrets and codes are compared in constant time.
 */
public final class Signatures {

  /** Codes made with a shared secret. */
  public enum Keyed {
    HMAC_MD5("HmacMD5"),
    HMAC_SHA1("HmacSHA1"),
    HMAC_SHA256("HmacSHA256"),
    HMAC_SHA512("HmacSHA512");

    private final String algorithm;

    Keyed(String algorithm) {
      this.algorithm = algorithm;
    }
  }

  /** Signatures made with a private key. */
  public enum Asymmetric {
    /** P-256, the signature as DER. */
    ECDSA_SHA256("EC", "SHA256withECDSA"),
    ED25519("Ed25519", "Ed25519"),
    RSA_SHA1("RSA", "SHA1withRSA"),
    RSA_SHA224("RSA", "SHA224withRSA"),
    RSA_SHA256("RSA", "SHA256withRSA");

    private final String key;
    private final String algorithm;

    Asymmetric(String key, String algorithm) {
      this.key = key;
      this.algorithm = algorithm;
    }
  }

  private Signatures() {}

  /** The code over the parts, one after another without anything between them. */
  public static byte[] hmac(Keyed algorithm, byte[] key, byte[]... parts) {
    try {
      Mac mac = Mac.getInstance(algorithm.algorithm);
      // The JDK refuses an empty key, for which HMAC is defined: it is padded with zeros anyway.
      mac.init(new SecretKeySpec(key.length == 0 ? new byte[1] : key, algorithm.algorithm));
      for (byte[] part : parts) {
        mac.update(part);
      }
      return mac.doFinal();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("No JDK is without " + algorithm.algorithm, e);
    }
  }

  /**
   * Whether the private key of {@code publicKey} signed the parts, one after another.
   *
   * @param publicKey X.509 SubjectPublicKeyInfo
   */
  public static boolean signed(
      Asymmetric algorithm, byte[] publicKey, byte[] signature, byte[]... parts) {
    try {
      var key =
          KeyFactory.getInstance(algorithm.key).generatePublic(new X509EncodedKeySpec(publicKey));
      return signed(algorithm, key, signature, parts);
    } catch (GeneralSecurityException _) {
      return false;
    }
  }

  /** As {@link #signed(Asymmetric, byte[], byte[], byte[][])}, with a key already read. */
  public static boolean signed(
      Asymmetric algorithm, PublicKey publicKey, byte[] signature, byte[]... parts) {
    try {
      Signature check = Signature.getInstance(algorithm.algorithm);
      check.initVerify(publicKey);
      for (byte[] part : parts) {
        check.update(part);
      }
      return check.verify(signature);
    } catch (GeneralSecurityException | RuntimeException _) {
      // Some shapes of a bad signature or key make the JDK throw unchecked.
      return false;
    }
  }

  /** In constant time for equal lengths. */
  public static boolean equal(byte[] one, byte[] other) {
    return MessageDigest.isEqual(one, other);
  }

  /** In constant time for equal lengths. */
  public static boolean equal(String one, String other) {
    return equal(utf8(one), utf8(other));
  }

  /** Whether {@code stated} is within {@code tolerance} of {@code now}, before or after. */
  public static boolean timely(Instant stated, Instant now, Duration tolerance) {
    return Duration.between(stated, now).abs().compareTo(tolerance) <= 0;
  }

  /** Lower case. */
  public static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  /** Empty for what is not hex, in either case. */
  public static Optional<byte[]> unhex(String text) {
    try {
      return Optional.of(HexFormat.of().parseHex(text));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  /** The standard alphabet, padded, on one line. */
  public static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  /** Empty for what is not base64 of the standard alphabet. */
  public static Optional<byte[]> unbase64(String text) {
    try {
      return Optional.of(Base64.getDecoder().decode(text));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  public static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
