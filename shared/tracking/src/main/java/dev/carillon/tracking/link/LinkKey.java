package dev.carillon.tracking.link;

import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** One key that links are signed with. Its text form never shows the secret. */
public final class LinkKey {
  /** Bytes of the shortest secret: as long as the hash it is used with. */
  public static final int LEAST_BYTES = 32;

  /** An id is one byte of every link. */
  public static final int GREATEST_ID = 255;

  private static final String ALGORITHM = "HmacSHA256";

  private final int id;
  private final SecretKeySpec secret;

  /**
   * @param id 0 to {@value #GREATEST_ID}; never given to another secret, or old links die
   * @param secret at least {@value #LEAST_BYTES} random bytes
   */
  public LinkKey(int id, byte[] secret) {
    if (id < 0 || id > GREATEST_ID) {
      throw new IllegalArgumentException("Not the id of a link key: " + id);
    }
    if (secret.length < LEAST_BYTES) {
      throw new IllegalArgumentException(
          "Link key " + id + " has less than " + LEAST_BYTES + " bytes");
    }
    this.id = id;
    this.secret = new SecretKeySpec(secret, ALGORITHM);
  }

  public int id() {
    return id;
  }

  /** HMAC-SHA256 over the parts one after another: 32 bytes. */
  byte[] mac(byte[]... parts) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(secret);
      for (byte[] part : parts) {
        mac.update(part);
      }
      return mac.doFinal();
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("Every Java platform has HMAC-SHA256", e);
    }
  }

  /** The secret itself, for the store that keeps it. */
  String base64() {
    return Base64.getEncoder().encodeToString(secret.getEncoded());
  }

  @Override
  public String toString() {
    return "LinkKey " + id;
  }
}
