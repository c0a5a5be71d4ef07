package dev.carillon.storage;

import dev.carillon.json.Json;
import dev.carillon.storage.dynamo.outgoing.DynamoWebhookEndpoints;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals what customers entrust to the table by AES-GCM, with a key of the deployment that lies in
 * the secret {@code <prefix><name>} and is made when the first thing is sealed. A table that is
 * copied without that secret gives nothing away.
 */
final class SecretSeal implements DynamoWebhookEndpoints.Seal {
  private static final String KEY = "key";
  private static final byte VERSION = 1;
  private static final int KEY_BYTES = 32;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final SecretStore secrets;
  private final String name;
  private Optional<SecretKeySpec> known = Optional.empty();

  /**
   * @param name of the secret that holds the key: who may open one thing need not open another
   */
  SecretSeal(SecretStore secrets, String name) {
    this.secrets = secrets;
    this.name = name;
  }

  @Override
  public byte[] seal(String text, String place) {
    byte[] nonce = random(NONCE_BYTES);
    byte[] sealed =
        crypt(Cipher.ENCRYPT_MODE, key(true), nonce, place, text.getBytes(StandardCharsets.UTF_8));
    return ByteBuffer.allocate(1 + nonce.length + sealed.length)
        .put(VERSION)
        .put(nonce)
        .put(sealed)
        .array();
  }

  @Override
  public String open(byte[] sealed, String place) {
    var bytes = ByteBuffer.wrap(sealed);
    if (bytes.get() != VERSION) {
      throw new IllegalStateException("Sealed in a way not known here");
    }
    byte[] nonce = new byte[NONCE_BYTES];
    bytes.get(nonce);
    byte[] rest = new byte[bytes.remaining()];
    bytes.get(rest);
    return new String(
        crypt(Cipher.DECRYPT_MODE, key(false), nonce, place, rest), StandardCharsets.UTF_8);
  }

  private static byte[] crypt(
      int mode, SecretKeySpec key, byte[] nonce, String place, byte[] bytes) {
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
      cipher.updateAAD(place.getBytes(StandardCharsets.UTF_8));
      return cipher.doFinal(bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("What is sealed at " + place + " cannot be opened", e);
    }
  }

  /** It never changes, so it is read once. */
  private synchronized SecretKeySpec key(boolean toSeal) {
    if (known.isEmpty()) {
      Json.Obj stored = secrets.read(name);
      if (stored.text(KEY).isEmpty() && toSeal) {
        String fresh = Base64.getEncoder().encodeToString(random(KEY_BYTES));
        stored = secrets.create(name, Json.object().with(KEY, fresh));
      }
      known = stored.text(KEY).map(it -> new SecretKeySpec(Base64.getDecoder().decode(it), "AES"));
    }
    return known.orElseThrow(
        () -> new IllegalStateException("There is no secret to open what is sealed with"));
  }

  private static byte[] random(int count) {
    byte[] bytes = new byte[count];
    RANDOM.nextBytes(bytes);
    return bytes;
  }
}
