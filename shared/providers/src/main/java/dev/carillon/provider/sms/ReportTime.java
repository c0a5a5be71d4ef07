package dev.carillon.provider.sms;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/** The instants that providers write: ISO 8601, with a blank for the T, or without a zone for UTC. */
public final class ReportTime {
  private ReportTime() {}

  /** Empty for anything else. */
  public static Optional<Instant> read(String text) {
    String iso = text.strip().replace(' ', 'T');
    try {
      return Optional.of(OffsetDateTime.parse(iso).toInstant());
    } catch (DateTimeException _) {
      return utc(iso);
    }
  }

  /** Seconds since 1970, whole ones; empty for anything else. */
  public static Optional<Instant> seconds(String text) {
    return text.matches("[0-9]{1,11}")
        ? Optional.of(Instant.ofEpochSecond(Long.parseLong(text)))
        : Optional.empty();
  }

  private static Optional<Instant> utc(String iso) {
    try {
      return Optional.of(LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC));
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }
}
