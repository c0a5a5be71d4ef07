package dev.carillon.access;

import dev.carillon.id.Digest;

/**
 * The public half of a key that signs the user tokens of an environment. The private half is shown
 * once, when the pair is made, and kept nowhere.
 *
 * @param publicKey an RSA key as X.509 SubjectPublicKeyInfo in base64
 */
public record SigningKey(String publicKey) {
  private static final int ID_DIGITS = 16;

  /** Names the key to those who remove it: hexadecimal digits of its hash. */
  public String id() {
    return Digest.hex(publicKey).substring(0, ID_DIGITS);
  }
}
