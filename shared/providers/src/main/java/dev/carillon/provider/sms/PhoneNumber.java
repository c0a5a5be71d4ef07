package dev.carillon.provider.sms;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A phone number in the form of E.164: a plus, the country's code and the rest, 7 to 15 digits in
 * all.
 */
public record PhoneNumber(String value) {
  private static final Pattern E164 = Pattern.compile("\\+[1-9][0-9]{6,14}");

  /**
   * What people write between digits; U+2010 to U+2015 are dashes, U+FEFF and such are invisible.
   */
  private static final Pattern SEPARATORS =
      Pattern.compile("[\\s\\p{Z}\\p{Cf}().\\-/\\u2010-\\u2015\\u2212\\uFF0D]");

  public PhoneNumber {
    if (!E164.matcher(value).matches()) {
      throw new IllegalArgumentException("A phone number that is not in E.164");
    }
  }

  /**
   * The number that is written there; empty when it has no country code, an extension, or no right
   * length. Spaces, dashes, dots, slashes and parentheses are left out, digits of any script are
   * read, and so is {@code tel:} in front. Nothing is guessed: a number without its plus is one of
   * a country that nobody named.
   */
  public static Optional<PhoneNumber> read(String text) {
    String number = text.strip();
    if (number.regionMatches(true, 0, "tel:", 0, 4)) {
      number = number.substring(4);
    }
    var plain = new StringBuilder();
    SEPARATORS
        .matcher(number)
        .replaceAll("")
        .codePoints()
        .forEach(
            c -> {
              if (Character.isDigit(c)) {
                plain.append(Character.digit(c, 10));
              } else {
                plain.appendCodePoint(c == '\uFF0B' ? '+' : c);
              }
            });
    String read = plain.toString();
    return E164.matcher(read).matches() ? Optional.of(new PhoneNumber(read)) : Optional.empty();
  }

  /** Without the plus. */
  public String digits() {
    return value.substring(1);
  }

  @Override
  public String toString() {
    return value;
  }
}
