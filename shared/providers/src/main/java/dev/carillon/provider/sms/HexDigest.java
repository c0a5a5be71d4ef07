package dev.carillon.provider.sms;

import dev.carillon.provider.access.Signatures;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Digests as providers write them: in hexadecimal, lower case. */
public final class HexDigest {
  private HexDigest() {}

  public static String sha256(byte[] bytes) {
    return Signatures.hex(digest("SHA-256", bytes));
  }

  /** Of one part after another. */
  public static byte[] digest(String algorithm, byte[]... parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance(algorithm);
      for (byte[] part : parts) {
        digest.update(part);
      }
      return digest.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("No JDK is without " + algorithm, e);
    }
  }
}
