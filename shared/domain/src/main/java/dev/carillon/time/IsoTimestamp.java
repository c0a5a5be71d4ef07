package dev.carillon.time;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Pattern;

/** ISO 8601 timestamps as customers write them. */
public final class IsoTimestamp {
  /** Longer texts are not looked at: nobody's timestamp is, and data may be megabytes. */
  private static final int MAX_LENGTH = 64;

  private static final Pattern DATE = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");
  private static final Pattern OFFSET =
      Pattern.compile("[^Tt]*[Tt].*([Zz]|[+-][0-9]{2}(:?[0-9]{2})?)");

  private static final Pattern SHORT_OFFSET = Pattern.compile("([+-][0-9]{2})([0-9]{2})$");

  private IsoTimestamp() {}

  /**
   * The instant that the text names; empty when it is no timestamp. Without an offset it is read as
   * UTC, a date alone as its midnight.
   */
  public static Optional<Instant> parse(String text) {
    if (text.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    try {
      if (DATE.matcher(text).matches()) {
        return Optional.of(LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC));
      }
      return Optional.of(
          OFFSET.matcher(text).matches()
              ? OffsetDateTime.parse(withColon(text)).toInstant()
              : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC));
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }

  /** {@code +0200} is ISO 8601 too, but not to {@code java.time}. */
  private static String withColon(String text) {
    return SHORT_OFFSET.matcher(text).replaceFirst("$1:$2");
  }
}
