package dev.carillon.memory;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** How long a twin shows what it keeps. */
record Retention(InstantSource clock, Duration period) {
  private static final Duration AGES = Duration.ofDays(1_000_000);

  /** Everything, for ever. */
  static final Retention FOREVER = new Retention(InstantSource.fixed(Instant.EPOCH), AGES);

  boolean over(Instant since) {
    return !clock.instant().isBefore(since.plus(period));
  }
}
