package dev.carillon.template.liquid.value;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.regex.Pattern;

/** Numbers as the reference implementation, which runs on JavaScript, reads and writes them. */
public final class JsNumber {
  private static final Pattern DECIMAL =
      Pattern.compile("[+-]?(?:[0-9]++(?:\\.[0-9]*+)?|\\.[0-9]++)(?:[eE][+-]?[0-9]++)?");

  /** A number with more digits than this before its point is written with an exponent. */
  private static final int PLAIN_DIGITS = 21;

  private JsNumber() {}

  /** The number that a text is; blank is 0, and what is no number is NaN. */
  public static double parse(String source) {
    String text = Spaces.strip(source);
    if (text.isEmpty()) {
      return 0;
    }
    if (DECIMAL.matcher(text).matches()) {
      return Double.parseDouble(text);
    }
    return switch (text) {
      case "Infinity", "+Infinity" -> Double.POSITIVE_INFINITY;
      case "-Infinity" -> Double.NEGATIVE_INFINITY;
      default -> prefixed(text);
    };
  }

  private static double prefixed(String text) {
    if (text.length() < 3 || text.charAt(0) != '0') {
      return Double.NaN;
    }
    int radix =
        switch (text.charAt(1)) {
          case 'x', 'X' -> 16;
          case 'o', 'O' -> 8;
          case 'b', 'B' -> 2;
          default -> 0;
        };
    if (radix == 0 || text.length() > 300) {
      return Double.NaN;
    }
    for (int i = 2; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c > 'f' || Character.digit(c, radix) < 0) {
        return Double.NaN;
      }
    }
    return new BigInteger(text.substring(2), radix).doubleValue();
  }

  /** The shortest digits that read as the same number; {@code 1.0} is {@code 1}. */
  public static String write(double value) {
    if (Double.isNaN(value)) {
      return "NaN";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "Infinity" : "-Infinity";
    }
    if (value == 0) {
      return "0";
    }
    if (value == Math.rint(value) && Math.abs(value) < 1e15) {
      return Long.toString((long) value);
    }
    var shortest = new BigDecimal(Double.toString(Math.abs(value))).stripTrailingZeros();
    String digits = shortest.unscaledValue().toString();
    return (value < 0 ? "-" : "") + placed(digits, digits.length() - shortest.scale());
  }

  /**
   * @param point how many digits stand before the point
   */
  private static String placed(String digits, int point) {
    int count = digits.length();
    if (count <= point && point <= PLAIN_DIGITS) {
      return digits + "0".repeat(point - count);
    }
    if (0 < point && point <= PLAIN_DIGITS) {
      return digits.substring(0, point) + "." + digits.substring(point);
    }
    if (-6 < point && point <= 0) {
      return "0." + "0".repeat(-point) + digits;
    }
    int exponent = point - 1;
    return digits.charAt(0)
        + (count > 1 ? "." + digits.substring(1) : "")
        + "e"
        + (exponent < 0 ? "-" : "+")
        + Math.abs(exponent);
  }
}
