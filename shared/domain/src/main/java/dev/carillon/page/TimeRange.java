package dev.carillon.page;

import java.time.Instant;

/** The instants from {@code start}, included, to {@code end}, excluded. */
public record TimeRange(Instant start, Instant end) {
  public static final TimeRange ALL =
      new TimeRange(Instant.EPOCH, Instant.parse("9999-12-31T00:00:00Z"));

  public boolean contains(Instant instant) {
    return !instant.isBefore(start) && instant.isBefore(end);
  }
}
