package dev.carillon.id;

import java.util.UUID;

/**
 * UUIDs of version 8 (RFC 9562 §5.8): version and variant are fixed, the other 122 bits are ours.
 */
public final class Uuid8 {
  private static final long VERSION = 0x8000L;
  private static final long VARIANT = 0x8000_0000_0000_0000L;

  private Uuid8() {}

  /** Takes the bits as they are, but for the 4 of the version and the 2 of the variant. */
  public static UUID of(long high, long low) {
    return new UUID((high & ~0xF000L) | VERSION, (low & ~0xC000_0000_0000_0000L) | VARIANT);
  }

  /**
   * Time first, so that ids sort by age.
   *
   * @param millis milliseconds since 1970, 48 bits
   * @param twelve the 12 bits that follow the version
   * @param sixtyTwo the 62 bits that follow the variant
   */
  public static UUID timed(long millis, long twelve, long sixtyTwo) {
    return of((millis << 16) | (twelve & 0xFFFL), sixtyTwo);
  }

  /** The milliseconds that {@link #timed} put in. */
  public static long millis(UUID uuid) {
    return uuid.getMostSignificantBits() >>> 16;
  }
}
