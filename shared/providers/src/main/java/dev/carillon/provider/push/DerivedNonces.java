package dev.carillon.provider.push;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.SecureRandomSpi;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The numbers that an ECDSA signature uses once, derived from key and message by HMAC-SHA256
 * instead of drawn: nobody without the key can tell them from chance, the same message is signed
 * the same way by everybody who has the key, and two messages never share one. The idea is RFC
 * 6979's.
 */
final class DerivedNonces extends SecureRandomSpi {
  private static final long serialVersionUID = 1L;
  private static final String ALGORITHM = "HmacSHA256";

  private final transient Mac mac;
  private final transient byte[] message;
  private int block;

  private DerivedNonces(Mac mac, byte[] message) {
    this.mac = mac;
    this.message = message;
  }

  static SecureRandom of(PrivateKey key, byte[] message) throws GeneralSecurityException {
    var mac = Mac.getInstance(ALGORITHM);
    mac.init(new SecretKeySpec(key.getEncoded(), ALGORITHM));
    return new Derived(new DerivedNonces(mac, message.clone()));
  }

  private static final class Derived extends SecureRandom {
    private static final long serialVersionUID = 1L;

    Derived(SecureRandomSpi source) {
      super(source, null);
    }
  }

  @Override
  protected void engineNextBytes(byte[] bytes) {
    for (int filled = 0; filled < bytes.length; ) {
      mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(block++).flip());
      byte[] next = mac.doFinal(message);
      int length = Math.min(next.length, bytes.length - filled);
      System.arraycopy(next, 0, bytes, filled, length);
      filled += length;
    }
  }

  @Override
  protected void engineSetSeed(byte[] seed) {
    // Whatever is added would make two signatures of one message differ.
  }

  @Override
  protected byte[] engineGenerateSeed(int length) {
    var seed = new byte[length];
    engineNextBytes(seed);
    return seed;
  }
}
