package dev.carillon.outbound;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import okhttp3.OkHttpClient;

/** What a client shows of itself when the connection is made. */
public final class ClientCertificate {
  private static final char[] NO_PASSWORD = new char[0];

  private final KeyManager[] keys;

  private ClientCertificate(KeyManager[] keys) {
    this.keys = keys;
  }

  /**
   * @param certificate in PEM, those that vouch for it behind it
   * @param key in PEM (PKCS #8), of an elliptic curve or RSA
   * @return empty when either cannot be read
   */
  public static Optional<ClientCertificate> of(String certificate, String key) {
    try {
      var chain =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(
                  new ByteArrayInputStream(certificate.getBytes(StandardCharsets.UTF_8)))
              .toArray(Certificate[]::new);
      if (chain.length == 0) {
        return Optional.empty();
      }
      var store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, NO_PASSWORD);
      store.setKeyEntry(
          "client", key(key, chain[0].getPublicKey().getAlgorithm()), NO_PASSWORD, chain);
      var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      factory.init(store, NO_PASSWORD);
      return Optional.of(new ClientCertificate(factory.getKeyManagers()));
    } catch (GeneralSecurityException | IOException | IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private static PrivateKey key(String pem, String algorithm) throws GeneralSecurityException {
    String body = pem.replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
    return KeyFactory.getInstance(algorithm)
        .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(body)));
  }

  /** Has the client show it; the server is trusted as by every other client. */
  void shownBy(OkHttpClient.Builder client) {
    try {
      var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init((KeyStore) null);
      var tls = SSLContext.getInstance("TLS");
      tls.init(keys, trust.getTrustManagers(), null);
      for (TrustManager manager : trust.getTrustManagers()) {
        if (manager instanceof X509TrustManager x509) {
          client.sslSocketFactory(tls.getSocketFactory(), x509);
        }
      }
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("TLS cannot be set up", e);
    }
  }
}
