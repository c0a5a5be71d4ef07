package dev.carillon.tracking.link;

import java.math.BigInteger;

/** Numbers in the digits 0-9, A-Z, a-z: the order that KSUIDs have them in. */
final class Base62 {
  private static final String DIGITS =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final BigInteger BASE = BigInteger.valueOf(DIGITS.length());

  private Base62() {}

  /** The last {@code length} digits of the bytes taken as a number, zeros first. */
  static String text(byte[] bytes, int length) {
    var number = new BigInteger(1, bytes);
    var text = new char[length];
    for (int i = length - 1; i >= 0; i--) {
      BigInteger[] parts = number.divideAndRemainder(BASE);
      text[i] = DIGITS.charAt(parts[1].intValue());
      number = parts[0];
    }
    return new String(text);
  }

  /**
   * The number as that many bytes, zeros first.
   *
   * @throws IllegalArgumentException when it is no number in these digits or too great
   */
  static byte[] bytes(String text, int length) {
    BigInteger number = BigInteger.ZERO;
    for (int i = 0; i < text.length(); i++) {
      int digit = DIGITS.indexOf(text.charAt(i));
      if (digit < 0) {
        throw new IllegalArgumentException("Not in base 62");
      }
      number = number.multiply(BASE).add(BigInteger.valueOf(digit));
    }
    if (number.bitLength() > length * Byte.SIZE) {
      throw new IllegalArgumentException("More than " + length + " bytes");
    }
    byte[] bytes = number.toByteArray();
    var out = new byte[length];
    int count = Math.min(bytes.length, length);
    System.arraycopy(bytes, bytes.length - count, out, length - count, count);
    return out;
  }
}
