package dev.carillon.provider;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How long a provider asks to be left alone: {@code Retry-After} in seconds or as a date (RFC 9110,
 * 10.2.3). A date counts from the answer's own {@code Date}, so that a clock which is off, theirs
 * or ours, changes nothing.
 */
public final class RetryAfter {
  /** More than this is taken as this: who asks for hours is asked again by the retry policy. */
  public static final Duration LONGEST = Duration.ofMinutes(15);

  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,9}(\\.[0-9]{1,9})?");

  private RetryAfter() {}

  /** Empty when the answer does not say, or not so that it can be read. */
  public static Optional<Duration> of(ProviderResponse response) {
    Optional<String> asked = response.header("retry-after").map(String::strip);
    return asked
        .flatMap(RetryAfter::seconds)
        .or(() -> asked.flatMap(date -> until(date, response)));
  }

  /**
   * Seconds, with or without a fraction, as some providers also put them into bodies and headers of
   * their own. Empty for anything else.
   */
  public static Optional<Duration> seconds(String text) {
    return SECONDS.matcher(text).matches()
        ? Optional.of(capped(Duration.ofMillis(Math.round(Double.parseDouble(text) * 1_000))))
        : Optional.empty();
  }

  private static Optional<Duration> until(String date, ProviderResponse response) {
    return instant(date)
        .flatMap(
            then ->
                response
                    .header("date")
                    .flatMap(RetryAfter::instant)
                    .map(sent -> capped(Duration.between(sent, then))));
  }

  private static Optional<Instant> instant(String date) {
    try {
      return Optional.of(Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date.strip())));
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }

  private static Duration capped(Duration asked) {
    if (asked.isNegative()) {
      return Duration.ZERO;
    }
    return asked.compareTo(LONGEST) > 0 ? LONGEST : asked;
  }
}
