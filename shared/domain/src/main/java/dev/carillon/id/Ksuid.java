package dev.carillon.id;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;

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
  private static final long BASE = ALPHABET.length();

  /** The 20 bytes as numbers of 32 bits, the most significant first. */
  private static final int WORDS = (Integer.BYTES + PAYLOAD) / Integer.BYTES;

  private static final long WORD = 0xFFFF_FFFFL;

  private Ksuid() {}

  /** The id of that second and that digest; the same for the same arguments. */
  public static String of(Instant time, Digest digest) {
    long seconds = Math.clamp(time.getEpochSecond() - EPOCH, 0, WORD);
    var payload = ByteBuffer.wrap(digest.first(PAYLOAD)).asIntBuffer();
    var words = new int[WORDS];
    words[0] = (int) seconds;
    payload.get(words, 1, WORDS - 1);
    var text = new char[LENGTH];
    for (int i = LENGTH - 1; i >= 0; i--) {
      long rest = 0;
      for (int word = 0; word < WORDS; word++) {
        long part = (rest << Integer.SIZE) | (words[word] & WORD);
        words[word] = (int) (part / BASE);
        rest = part % BASE;
      }
      text[i] = ALPHABET.charAt((int) rest);
    }
    return new String(text);
  }

  /** Whether the text is a KSUID: 27 characters of the alphabet, no greater than 20 bytes hold. */
  public static boolean isValid(String text) {
    return words(text).isPresent();
  }

  /** The second that the id was made for. */
  public static Instant time(String ksuid) {
    return Instant.ofEpochSecond(EPOCH + (words(ksuid).orElseThrow()[0] & WORD));
  }

  /** The last byte of the payload, 0 to 255: spreads ids over shards. */
  public static int lastByte(String ksuid) {
    return words(ksuid).orElseThrow()[WORDS - 1] & 0xFF;
  }

  private static Optional<int[]> words(String ksuid) {
    if (ksuid.length() != LENGTH) {
      return Optional.empty();
    }
    var words = new int[WORDS];
    for (int i = 0; i < LENGTH; i++) {
      long carry = digit(ksuid.charAt(i));
      if (carry < 0) {
        return Optional.empty();
      }
      for (int word = WORDS - 1; word >= 0; word--) {
        long part = (words[word] & WORD) * BASE + carry;
        words[word] = (int) part;
        carry = part >>> Integer.SIZE;
      }
      if (carry != 0) {
        return Optional.empty();
      }
    }
    return Optional.of(words);
  }

  private static int digit(char letter) {
    if (letter >= '0' && letter <= '9') {
      return letter - '0';
    }
    if (letter >= 'A' && letter <= 'Z') {
      return letter - 'A' + 10;
    }
    return letter >= 'a' && letter <= 'z' ? letter - 'a' + 36 : -1;
  }
}
