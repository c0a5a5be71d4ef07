package dev.carillon.memory;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** How long a twin shows what it keeps. */
public record RetentionClock(InstantSource clock, Duration period) {
  private static final Duration AGES = Duration.ofDays(1_000_000);

  /** Everything, for ever. */
  public static final RetentionClock FOREVER =
      new RetentionClock(InstantSource.fixed(Instant.EPOCH), AGES);

  public boolean over(Instant since) {
    return !clock.instant().isBefore(since.plus(period));
  }
}
