package dev.carillon.tracking.link;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a short link ends in: {@value #LENGTH} digits of base 62, all of them in SMS's plain
 * alphabet. With {@code https://}, a domain of 12 characters and a slash that makes 31.
 */
public record ShortKey(String value) {
  /** Knock's figure. */
  public static final int LENGTH = 10;

  private static final Pattern PATTERN = Pattern.compile("[0-9A-Za-z]{" + LENGTH + "}");

  public ShortKey {
    if (!PATTERN.matcher(value).matches()) {
      throw new IllegalArgumentException("Not the key of a short link");
    }
  }

  /** Empty when the text is none. */
  public static Optional<ShortKey> parse(String text) {
    return PATTERN.matcher(text).matches() ? Optional.of(new ShortKey(text)) : Optional.empty();
  }

  /** One that the bytes, a hash, decide. */
  static ShortKey of(byte[] hash) {
    return new ShortKey(Base62.text(hash, LENGTH));
  }

  @Override
  public String toString() {
    return value;
  }
}
