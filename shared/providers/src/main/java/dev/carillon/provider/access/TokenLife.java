package dev.carillon.provider.access;

import dev.carillon.json.Json;
import dev.carillon.provider.Lookup;
import java.math.BigDecimal;
import java.time.Duration;

/** How long an access token may be used that an OAuth 2 endpoint gave (RFC 6749, 5.1). */
public final class TokenLife {
  /**
   * What is left of a token's life when it is no longer used: clocks differ, and calls take time.
   */
  private static final Duration MARGIN = Duration.ofMinutes(5);

  /** In seconds; no token lives longer. */
  private static final BigDecimal LONGEST = BigDecimal.valueOf(1_000_000_000);

  private TokenLife() {}

  /** What {@code expires_in} of the answer leaves, at most what the lookup says. */
  public static Duration of(Lookup lookup, Json.Obj answer) {
    if (answer.fields().get("expires_in") instanceof Json.Num(BigDecimal seconds)
        && seconds.abs().compareTo(LONGEST) < 0) {
      Duration left = Duration.ofSeconds(seconds.longValue()).minus(MARGIN);
      Duration used = left.isNegative() ? Duration.ZERO : left;
      return used.compareTo(lookup.keep()) < 0 ? used : lookup.keep();
    }
    return lookup.keep();
  }
}
