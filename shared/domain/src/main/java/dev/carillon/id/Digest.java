package dev.carillon.id;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.UUID;

/**
 * A SHA-256 over a list of texts. Each text is preceded by its length, so that no two different
 * lists give the same bytes. Ids are made from it: anybody who computes one again gets the same.
 */
public final class Digest {
  private final byte[] bytes;

  private Digest(byte[] bytes) {
    this.bytes = bytes;
  }

  public static Digest of(String... parts) {
    MessageDigest sha256 = sha256();
    for (String part : parts) {
      byte[] utf8 = part.getBytes(StandardCharsets.UTF_8);
      sha256.update(ByteBuffer.allocate(Integer.BYTES).putInt(utf8.length).flip());
      sha256.update(utf8);
    }
    return new Digest(sha256.digest());
  }

  /** The plain SHA-256 of the text's UTF-8 bytes, as 64 lower-case hexadecimal digits. */
  public static String hex(String text) {
    return HexFormat.of().formatHex(sha256().digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** 64 lower-case hexadecimal digits. */
  public String hex() {
    return HexFormat.of().formatHex(bytes);
  }

  /** The first {@code count} bytes, at most 32. */
  public byte[] first(int count) {
    return Arrays.copyOf(bytes, count);
  }

  /** The first {@code bits} bits (1 to 63) as a number. */
  public long bits(int bits) {
    return ByteBuffer.wrap(bytes).getLong() >>> (Long.SIZE - bits);
  }

  /** A UUID of version 8 (RFC 9562) made of the first 122 bits. */
  public UUID uuid() {
    var buffer = ByteBuffer.wrap(bytes);
    return Uuid8.of(buffer.getLong(), buffer.getLong());
  }

  /**
   * A number in [0, 1), spread evenly: what takes the place of randomness in jitter and cohorts.
   */
  public double fraction() {
    return bits(53) / (double) (1L << 53);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
