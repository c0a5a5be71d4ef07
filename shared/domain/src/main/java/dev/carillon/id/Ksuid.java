package dev.carillon.id;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.regex.Pattern;

/**
 * KSUIDs: 27 characters of base 62 over 20 bytes, a time in seconds first and then 16 bytes of
 * payload, so that they sort by age. The form and the epoch are those of Segment's specification.
 */
public final class Ksuid {
  private static final long EPOCH = 1_400_000_000L;
  private static final int LENGTH = 27;
  private static final int PAYLOAD = 16;
  private static final String ALPHABET =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final BigInteger BASE = BigInteger.valueOf(ALPHABET.length());
  private static final BigInteger MAX = BigInteger.ONE.shiftLeft((Integer.BYTES + PAYLOAD) * 8);
  private static final Pattern PATTERN = Pattern.compile("[0-9A-Za-z]{27}");

  private Ksuid() {}

  /** The id of that second and that digest; the same for the same arguments. */
  public static String of(Instant time, Digest digest) {
    long seconds = Math.clamp(time.getEpochSecond() - EPOCH, 0, 0xFFFF_FFFFL);
    byte[] bytes =
        ByteBuffer.allocate(Integer.BYTES + PAYLOAD)
            .putInt((int) seconds)
            .put(digest.first(PAYLOAD))
            .array();
    var number = new BigInteger(1, bytes);
    var text = new char[LENGTH];
    for (int i = LENGTH - 1; i >= 0; i--) {
      BigInteger[] parts = number.divideAndRemainder(BASE);
      text[i] = ALPHABET.charAt(parts[1].intValue());
      number = parts[0];
    }
    return new String(text);
  }

  /** Whether the text is a KSUID: 27 characters of the alphabet, no greater than 20 bytes hold. */
  public static boolean isValid(String text) {
    return PATTERN.matcher(text).matches() && number(text).compareTo(MAX) < 0;
  }

  /** The second that the id was made for. */
  public static Instant time(String ksuid) {
    long seconds = number(ksuid).shiftRight(PAYLOAD * 8).longValueExact();
    return Instant.ofEpochSecond(EPOCH + seconds);
  }

  /** The last byte of the payload, 0 to 255: spreads ids over shards. */
  public static int lastByte(String ksuid) {
    return number(ksuid).intValue() & 0xFF;
  }

  private static BigInteger number(String ksuid) {
    BigInteger number = BigInteger.ZERO;
    for (int i = 0; i < ksuid.length(); i++) {
      number = number.multiply(BASE).add(BigInteger.valueOf(ALPHABET.indexOf(ksuid.charAt(i))));
    }
    return number;
  }
}
