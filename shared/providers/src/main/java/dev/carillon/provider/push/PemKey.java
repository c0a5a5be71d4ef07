package dev.carillon.provider.push;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/** A private key in PEM, as consoles give it for download: PKCS #8, not encrypted. */
public final class PemKey {
  private static final Pattern PEM =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]*)-----END PRIVATE KEY-----");

  private PemKey() {}

  /**
   * @param pem with line feeds, or with {@code \n} in their place as keys have that were copied out
   *     of JSON
   * @return empty when it is not a key of that algorithm
   */
  public static Optional<PrivateKey> rsa(String pem) {
    return key(pem, "RSA");
  }

  /** As {@link #rsa}, on an elliptic curve. */
  public static Optional<PrivateKey> ec(String pem) {
    return key(pem, "EC");
  }

  private static Optional<PrivateKey> key(String pem, String algorithm) {
    var lines = PEM.matcher(pem.replace("\\n", "\n"));
    if (!lines.find()) {
      return Optional.empty();
    }
    try {
      byte[] pkcs8 = Base64.getMimeDecoder().decode(lines.group(1));
      return Optional.of(
          KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8)));
    } catch (GeneralSecurityException | IllegalArgumentException _) {
      return Optional.empty();
    }
  }
}
